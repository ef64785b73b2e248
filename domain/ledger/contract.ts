/** Ledger: the fund's books, one per district. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { BilingualSchema, StatusSchema } from '#kit/explanation.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, FenSchema, IdParams, IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';

export const AccountCodeSchema = Type.String({ pattern: '^[0-9]{4}([0-9]{2})?$' });
const KindSchema = Type.Union([Type.Literal('asset'), Type.Literal('liability'), Type.Literal('net'), Type.Literal('income'), Type.Literal('expense')]);
const SideSchema = Type.Union([Type.Literal('debit'), Type.Literal('credit')]);
export const PostingKindSchema = Type.Union([Type.Literal('posted'), Type.Literal('pending'), Type.Literal('settlement'), Type.Literal('void'), Type.Literal('reversal')]);
export const PostingStateSchema = Type.Union([Type.Literal('posted'), Type.Literal('pending'), Type.Literal('settled'), Type.Literal('voided'), Type.Literal('reversed')]);

/** An account of a district's book on a day. Sums in fen; `balanceFen` is on the account's normal side. */
export const AccountBalanceSchema = Type.Object({
  districtCode: DistrictSchema,
  code: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  kind: KindSchema,
  normal: SideSchema,
  parent: Nullable(Type.String()),
  debitFen: FenSchema,
  creditFen: FenSchema,
  balanceFen: FenSchema,
  /** Reserved, outside the balance: open pending postings, on the normal side. */
  pendingFen: FenSchema,
});

/** A district's book in four sums. */
export const BookSchema = Type.Object({ districtCode: DistrictSchema, assetsFen: FenSchema, incomeFen: FenSchema, expenseFen: FenSchema, pendingExpenseFen: FenSchema });

export const EntrySchema = Type.Object({ accountCode: Type.String(), zh: Type.String(), en: Type.String(), debitFen: FenSchema, creditFen: FenSchema });

export const PostingRowSchema = Type.Object({
  id: IdSchema,
  districtCode: DistrictSchema,
  number: Type.String(),
  kind: PostingKindSchema,
  state: PostingStateSchema,
  effectiveOn: DaySchema,
  bookedAt: InstantSchema,
  bookedBy: Type.String(),
  template: Nullable(Type.String()),
  narrative: Type.String(),
  documentType: Nullable(Type.String()),
  documentId: Nullable(IdSchema),
  documentNumber: Nullable(Type.String()),
  amountFen: FenSchema,
  /** The posting that this one settles, voids or reverses. */
  refersTo: Nullable(IdSchema),
  /** The posting that settled, voided or reversed this one. */
  closedBy: Nullable(IdSchema),
  entries: Type.Array(EntrySchema),
});
export const PostingSchema = Type.Composite([PostingRowSchema, Type.Object({ key: Type.String(), refersToNumber: Nullable(Type.String()), closedByNumber: Nullable(Type.String()) })]);

const filters = { district: Type.Optional(DistrictSchema), account: Type.Optional(AccountCodeSchema), from: Type.Optional(DaySchema), to: Type.Optional(DaySchema) };
const Made = Type.Object({ id: IdSchema, number: Type.String() });
const Narrative = Type.String({ minLength: 2, maxLength: 200 });
const Fen = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const ledgerContract = defineContract({
  'GET /api/ledger/chart': {
    summary: { zh: '会计科目和分录模板', en: 'Chart of accounts and templates of entries' },
    permission: 'ledger.read',
    query: Type.Object({ on: Type.Optional(DaySchema) }, { additionalProperties: false }),
    output: Type.Object({
      edition: Type.String(),
      accounts: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), kind: KindSchema, normal: SideSchema, parent: Nullable(Type.String()), status: StatusSchema })),
      templates: Type.Array(Type.Object({ name: Type.String(), label: BilingualSchema, state: Type.String(), status: StatusSchema, byMode: Type.Boolean() })),
    }),
  },
  'GET /api/ledger/accounts': {
    summary: { zh: '科目余额', en: 'Balances of the accounts' },
    permission: 'ledger.read',
    query: Type.Object({ district: Type.Optional(DistrictSchema), on: Type.Optional(DaySchema) }, { additionalProperties: false }),
    output: Type.Object({ on: DaySchema, rows: Type.Array(AccountBalanceSchema), books: Type.Array(BookSchema) }),
  },
  'GET /api/ledger/journal': {
    summary: { zh: '记账凭证', en: 'Journal' },
    permission: 'ledger.read',
    query: pageQuery({ ...filters, state: Type.Optional(PostingStateSchema) }),
    output: pageOf(PostingRowSchema),
  },
  'GET /api/ledger/journal.hledger': {
    summary: { zh: '导出账簿（hledger 格式，供外部核对）', en: 'Export the journal in hledger format, for checking outside' },
    permission: 'ledger.read',
    query: Type.Object({ district: Type.Optional(DistrictSchema), from: Type.Optional(DaySchema), to: Type.Optional(DaySchema) }, { additionalProperties: false }),
    output: Type.String(),
    file: 'text/plain; charset=utf-8',
  },
  'GET /api/ledger/postings/{id}': { summary: { zh: '一张凭证', en: 'A posting' }, permission: 'ledger.read', params: IdParams, output: PostingSchema, refusals: ['NOT_FOUND'] },
  'POST /api/ledger/postings': {
    summary: { zh: '手工记账：按模板或自拟分录', en: 'Post a voucher by hand: by template or by entries' },
    permission: 'ledger.post',
    body: Type.Object(
      {
        districtCode: DistrictSchema,
        /** Chosen by the caller: the same key with the same content gives the same voucher. */
        key: Type.String({ minLength: 8, maxLength: 120 }),
        template: Type.Optional(Type.String({ maxLength: 60 })),
        amountFen: Type.Optional(Fen),
        entries: Type.Optional(Type.Array(Type.Object({ accountCode: AccountCodeSchema, debitFen: Fen, creditFen: Fen }, { additionalProperties: false }), { minItems: 2, maxItems: 40 })),
        effectiveOn: DaySchema,
        narrative: Narrative,
        documentNumber: Type.Optional(Type.String({ maxLength: 80 })),
      },
      { additionalProperties: false },
    ),
    output: Made,
    refusals: ['LEDGER_UNBALANCED', 'LEDGER_AMOUNT', 'LEDGER_ACCOUNT_UNKNOWN', 'LEDGER_TEMPLATE', 'LEDGER_DAY', 'LEDGER_DISTRICT', 'LEDGER_KEY_REUSED'],
  },
  'POST /api/ledger/postings/{id}/reverse': {
    summary: { zh: '冲销一张凭证', en: 'Reverse a posting' },
    permission: 'ledger.reverse',
    params: IdParams,
    body: Type.Object({ key: Type.String({ minLength: 8, maxLength: 120 }), effectiveOn: DaySchema, narrative: Narrative }, { additionalProperties: false }),
    output: Made,
    fourEyes: ['ledger.posted'],
    refusals: ['NOT_FOUND', 'LEDGER_CLOSED', 'LEDGER_KIND', 'LEDGER_DAY', 'LEDGER_KEY_REUSED', 'FOUR_EYES'],
  },
});
