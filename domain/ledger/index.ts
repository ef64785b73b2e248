/**
 * Front door of the ledger. Others call `post` and its kin inside their own transaction; nobody else writes these tables.
 * Statements of claims use `approvePayment`, `payApproved`, `voidApproved`.
 */
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { defineModule } from '#platform/module.ts';
import { getPosting, postVoucher, reverseVoucher } from './actions.ts';
import { ledgerContract } from './contract.ts';
import { exportJournal } from './export.ts';
import { chartOfAccounts, policyNeeds } from './policy.ts';
import { balances, books, journal } from './store.ts';

export { getPosting, post, reverse, settlePending, voidPending } from './actions.ts';
export type { Closing, Made, NewPosting } from './actions.ts';
export { approvePayment, payApproved, voidApproved } from './payments.ts';
export type { Approval, Payment } from './payments.ts';
export { balances, books, journal } from './store.ts';
export type { AccountBalance, Book, ByMode, NewEntry, Posting, PostingRow } from './model.ts';

export const ledger = defineModule(
  'ledger',
  import.meta.url,
  ledgerContract,
  {
    'GET /api/ledger/chart': async (act, { query }) => chartOn(act, query.on ?? act.today),
    'GET /api/ledger/accounts': async (act, { query }) => {
      const on = query.on ?? act.today;
      const one = { on, ...(query.district === undefined ? {} : { districtCode: query.district }) };
      return { on, rows: await balances(act, one), books: await books(act, one) };
    },
    'GET /api/ledger/journal': (act, { query }) => journal(act, query),
    'GET /api/ledger/journal.hledger': (act, { query }) => exportJournal(act, query),
    'GET /api/ledger/postings/{id}': (act, { params }) => getPosting(act, params.id),
    'POST /api/ledger/postings': (act, { body }) => postVoucher(act, body),
    'POST /api/ledger/postings/{id}/reverse': (act, { params, body }) => reverseVoucher(act, params.id, body),
  },
  { policy: policyNeeds },
);

function chartOn(act: Act, on: Day) {
  const chart = act.policy.edition(chartOfAccounts, on);
  return {
    edition: chart.id,
    accounts: chart.value.accounts.map((one) => ({ ...one, parent: one.parent ?? null })),
    templates: Object.entries(chart.value.postings).map(([name, one]) => ({ name, label: { zh: one.zh, en: one.en }, state: one.state, status: one.status, byMode: typeof one.debit !== 'string' || typeof one.credit !== 'string' })),
  };
}
