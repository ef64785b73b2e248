/** What the ledger reads from the published documents: the chart of accounts and the entries of the fund. Values: policy/…/ledger/. */
import { Type, type Static } from '@sinclair/typebox';
import { edition, type PolicyNeed } from '#platform/policy/index.ts';

const strict = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Code = Type.String({ pattern: '^[0-9]{4}([0-9]{2})?$' });
const Status = Type.Union([Type.Literal('verified'), Type.Literal('unverified')]);
const Cited = Type.Object({ document: Text, article: Type.Optional(Text) }, strict);

const Account = Type.Object(
  {
    /** Four digits, and two more for an account below it. */
    code: Code,
    zh: Text,
    en: Text,
    kind: Type.Union([Type.Literal('asset'), Type.Literal('liability'), Type.Literal('net'), Type.Literal('income'), Type.Literal('expense')]),
    normal: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
    parent: Type.Optional(Code),
    /** Of the code; the name follows the accounting rule. */
    status: Status,
  },
  strict,
);
export type Account = Static<typeof Account>;

/** One account for all, or one by the mode of care. */
const AccountOf = Type.Union([Code, Type.Object({ byMode: Type.Record(Text, Code) }, strict)]);

const Posting = Type.Object(
  {
    zh: Text,
    en: Text,
    debit: AccountOf,
    credit: AccountOf,
    /** pending = reserved, outside the balances (cash basis); posted = in the books. */
    state: Type.Union([Type.Literal('pending'), Type.Literal('posted')]),
    /** The pending posting that this one turns into money. */
    settles: Type.Optional(Text),
    status: Status,
    source: Cited,
  },
  strict,
);
export type Posting = Static<typeof Posting>;

export const POSTINGS = ['premium.collected', 'premium.transferred', 'treasury.allocated', 'claims.approved', 'claims.paid', 'assessmentFees.approved', 'assessmentFees.paid'] as const;
export type PostingName = (typeof POSTINGS)[number];

export const ChartOfAccounts = Type.Object(
  {
    accounts: Type.Array(Account, { minItems: 1 }),
    postings: Type.Object(
      {
        'premium.collected': Posting, 'premium.transferred': Posting, 'treasury.allocated': Posting, 'claims.approved': Posting, 'claims.paid': Posting,
        'assessmentFees.approved': Posting, 'assessmentFees.paid': Posting,
      },
      strict,
    ),
  },
  strict,
);
export type ChartOfAccounts = Static<typeof ChartOfAccounts>;

/** The fund's accounts and the templates of its entries. */
export const chartOfAccounts = edition('ledger.chartOfAccounts', ChartOfAccounts, { examine: examineChart });

export const policyNeeds: PolicyNeed[] = [chartOfAccounts];

/** Debit and credit account of an entry; `mode` is the mode of care where the template asks for it, else null. */
export function accountsOf(chart: ChartOfAccounts, name: PostingName, mode: string | null): { debit: string; credit: string } | null {
  const posting = chart.postings[name];
  const pick = (account: Posting['debit']): string | null => (typeof account === 'string' ? account : mode === null ? null : (account.byMode[mode] ?? null));
  const debit = pick(posting.debit);
  const credit = pick(posting.credit);
  return debit === null || credit === null ? null : { debit, credit };
}

function examineChart(body: unknown): string[] {
  const chart = body as ChartOfAccounts;
  const byCode = new Map(chart.accounts.map((account) => [account.code, account]));
  const wrong = byCode.size < chart.accounts.length ? ['gives one code to two accounts.'] : [];
  for (const account of chart.accounts) {
    const debitKind = account.kind === 'asset' || account.kind === 'expense';
    if (debitKind !== (account.normal === 'debit')) wrong.push(`gives ${account.code} (${account.kind}) the normal side ${account.normal}.`);
    if (account.parent === undefined) continue;
    const parent = byCode.get(account.parent);
    if (!parent) wrong.push(`puts ${account.code} under ${account.parent}, which is not in the chart.`);
    else if (parent.kind !== account.kind) wrong.push(`puts ${account.code} (${account.kind}) under ${parent.code} (${parent.kind}).`);
  }
  for (const name of POSTINGS) {
    const posting = chart.postings[name];
    const used = [posting.debit, posting.credit].flatMap((account) => (typeof account === 'string' ? [account] : Object.values(account.byMode)));
    for (const code of used) if (!byCode.has(code)) wrong.push(`posts ${name} to ${code}, which is not in the chart.`);
  }
  return wrong;
}
