/** All generated documents: path → text. */
import { apiPage, permissionsPage } from './endpoints.ts';
import { readCatalogue } from './catalogue.ts';
import { policyBookPage } from './policy-book.ts';
import { refusalsPage } from './refusals.ts';
import { settingsPage } from './settings.ts';
import { schemaPicture, tablesPage } from './tables.ts';

/** Makes every generated document from the policy, the contracts, the words, the settings and a migrated database. */
export async function makePages(databaseUrl: string): Promise<Map<string, string>> {
  const catalogue = await readCatalogue(databaseUrl);
  return new Map([
    ['docs/reference/policy-book.md', await policyBookPage()],
    ['docs/reference/permissions.md', permissionsPage()],
    ['docs/reference/api.md', apiPage()],
    ['docs/reference/tables.md', tablesPage(catalogue)],
    ['docs/reference/refusals.md', refusalsPage()],
    ['docs/reference/settings.md', settingsPage()],
    ['db/schema.sql', schemaPicture(catalogue)],
  ]);
}
