/**
 * How the scope test calls every endpoint. An endpoint that is missing here fails the test: whoever adds one says which
 * table its id comes from, or what a body about somebody else's affairs looks like.
 */
import type { Targets } from './targets.ts';

export interface Reading {
  /** Table of the path's `id`: seen ids are answered, others are NOT_FOUND. */
  id?: string;
  /** The path's parameters, where they are more than an id; `seen` says whether the actor may have the answer. */
  params?: (targets: Targets) => { params: Record<string, string>; seen: boolean };
  /** Table whose rows the list shows: without filters its total is the number of rows in scope. */
  list?: string;
  /** Published, or the same for everybody who may ask: areas of the whole city may stand in it. */
  register?: true;
  /** Answers an empty list for an id outside, instead of NOT_FOUND. */
  emptyOutside?: true;
  /** Of an id outside the actor's own acts are answered (an order that was given back); every row is held against the oracle. */
  ownRowsOutside?: true;
  /** Refusals that a visible record may meet. */
  mayRefuse?: readonly string[];
  /** Filters that every call sets: the answer would be too large otherwise. */
  always?: readonly string[];
}

export const READINGS: Record<string, Reading> = {
  'GET /api/session': { register: true },
  'GET /api/areas': { register: true },
  'GET /api/catalogue': { register: true, mayRefuse: ['CATALOGUE_NONE'] },
  'GET /api/scale': { register: true, mayRefuse: ['SCALE_UNKNOWN'] },
  'GET /api/policy': { register: true, mayRefuse: ['RERUN_CITY'] },
  'GET /api/policy/{name}': { register: true, params: () => ({ params: { name: 'claims.weeklyCapMin' }, seen: true }), mayRefuse: ['RERUN_CITY'] },
  'GET /api/policy-sources': { register: true },
  'GET /api/policy-cities': { register: true },
  'GET /api/demo-accounts': { register: true },
  'GET /api/public/notices': { register: true, list: 'notices.notice' },
  'GET /api/public/notices/{id}': { register: true, id: 'notices.notice' },
  'GET /api/public/institutions': { register: true, list: 'providers.institution' },
  'GET /api/public/letters/{code}': { register: true, params: (targets) => ({ params: { code: targets.chance.pick(targets.pools.letterCodes) }, seen: true }) },
  'GET /api/institutions': { register: true, list: 'providers.institution' },
  'GET /api/institutions/{id}': { register: true, id: 'providers.institution' },
  'GET /api/institutions/{id}/prices': { register: true, id: 'providers.institution' },
  'GET /api/visits/template.xlsx': { register: true },

  'GET /api/ledger/chart': { register: true },
  'GET /api/ledger/accounts': {},
  'GET /api/ledger/journal': { list: 'ledger.posting' },
  'GET /api/ledger/journal.hledger': {},
  'GET /api/ledger/postings/{id}': { id: 'ledger.posting' },
  'GET /api/people': { list: 'people.person' },
  'GET /api/people/{id}': { id: 'people.person' },
  'GET /api/people/{id}/hospital-stays': { id: 'people.person', emptyOutside: true },
  'GET /api/notices': {},
  'GET /api/notices/{id}': { params: ownNotice },
  'GET /api/notices/{id}/objections': { params: ownNotice },
  'GET /api/notices/batches': {},
  'GET /api/notices/batches/waiting': {},
  'GET /api/notices/batches/{id}': { params: ownBatch },
  'GET /api/notices/batches/{id}/poster.pdf': { params: ownBatch, mayRefuse: ['POSTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/notices/proofs/{id}/picture': { id: 'notices.posting_proof', mayRefuse: ['FILE_NOT_HERE'] },
  'GET /api/institutions/{id}/related-parties': { register: true, id: 'providers.institution' },
  'GET /api/assessors': {},
  'GET /api/assessors/{id}': { id: 'workers.assessor' },
  'GET /api/own-assessor-file': { mayRefuse: ['NOT_FOUND'] },
  'GET /api/dispatch-queue': { mayRefuse: ['CALENDAR_MISSING'] },
  'GET /api/applications/{id}/dispatch-proposal': { id: 'assessments.application', mayRefuse: ['APPLICATION_STATE'] },
  'GET /api/dispatch-batches/preview': { always: ['districtCode'] },
  'GET /api/orders': { list: 'assessments.dispatch_order' },
  'GET /api/orders/{id}': { id: 'assessments.dispatch_order' },
  'GET /api/interests': { list: 'assessments.interest' },
  'GET /api/workers': { list: 'workers.worker' },
  'GET /api/workers/{id}': { id: 'workers.worker' },
  'GET /api/people/{id}/application-kinds': { id: 'people.person' },
  'GET /api/people/{id}/status-decision': { id: 'people.person' },
  'GET /api/family/persons/{id}/application-kinds': { id: 'people.person' },
  'GET /api/applications': { list: 'assessments.application' },
  'GET /api/applications/{id}': { id: 'assessments.application' },
  'GET /api/material-list': { register: true },
  'GET /api/self-assessment-form': { register: true },
  'GET /api/applications/queues': {},
  'GET /api/applications/{id}/materials': { id: 'assessments.application' },
  'GET /api/family/applications/{id}/materials': { id: 'assessments.application' },
  'GET /api/materials/{id}/file': { id: 'assessments.material', mayRefuse: ['NOT_FOUND', 'FILE_NOT_HERE'] },
  'GET /api/family/materials/{id}/file': { id: 'assessments.material', mayRefuse: ['NOT_FOUND', 'FILE_NOT_HERE'] },
  'GET /api/applications/{id}/pre-reviews': { id: 'assessments.application' },
  'GET /api/applications/{id}/pre-review-sheet.pdf': { id: 'assessments.application', mayRefuse: ['PRE_REVIEW_LIST', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/applications/{id}/refusal-letter.pdf': { id: 'assessments.application', mayRefuse: ['APPLICATION_STATE', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/applications/{id}/closing-letter.pdf': { id: 'assessments.application', mayRefuse: ['APPLICATION_STATE', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/family/applications/{id}/closing-letter.pdf': { id: 'assessments.application', mayRefuse: ['APPLICATION_STATE', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/applications/{id}/acceptance-receipt.pdf': { id: 'assessments.application', mayRefuse: ['APPLICATION_STATE', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/family/applications/{id}/refusal-letter.pdf': { id: 'assessments.application', mayRefuse: ['APPLICATION_STATE', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/family/applications/{id}/acceptance-receipt.pdf': { id: 'assessments.application', mayRefuse: ['APPLICATION_STATE', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/on-site/package': {},
  'GET /api/on-site/visits/{id}': { id: 'assessments.site_visit' },
  'GET /api/on-site/visits/{id}/video': { id: 'assessments.site_visit' },
  'GET /api/assessments/{id}/site-visit': { id: 'assessments.assessment', mayRefuse: ['SITE_VISIT_NONE'] },
  'GET /api/assessments/{id}/site-visit/evidence/{evidenceId}': { params: (targets) => ({ params: { id: outsideOf('assessments.assessment', targets), evidenceId: outsideOf('assessments.site_evidence', targets) }, seen: false }) },
  'GET /api/assessments/{id}/site-visit/video/{rendition}': { params: (targets) => ({ params: { id: outsideOf('assessments.assessment', targets), rendition: targets.chance.pick(['low', 'full']) }, seen: false }) },
  'GET /api/assessments/{id}/application': { id: 'assessments.assessment' },
  'GET /api/applications/{id}/scrutiny': { id: 'assessments.application' },
  'GET /api/returns': { list: 'assessments.case_return' },
  'GET /api/scale/candidates': { register: true },
  'GET /api/scale/trials': {},
  'GET /api/scale/trials/{id}': { params: noTrial },
  'GET /api/scale/trials/{id}/changes': { params: noTrial },
  'GET /api/scale/trials/{id}/changes/{assessment}': { params: () => ({ params: { id: NOBODYS, assessment: NOBODYS }, seen: false }) },
  'GET /api/conclusions': { list: 'assessments.conclusion' },
  'GET /api/conclusions/{id}': { id: 'assessments.conclusion' },
  'GET /api/conclusions/{id}/letter.pdf': { id: 'assessments.conclusion', mayRefuse: ['LETTER_OF_IMPORTED', 'LETTER_OF_OTHERS', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/deliveries/waiting': {},
  'GET /api/conclusions/{id}/deliveries': { id: 'assessments.conclusion' },
  'GET /api/deliveries/proofs/{id}/file': { id: 'assessments.delivery_proof', mayRefuse: ['FILE_NOT_HERE'] },
  'GET /api/conclusions/{id}/delivery-form.pdf': { id: 'assessments.conclusion', mayRefuse: ['LETTER_OF_IMPORTED', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/people/{id}/filing-draft': { id: 'people.person' },
  'GET /api/family/persons/{id}/filing-draft': { id: 'people.person' },
  'GET /api/suspensions': { list: 'assessments.suspension' },
  'GET /api/suspensions/{id}': { id: 'assessments.suspension' },
  'GET /api/conclusions/expiring': {},
  'GET /api/conclusions/expiring.xlsx': { always: ['district'] },
  'GET /api/family/persons': {},
  'GET /api/family/applications': { list: 'assessments.application' },
  'GET /api/family/conclusions': { list: 'assessments.conclusion' },
  'GET /api/family/conclusions/{id}/letter.pdf': { id: 'assessments.conclusion', mayRefuse: ['LETTER_OF_IMPORTED', 'LETTER_AGENCY_MISSING', 'DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/quality': {},
  'GET /api/quality/institutions/{id}': { params: (targets) => ({ params: { id: targets.chance.pick(targets.pools.institutions.filter((one) => one.kind === 'assessment')).id }, seen: true }), mayRefuse: ['NOT_FOUND'] },
  'GET /api/quality/assessors/{id}': { params: () => ({ params: { id: '00000000-0000-7000-8000-000000000000' }, seen: false }) },
  'GET /api/quality/{figure}/cases': { params: (targets) => ({ params: { figure: targets.chance.pick(['returnRate', 'visitLate', 'agreement', 'severityDrift', 'orderRefused']) }, seen: true }) },
  'GET /api/overturned': {},
  'GET /api/overturned/{id}/lines': { params: () => ({ params: { id: '00000000-0000-7000-8000-000000000000' }, seen: false }) },
  'GET /api/quality-items': {},
  'GET /api/quality-items/{item}/cases': { params: () => ({ params: { item: 'adl.eating' }, seen: true }) },
  'GET /api/quality-months': {},
  'GET /api/complaints': {},
  'GET /api/complaints/filed': {},
  'GET /api/family/complaints': { list: 'assessments.complaint' },
  'GET /api/fee-months': { list: 'assessments.fee_month' },
  'GET /api/fee-statements': { list: 'assessments.fee_statement' },
  'GET /api/fee-statements/{id}': { id: 'assessments.fee_statement' },
  'GET /api/fee-statements/{id}/lines': { id: 'assessments.fee_statement' },
  'GET /api/fee-statements/{id}/statement.pdf': { id: 'assessments.fee_statement' },
  'GET /api/plans': { list: 'plans.plan' },
  'GET /api/plans/{id}': { id: 'plans.plan' },
  'GET /api/family/plans': {},
  'GET /api/visits': { list: 'visits.visit' },
  'GET /api/visits/{id}': { id: 'visits.visit' },
  'GET /api/visits/export.xlsx': { always: ['month', 'district'] },
  'GET /api/intakes': { list: 'visits.intake' },
  'GET /api/family/visits': { list: 'visits.visit' },
  'GET /api/closes': { list: 'claims.month_close' },
  'GET /api/closes/{district}/{month}': { params: someClose },
  'GET /api/findings': { list: 'claims.finding' },
  'GET /api/statements': { list: 'claims.statement' },
  'GET /api/statements/{id}': { id: 'claims.statement' },
  'GET /api/people/{id}/lines': { id: 'people.person' },
  'GET /api/statements/{id}/lines': { id: 'claims.statement' },
  'GET /api/statements/{id}/lines.xlsx': { id: 'claims.statement' },
  'GET /api/statements/{id}/statement.pdf': { id: 'claims.statement', mayRefuse: ['DOCUMENT_CHARACTER_MISSING'] },
  'GET /api/lines/{id}': { id: 'claims.line' },
  'GET /api/knowledge': {},
  'GET /api/family/months': {},
  'GET /api/family/lines': { list: 'claims.line' },
  'GET /api/overview': {},
  'GET /api/records/{id}/history': { id: 'people.person', ownRowsOutside: true },
  'GET /api/records/{id}/decisions': { id: 'people.person', ownRowsOutside: true },
  'GET /api/explanations/{id}': { params: someDecision },
  'GET /api/family/explanations': {},
  'GET /api/family/explanations/{id}': { params: someDecision },
};

/** A row outside; where nothing lies outside, an id that nobody gave. */
function outsideOf(table: string, { chance, oracle, viewer }: Targets): string {
  const outside = oracle.unseen(table, viewer);
  return outside.length === 0 ? '00000000-0000-7000-8000-000000000000' : chance.pick(outside);
}

/** A notice is public, but as the agency sees it – with the person behind it – it belongs to its area. */
function ownNotice({ chance, pools, viewer }: Targets) {
  const notice = chance.pick(pools.notices);
  return { params: { id: notice.id }, seen: viewer.area !== null && notice.township.startsWith(viewer.area) };
}

/** A batch is named on public pages, but its poster and proofs belong to its area; where the city has none, an id that nobody gave. */
function ownBatch({ chance, pools, viewer }: Targets) {
  if (pools.batches.length === 0) return { params: { id: '00000000-0000-7000-8000-000000000000' }, seen: false };
  const batch = chance.pick(pools.batches);
  return { params: { id: batch.id }, seen: viewer.area !== null && batch.township.startsWith(viewer.area) };
}

const NOBODYS = '00000000-0000-7000-8000-000000000000';

/** The loaded city holds no trial; that a trial shows only its area is tested with the trials. */
function noTrial() {
  return { params: { id: NOBODYS }, seen: false };
}

function someClose({ chance, pools, viewer }: Targets) {
  const close = chance.pick(pools.closes);
  return { params: { district: close.district, month: close.month }, seen: viewer.area !== null && close.district.startsWith(viewer.area) };
}

/** A kept decision, or a claim line, which explains itself from its codes. */
function someDecision({ chance, oracle, viewer }: Targets) {
  const table = chance.pick(['platform.decision', 'claims.line']);
  const seen = chance.maybe(0.5);
  const from = seen ? oracle.seen(table, viewer) : oracle.unseen(table, viewer);
  return from.length === 0 ? { params: { id: '00000000-0000-7000-8000-000000000000' }, seen: false } : { params: { id: chance.pick(from) }, seen };
}
