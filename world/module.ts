/** The fictional city's one endpoint: its demo accounts, and none in an installation without it. */
import { sql } from 'kysely';
import { defineModule } from '#platform/module.ts';
import type { Act } from '#platform/act.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './accounts.ts';
import { worldContract } from './contract.ts';

export const demoModule = defineModule('world', import.meta.url, worldContract, { 'GET /api/demo-accounts': (act) => listDemoAccounts(act) });

/** The shown accounts that exist with the demo password. Accounts are read as the owner: the app role cannot see them. */
async function listDemoAccounts(act: Act) {
  const { rows } = await sql<{ signInName: string }>`SELECT sign_in_name FROM identity.account WHERE demo AND disabled_at IS NULL`.execute(act.platform.databases.ownerDb);
  const there = new Set(rows.map((row) => row.signInName));
  return DEMO_ACCOUNTS.filter((one) => one.shown && there.has(one.signInName)).map(({ signInName, displayName, role, about }) => ({ signInName, displayName, role, about, password: DEMO_PASSWORD }));
}
