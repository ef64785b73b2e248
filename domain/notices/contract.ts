/** Notices: what hangs out, and the objections against it. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageOf, pageQuery } from '#kit/paging.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, TownshipSchema } from '#kit/schemas.ts';
import { BatchRecordSchema, BatchSchema, InterruptionBodySchema, InterruptionSchema, ProofSchema, ReceiptSchema } from './contract/batch.ts';
import { NOTICE_STATES } from './model.ts';

export const NoticeStateSchema = Type.Union(NOTICE_STATES.map((state) => Type.Literal(state)));

/** What a notice of an assessment result says. */
export const NoticeContentSchema = Type.Object({ grade: Type.Integer(), gradeZh: Type.String(), gradeEn: Type.String() });

/** Who a notice is about, masked, and what it says. */
const about = { maskedName: Type.String(), maskedNumber: Type.String(), content: NoticeContentSchema };

/** Where and how long a notice hangs. */
const HangingSchema = Type.Object({
  id: IdSchema,
  kind: Type.String(),
  districtCode: DistrictSchema,
  districtZh: Type.String(),
  districtEn: Type.String(),
  townshipCode: TownshipSchema,
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  community: Type.String(),
  publishedOn: DaySchema,
  startsOn: DaySchema,
  endsOn: DaySchema,
  state: NoticeStateSchema,
  batchNumber: Nullable(Type.String()),
  interruptions: Type.Array(InterruptionSchema),
});

/** A notice as anybody may read it: never an id of the person; whom it is about and the grade only while it hangs out. Place and days stay, so that everybody can check that it hung. */
export const PublicNoticeSchema = Type.Composite([HangingSchema, Type.Object({ maskedName: Nullable(about.maskedName), maskedNumber: Nullable(about.maskedNumber), content: Nullable(about.content) })]);

/** A notice as the agency sees it. */
export const NoticeSchema = Type.Composite([
  HangingSchema,
  Type.Object({ ...about, batchId: Nullable(IdSchema), subjectId: IdSchema, personId: IdSchema, withdrawnOn: Nullable(DaySchema), objections: Type.Integer(), openObjections: Type.Integer() }),
]);

export const ObjectionSchema = Type.Object({
  id: IdSchema,
  noticeId: IdSchema,
  number: Type.String(),
  fromName: Type.String(),
  contact: Type.String(),
  statement: Type.String(),
  receivedOn: DaySchema,
  receivedAt: InstantSchema,
  answer: Nullable(Type.Object({ upheld: Type.Boolean(), answer: Type.String(), answeredAt: InstantSchema })),
});

const place = { district: Type.Optional(DistrictSchema), township: Type.Optional(TownshipSchema), community: Type.Optional(Type.String({ maxLength: 60 })), state: Type.Optional(NoticeStateSchema) };

