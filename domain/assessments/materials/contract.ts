/** Papers of an application, its self-assessment form, what is supplied later, its letters, its withdrawal, and the queues before acceptance. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { DaySchema, DistrictSchema, IdParams, IdSchema, InstantSchema, Nullable, ReasonSchema, TownshipSchema } from '#kit/schemas.ts';
import { CLOSE_GROUNDS, MATERIALS, RELATIONS } from '../model.ts';
import { ApplicationStateSchema, FiledKindSchema } from '../contract/application.ts';
import { PRE_REVIEW_RESULTS } from '../prereview/model.ts';

const CodeSchema = Type.Union(MATERIALS.map((code) => Type.Literal(code)));
const RelationSchema = Type.Union([...RELATIONS.map((one) => Type.Literal(one)), Type.Literal('agency')]);
const ReasonTextSchema = Type.String({ minLength: 1, maxLength: 300 });
const MovedSchema = Type.Object({ state: ApplicationStateSchema });

/** One line of the check-list. */
export const MaterialItemSchema = Type.Object({
  code: Type.String(), zh: Type.String(), en: Type.String(), helpZh: Type.String(), helpEn: Type.String(), required: Type.Boolean(), supplyLater: Type.Boolean(),
  types: Type.Array(Type.String()),
});
const LimitsSchema = Type.Object({ pictureBytes: Type.Integer(), pdfBytes: Type.Integer(), pages: Type.Integer(), files: Type.Integer() });

/** A paper on record. */
export const MaterialSchema = Type.Object({
  id: IdSchema,
  code: Type.String(),
  /** A file, or an original that an officer saw at the window. */
  form: Type.Union([Type.Literal('file'), Type.Literal('original')]),
  fileName: Nullable(Type.String()),
  originalName: Nullable(Type.String()),
  mediaType: Nullable(Type.String()),
  sizeBytes: Nullable(Type.Integer()),
  /** Pages of a PDF, where its structure says; null for photographs. */
  pages: Nullable(Type.Integer()),
  sha256: Nullable(Type.String()),
  providedBy: Type.Union([Type.Literal('office'), Type.Literal('family')]),
  actorName: Type.String(),
  providedAt: InstantSchema,
  /** Whether the actor handed it in, so that a family may take it back before acceptance. */
  own: Type.Boolean(),
  withdrawn: Nullable(Type.Object({ reason: Type.String(), actorName: Type.String(), withdrawnAt: InstantSchema })),
});

const SupplySchema = Type.Object({ materials: Type.Array(Type.String()), promisedBy: Type.String(), byOn: DaySchema, suppliedOn: Nullable(DaySchema), overdue: Type.Boolean() });

export const SelfAssessmentSchema = Type.Object({
  id: IdSchema, edition: Type.String(), answers: Type.Record(Type.String(), Type.Boolean()), class: Type.String(), classZh: Type.String(), classEn: Type.String(), likely: Type.Boolean(), decisionId: IdSchema,
  filledBy: Type.String(), onPaper: Type.Boolean(), actorName: Type.String(), recordedAt: InstantSchema,
});

export const MaterialsSchema = Type.Object({
  edition: Type.String(),
  /** Whether acceptance follows the list. */
  demanded: Type.Boolean(),
  limits: LimitsSchema,
  items: Type.Array(Type.Composite([MaterialItemSchema, Type.Object({ present: Type.Boolean() })])),
  /** What the rule says today. */
  outcome: Type.Union([Type.Literal('complete'), Type.Literal('supplyLater'), Type.Literal('incomplete')]),
  lacking: Type.Array(Type.String()),
  /** Last day to supply when it were accepted today; null when nothing may come later, or the calendar of the year is not published. */
  byOn: Nullable(DaySchema),
  supply: Nullable(SupplySchema),
  /** Whether papers may be handed in now. */
  open: Type.Boolean(),
  /** What the township said last, as long as the application waits for acceptance. */
  preReview: Nullable(Type.Object({ result: Type.Union(PRE_REVIEW_RESULTS.map((one) => Type.Literal(one))), reason: Nullable(Type.String()), insists: Type.Boolean(), bring: Type.Array(Type.String()), reviewedOn: DaySchema })),
  materials: Type.Array(MaterialSchema),
  selfAssessment: Nullable(SelfAssessmentSchema),
});

/** The form with its questions. */
export const SelfFormSchema = Type.Object({
  edition: Type.String(),
  verified: Type.Boolean(),
  items: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), independentZh: Type.String(), independentEn: Type.String(), dependentZh: Type.String(), dependentEn: Type.String() })),
});

export const SelfAnswersSchema = Type.Record(Type.String({ maxLength: 40 }), Type.Boolean(), { description: 'item → true where help is needed' });
export const SelfBodySchema = Type.Object({ answers: SelfAnswersSchema, filledBy: Type.String({ minLength: 1, maxLength: 60 }), onPaper: Type.Optional(Type.Boolean()) }, { additionalProperties: false });
const SelfMadeSchema = Type.Object({ id: IdSchema, class: Type.String(), classZh: Type.String(), classEn: Type.String(), likely: Type.Boolean(), reasons: Type.Array(ReasonSchema) });

