/** The generated documents are as fresh as what they are made from. */
import { expect, it } from 'vitest';
import { freshDatabase } from '#platform/db/testing.ts';
import { stalePages } from '../commands/reference.ts';
import { makePages } from './reference/pages.ts';
import { told } from './source.ts';

it('the reference documents and the picture of the database are fresh', async () => {
  const database = await freshDatabase();
  try {
    const pages = await makePages(database.url);
    expect(pages.size).toBe(7);
    expect(told(stalePages(pages), 'Run `npm run reference` and commit what it writes.')).toBe('');
  } finally {
    await database.drop();
  }
});