export const noticesContract = defineContract({
  'GET /api/public/notices': {
    summary: { zh: '公示查询（免登录）', en: 'Public notices, without sign-in' },
    permission: 'public',
    query: pageQuery({ ...place, batch: Type.Optional(Type.String({ maxLength: 40, description: 'number of a batch' })) }),
    output: pageOf(PublicNoticeSchema),
  },
  'GET /api/public/notices/{id}': { summary: { zh: '一条公示（免登录）', en: 'A public notice, without sign-in' }, permission: 'public', params: IdParams, output: PublicNoticeSchema, refusals: ['NOT_FOUND'] },
  'POST /api/public/notices/{id}/objections': {
    summary: { zh: '对公示提出异议（免登录）', en: 'Object to a notice, without sign-in' },
    permission: 'public',
    params: IdParams,
    body: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 60 }), contact: Type.String({ minLength: 5, maxLength: 100 }), statement: Type.String({ minLength: 5, maxLength: 2000 }) },
      { additionalProperties: false },
    ),
    output: Type.Object({ id: IdSchema, number: Type.String(), receivedOn: DaySchema }),
    refusals: ['NOT_FOUND', 'NOTICE_OVER', 'NOTICE_WITHDRAWN'],
  },
  'GET /api/notices': {
    summary: { zh: '公示列表', en: 'List of notices' },
    permission: 'notices.read',
    query: pageQuery({ ...place, batch: Type.Optional(Type.String({ maxLength: 40, description: 'number of a batch' })), objections: Type.Optional(Type.Union([Type.Literal('any'), Type.Literal('open')])) }),
    output: pageOf(NoticeSchema),
  },
  'GET /api/notices/{id}': { summary: { zh: '公示', en: 'A notice' }, permission: 'notices.read', params: IdParams, output: NoticeSchema, refusals: ['NOT_FOUND'] },
  'GET /api/notices/{id}/objections': { summary: { zh: '对一条公示的异议', en: 'Objections to a notice' }, permission: 'notices.read', params: IdParams, query: pageQuery({}), output: pageOf(ObjectionSchema), refusals: ['NOT_FOUND'] },
  'POST /api/notices/objections/{id}/answer': {
    summary: { zh: '答复异议', en: 'Answer an objection' },
    permission: 'notices.answer',
    params: IdParams,
    body: Type.Object({ upheld: Type.Boolean(), answer: Type.String({ minLength: 5, maxLength: 2000 }) }, { additionalProperties: false }),
    output: ObjectionSchema,
    refusals: ['NOT_FOUND', 'OBJECTION_ANSWERED'],
  },
  'POST /api/public/objections/receipt': {
    summary: { zh: '凭编号和联系方式查异议回执（免登录）', en: 'The receipt of an objection by its number and contact, without sign-in' },
    permission: 'public',
    body: Type.Object({ number: Type.String({ minLength: 5, maxLength: 40 }), contact: Type.String({ minLength: 5, maxLength: 100 }) }, { additionalProperties: false }),
    output: ReceiptSchema,
    refusals: ['RECEIPT_UNKNOWN'],
  },
  'POST /api/public/objections/receipt.pdf': {
    summary: { zh: '异议回执（PDF，免登录）', en: 'The receipt of an objection as PDF, without sign-in' },
    permission: 'public',
    body: Type.Object({ number: Type.String({ minLength: 5, maxLength: 40 }), contact: Type.String({ minLength: 5, maxLength: 100 }) }, { additionalProperties: false }),
    output: Type.Unknown(),
    file: 'application/pdf',
    refusals: ['RECEIPT_UNKNOWN', 'DOCUMENT_CHARACTER_MISSING'],
  },
  'GET /api/notices/batches': {
    summary: { zh: '公示批次列表', en: 'List of batches of notices' },
    permission: 'notices.read',
    query: pageQuery({ district: place.district, township: place.township, state: Type.Optional(Type.Union([Type.Literal('running'), Type.Literal('ended')])), proof: Type.Optional(Type.Union([Type.Literal('missing', { description: 'no photograph yet' }), Type.Literal('urgent', { description: 'no photograph yet and the last day is near' })])) }),
    output: pageOf(BatchSchema),
  },
  'GET /api/notices/batches/{id}': { summary: { zh: '公示批次', en: 'A batch of notices' }, permission: 'notices.read', params: IdParams, output: BatchRecordSchema, refusals: ['NOT_FOUND'] },
  'GET /api/notices/batches/{id}/poster.pdf': {
    summary: { zh: '公示海报（PDF，姓名号码已遮盖）', en: 'The poster of a batch as PDF, masked' },
    permission: 'notices.read',
    params: IdParams,
    query: Type.Object({ paper: Type.Optional(Type.Union([Type.Literal('a3'), Type.Literal('a4')])) }, { additionalProperties: false }),
    output: Type.Unknown(),
    file: 'application/pdf',
    refusals: ['NOT_FOUND', 'POSTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'],
  },
  'POST /api/notices/batches/{id}/proofs': {
    summary: { zh: '上传张贴照片', en: 'Upload a photograph of the poster where it hangs' },
    permission: 'notices.recordPosting',
    params: IdParams,
    query: Type.Object({
      postedOn: DaySchema, note: Type.Optional(Type.String({ maxLength: 500 })),
      late: Type.Optional(Type.Union([Type.Literal('missing'), Type.Literal('hung')], { description: 'of a first photograph posted after the first day: the poster did not hang before (the last day moves, unless a result is concluded already), or it hung and was photographed later' })),
    }, { additionalProperties: false }),
    upload: true,
    keepsUpload: true,
    output: ProofSchema,
    refusals: ['NOT_FOUND', 'PROOF_NOT_PICTURE', 'PROOF_TOO_LARGE', 'PROOF_DAY', 'PROOF_TWICE', 'POSTING_LATE', 'POSTING_LATE_NOTE'],
  },
  'GET /api/notices/proofs/{id}/picture': { summary: { zh: '张贴照片', en: 'A photograph of a poster' }, permission: 'notices.read', params: IdParams, output: Type.Unknown(), file: 'image/*', refusals: ['NOT_FOUND'] },
  'POST /api/notices/batches/{id}/interruptions': {
    summary: { zh: '登记公示中断（末日顺延）', en: 'Record days on which the poster was missing; the last day moves' },
    permission: 'notices.interrupt',
    params: IdParams,
    body: InterruptionBodySchema,
    output: InterruptionSchema,
    refusals: ['NOT_FOUND', 'INTERRUPTION_DAYS', 'INTERRUPTION_NOTHING', 'INTERRUPTION_CONCLUDED'],
  },
});