const UPLOAD_REFUSALS = ['NOT_FOUND', 'FILE_MISSING', 'MATERIAL_STATE', 'SUPPLY_OVER', 'MATERIAL_UNKNOWN', 'MATERIAL_TYPE', 'MATERIAL_BROKEN', 'MATERIAL_SIZE', 'MATERIAL_EMPTY', 'MATERIAL_PAGES', 'MATERIAL_TWICE', 'MATERIAL_FILES'] as const;
const TAKE_BACK_REFUSALS = ['NOT_FOUND', 'MATERIAL_WITHDRAWN', 'MATERIAL_STATE', 'SUPPLY_OVER', 'MATERIAL_NEEDED'] as const;
const LETTER_REFUSALS = ['NOT_FOUND', 'APPLICATION_STATE', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] as const;
const UploadMade = Type.Composite([MaterialSchema, Type.Object({ lacking: Type.Array(Type.String()) })]);
const QueueCountSchema = Type.Object({ open: Type.Integer(), overdue: Type.Integer() });
const pdf = { params: IdParams, output: Type.Unknown(), file: 'application/pdf' } as const;

export const materialsContract = defineContract({
  'GET /api/material-list': {
    summary: { zh: '申请材料清单', en: 'Check-list of papers for a kind of application and an applicant' },
    permission: 'signedIn', query: Type.Object({ kind: Type.Optional(FiledKindSchema), relation: Type.Optional(RelationSchema) }, { additionalProperties: false, description: 'an initial application of the person itself unless told' }),
    output: Type.Object({ edition: Type.String(), demanded: Type.Boolean(), limits: LimitsSchema, items: Type.Array(MaterialItemSchema) }),
  },
  'GET /api/self-assessment-form': { summary: { zh: '自评表', en: 'The self-assessment form' }, permission: 'signedIn', output: SelfFormSchema },
  'GET /api/applications/queues': {
    summary: { zh: '受理前各队列的件数（待预审、待受理、待补正）', en: 'How many applications wait for pre-review, acceptance, supply; due and overdue in working days' },
    permission: 'assessments.read', query: Type.Object({ district: Type.Optional(DistrictSchema), township: Type.Optional(TownshipSchema) }, { additionalProperties: false }),
    output: Type.Object({ accept: QueueCountSchema, supply: QueueCountSchema, preReview: QueueCountSchema, calendarMissing: Nullable(Type.String()) }),
  },
  'GET /api/applications/{id}/materials': { summary: { zh: '申请材料', en: 'Papers of an application' }, permission: 'assessments.read', params: IdParams, output: MaterialsSchema, refusals: ['NOT_FOUND'] },
  'GET /api/family/applications/{id}/materials': { summary: { zh: '亲属：申请材料', en: 'Family: papers of an own application' }, permission: 'family.read', params: IdParams, output: MaterialsSchema, refusals: ['NOT_FOUND'] },
  'POST /api/applications/{id}/materials': {
    summary: { zh: '上传申请材料', en: 'Hand in a paper as a file (photograph or PDF)' },
    permission: 'assessments.file', params: IdParams, query: Type.Object({ code: CodeSchema }, { additionalProperties: false }), upload: true, keepsUpload: true, output: UploadMade, refusals: UPLOAD_REFUSALS,
  },
  'POST /api/family/applications/{id}/materials': {
    summary: { zh: '亲属：上传申请材料', en: 'Family: hand in a paper as a file' },
    permission: 'assessments.fileOwn', params: IdParams, query: Type.Object({ code: CodeSchema }, { additionalProperties: false }), upload: true, keepsUpload: true, output: UploadMade, refusals: UPLOAD_REFUSALS,
  },
  'POST /api/applications/{id}/originals': {
    summary: { zh: '登记窗口核验的原件', en: 'Record that originals were seen at the window' },
    permission: 'assessments.file', params: IdParams, body: Type.Object({ codes: Type.Array(CodeSchema, { minItems: 1, maxItems: 20, uniqueItems: true }) }, { additionalProperties: false }),
    output: Type.Object({ lacking: Type.Array(Type.String()) }), refusals: ['NOT_FOUND', 'MATERIAL_STATE', 'SUPPLY_OVER', 'MATERIAL_UNKNOWN'],
  },
  'POST /api/materials/{id}/withdrawal': {
    summary: { zh: '撤换材料（写明原因，原材料留档）', en: 'Withdraw a paper with a reason; it stays on record' },
    permission: 'assessments.file', params: IdParams, body: Type.Object({ reason: ReasonTextSchema }, { additionalProperties: false }), output: Type.Object({ lacking: Type.Array(Type.String()) }), refusals: TAKE_BACK_REFUSALS,
  },
  'POST /api/family/materials/{id}/withdrawal': {
    summary: { zh: '亲属：受理前撤回自己上传的材料', en: 'Family: take back an own paper before acceptance' },
    permission: 'assessments.fileOwn', params: IdParams, body: Type.Object({ reason: ReasonTextSchema }, { additionalProperties: false }), output: Type.Object({ lacking: Type.Array(Type.String()) }), refusals: TAKE_BACK_REFUSALS,
  },
  'GET /api/materials/{id}/file': { summary: { zh: '材料文件', en: 'The file of a paper' }, permission: 'assessments.read', params: IdParams, output: Type.Unknown(), file: 'application/octet-stream', refusals: ['NOT_FOUND'] },
  'GET /api/family/materials/{id}/file': { summary: { zh: '亲属：材料文件', en: 'Family: the file of a paper' }, permission: 'family.read', params: IdParams, output: Type.Unknown(), file: 'application/octet-stream', refusals: ['NOT_FOUND'] },
  'POST /api/applications/{id}/self-assessment': {
    summary: { zh: '录入自评表', en: 'Record the self-assessment form' },
    permission: 'assessments.file', params: IdParams, body: SelfBodySchema, output: SelfMadeSchema, refusals: ['NOT_FOUND', 'MATERIAL_STATE', 'SUPPLY_OVER', 'SELF_ASSESSMENT_MISSING', 'SELF_ASSESSMENT_FOREIGN'],
  },
  'POST /api/family/applications/{id}/self-assessment': {
    summary: { zh: '亲属：填写自评表', en: 'Family: fill in the self-assessment form' },
    permission: 'assessments.fileOwn', params: IdParams, body: SelfBodySchema, output: SelfMadeSchema, refusals: ['NOT_FOUND', 'MATERIAL_STATE', 'SUPPLY_OVER', 'SELF_ASSESSMENT_MISSING', 'SELF_ASSESSMENT_FOREIGN'],
  },
  'POST /api/applications/{id}/withdraw': {
    summary: { zh: '撤回申请', en: 'Withdraw an application at the applicant\'s wish' },
    permission: 'assessments.withdraw', params: IdParams, body: Type.Object({ reason: ReasonTextSchema }, { additionalProperties: false }), output: MovedSchema, refusals: ['NOT_FOUND', 'APPLICATION_STATE'],
  },
  'POST /api/family/applications/{id}/withdraw': {
    summary: { zh: '亲属：撤回申请', en: 'Family: withdraw an own application' },
    permission: 'assessments.withdrawOwn', params: IdParams, body: Type.Object({ reason: ReasonTextSchema }, { additionalProperties: false }), output: MovedSchema, refusals: ['NOT_FOUND', 'APPLICATION_STATE', 'WITHDRAW_SPOT_CHECK'],
  },
  'POST /api/applications/{id}/close': {
    summary: { zh: '终止办理（受理后，写明情形和说明）', en: 'End an accepted case on a coded ground' },
    permission: 'assessments.accept', params: IdParams, body: Type.Object({ ground: Type.Union(CLOSE_GROUNDS.map((one) => Type.Literal(one))), note: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
    output: MovedSchema, refusals: ['NOT_FOUND', 'APPLICATION_STATE'],
  },
  'GET /api/applications/{id}/closing-letter.pdf': { summary: { zh: '终止办理通知书（PDF）', en: 'The letter about a case that ended without a conclusion, as PDF' }, permission: 'assessments.read', ...pdf, refusals: LETTER_REFUSALS },
  'GET /api/family/applications/{id}/closing-letter.pdf': { summary: { zh: '亲属：终止办理通知书（PDF）', en: 'Family: the letter about a case that ended without a conclusion, as PDF' }, permission: 'family.read', ...pdf, refusals: LETTER_REFUSALS },
  'GET /api/applications/{id}/refusal-letter.pdf': { summary: { zh: '不予受理通知书（PDF）', en: 'The letter of refusal as PDF' }, permission: 'assessments.read', ...pdf, refusals: LETTER_REFUSALS },
  'GET /api/applications/{id}/acceptance-receipt.pdf': { summary: { zh: '受理通知书（PDF）', en: 'The receipt of acceptance as PDF' }, permission: 'assessments.read', ...pdf, refusals: LETTER_REFUSALS },
  'GET /api/family/applications/{id}/refusal-letter.pdf': { summary: { zh: '亲属：不予受理通知书（PDF）', en: 'Family: the letter of refusal as PDF' }, permission: 'family.read', ...pdf, refusals: LETTER_REFUSALS },
  'GET /api/family/applications/{id}/acceptance-receipt.pdf': { summary: { zh: '亲属：受理通知书（PDF）', en: 'Family: the receipt of acceptance as PDF' }, permission: 'family.read', ...pdf, refusals: LETTER_REFUSALS },
});
