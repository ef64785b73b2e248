/** Writing endpoints, called about somebody else's affairs: with what each must be refused. */
import { createHash } from 'node:crypto';
import { creditCodeFor } from '#kit/credit-code.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import type { Targets } from './targets.ts';

export interface Attempt {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** A file in place of a body. */
  csv?: string;
}

/** Makes a call about what lies outside the actor's scope; undefined when nothing lies outside (the whole city is in scope). */
export type Foreign = (targets: Targets) => Attempt | undefined;

const NOTE = { note: 'scope test' };
/** An id that nobody gave, where the city has none outside the scope. */
const NOBODYS = '00000000-0000-7000-8000-000000000000';
const onRow = (table: string, body?: unknown): Foreign => ({ oracle, viewer, chance }) => {
  const outside = oracle.unseen(table, viewer);
  return outside.length === 0 ? undefined : { params: { id: chance.pick(outside) }, ...(body === undefined ? {} : { body }) };
};
const aboutPerson = (make: (personId: string, targets: Targets) => unknown): Foreign => (targets) => {
  const outside = targets.oracle.unseen('people.person', targets.viewer);
  return outside.length === 0 ? undefined : { body: make(targets.chance.pick(outside), targets) };
};
const inForeignDistrict = (make: (district: string, targets: Targets) => Attempt): Foreign => (targets) => {
  const { area } = targets.viewer;
  const outside = targets.pools.districts.filter((one) => area === null || !one.startsWith(area));
  return outside.length === 0 ? undefined : make(targets.chance.pick(outside), targets);
};
/** A district in which nothing of a table lies inside: an assessment institution delivers in every district in which it assessed. */
const inDistrictWithout = (table: string, make: (district: string) => Attempt): Foreign => ({ oracle, viewer, chance, pools }) => {
  const seen = oracle.areasSeen(table, viewer);
  const outside = pools.districts.filter((one) => !seen.some((area) => area.startsWith(one)) && (viewer.area === null || !one.startsWith(viewer.area)));
  return outside.length === 0 ? undefined : make(chance.pick(outside));
};

const filing = (personId: string): unknown => ({ personId, kind: 'initial', applicantName: '测试', relation: 'family', contactPhone: '13800000000', disabledSinceOn: '2025-01-01', materials: [] });

/** A paper for somebody else's application. */
const paper: Foreign = ({ oracle, viewer, chance }) => {
  const outside = oracle.unseen('assessments.application', viewer);
  return outside.length === 0 ? undefined : { params: { id: chance.pick(outside) }, query: { code: 'identityCard' }, csv: 'not a photograph' };
};
/** Somebody else's paper; where there is none, an id that no row has. */
const onPaper: Foreign = ({ oracle, viewer, chance }) => {
  const outside = oracle.unseen('assessments.material', viewer);
  return { params: { id: outside.length === 0 ? SOMETHING_NEW : chance.pick(outside) }, body: { reason: 'scope test' } };
};
/** An id that no row has. */
const SOMETHING_NEW = '00000000-0000-7000-8000-000000000001';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const siteVisit = (applicationId: string): unknown => ({
  applicationId, revision: 1, deviceId: 'scope-test-phone', clockOffsetMs: 0,
  content: { arrivedAt: null, leftAt: null, place: null, placeText: '', companionIds: [], staffIdentityShown: false, guardian: null, applicant: null, consentAt: null, interviewNote: '', neighbourNote: '', answers: {}, remarks: {}, evidenceIds: [] },
});
/** A visit on site outside the scope; where there is none, an id that no row has. */
const foreignSiteVisit = ({ oracle, viewer, chance }: Targets): string => {
  const outside = oracle.unseen('assessments.site_visit', viewer);
  return outside.length === 0 ? SOMETHING_NEW : chance.pick(outside);
};

/** Endpoints that anybody may call about themselves: there is nothing foreign in them. */
export const OWN_AFFAIRS = ['POST /api/session', 'DELETE /api/session', 'POST /api/activation', 'POST /api/public/notices/{id}/objections', 'POST /api/public/objections/receipt', 'POST /api/public/objections/receipt.pdf'];

export const FOREIGN_ACTS: Record<string, Foreign> = {
  'POST /api/people': (targets) => {
    const outside = targets.pools.townships.filter((one) => targets.viewer.area === null || !one.startsWith(targets.viewer.area));
    return outside.length === 0 ? undefined : { body: { name: '测试', identityNumber: identityNumberFor('990199', '1970-01-01', 777), townshipCode: targets.chance.pick(outside), community: '测试', address: '测试' } };
  },
  'POST /api/people/{id}/hospital-stays': onRow('people.person', { hospital: '测试医院', admittedOn: '2026-01-01', dischargedOn: '2026-01-02' }),
  'POST /api/notices/objections/{id}/answer': onRow('notices.objection', { upheld: true, answer: '测试用的答复' }),
  'POST /api/notices/batches': (targets) => {
    const outside = targets.pools.townships.filter((one) => targets.viewer.area === null || !one.startsWith(targets.viewer.area));
    return outside.length === 0 ? undefined : { body: { townshipCode: targets.chance.pick(outside) } };
  },
  'POST /api/notices/batches/{id}/proofs': (targets) => ({ ...foreignBatch(targets), query: { postedOn: '2026-11-01' }, csv: 'not a photograph' }),
  'POST /api/notices/batches/{id}/interruptions': (targets) => ({ ...foreignBatch(targets), body: { fromOn: '2026-11-01', toOn: '2026-11-01', note: 'scope test' } }),
  'POST /api/institutions': inForeignDistrict((districtCode) => ({ body: { districtCode, code: 'SCOPE-1', name: '测试机构', kind: 'homeCare', creditCode: creditCodeFor('990199', 777), address: '测试', agreementFromOn: '2026-01-01' } })),
  'POST /api/institutions/{id}/prices': ({ pools, viewer, chance }) => {
    const outside = pools.institutions.filter((one) => viewer.area === null || !one.district.startsWith(viewer.area));
    return outside.length === 0 ? undefined : { params: { id: chance.pick(outside).id }, body: { workerClass: 'carer', fromOn: '2030-01-01', hourlyPriceFen: 1 } };
  },
  'POST /api/institutions/{id}/related-parties': foreignInstitution({ partyKind: 'company', partyNumber: creditCodeFor('990199', 778), partyName: '测试', relation: 'investor', fromOn: '2026-01-01', evidence: 'scope test' }),
  'POST /api/institutions/{id}/pauses': foreignInstitution({ fromOn: '2026-12-01', reason: 'scope test' }),
  'POST /api/related-parties/{id}/end': () => ({ params: { id: NOBODYS }, body: { toOn: '2026-12-01' } }),
  'POST /api/pauses/{id}/end': () => ({ params: { id: NOBODYS }, body: { toOn: '2026-12-01' } }),
  'POST /api/assessors/{id}/admissions': onRow('workers.assessor', { qualification: '测试', certificateNumber: 'T-1', certificateUntilOn: '2028-01-01', admittedOn: '2026-11-01' }),
  'POST /api/assessors/{id}/trainings': onRow('workers.assessor', { topic: '测试', hours: 8, heldOn: '2026-11-01', passed: true }),
  'POST /api/assessors/{id}/suspensions': onRow('workers.assessor', { fromOn: '2026-11-20', toOn: '2026-12-31', reason: 'OTHER', source: '测试', ...NOTE }),
  'POST /api/assessors/{id}/departures': onRow('workers.assessor', { leftOn: '2026-11-20', reason: 'OTHER', ...NOTE }),
  'POST /api/assessor-suspensions/{id}/lift': () => ({ params: { id: NOBODYS }, body: { liftedOn: '2026-11-20', ...NOTE } }),
  'POST /api/dispatch-batches': inForeignDistrict((districtCode) => ({ body: { districtCode, stamp: '0'.repeat(64) } })),
  'POST /api/orders/{id}/accept': onRow('assessments.dispatch_order'),
  'POST /api/orders/{id}/refuse': onRow('assessments.dispatch_order', { reason: 'OTHER', ...NOTE }),
  'POST /api/orders/{id}/assign': onRow('assessments.dispatch_order', { assessorAccountId: NOBODYS, expertAccountId: NOBODYS, appointmentOn: '2026-12-01', windowFrom: '09:00', windowTo: '10:00' }),
  'POST /api/orders/{id}/withdraw': onRow('assessments.dispatch_order', { reason: 'OTHER', ...NOTE }),
  'POST /api/interests': ({ pools, viewer, chance }) => {
    const outside = pools.institutions.filter((one) => one.kind === 'assessment' && one.id !== viewer.institutionId && (viewer.area === null || !one.district.startsWith(viewer.area)));
    const care = pools.institutions.find((one) => one.kind !== 'assessment');
    return outside.length === 0 || !care ? undefined : { body: { institutionId: chance.pick(outside).id, relation: 'other', careInstitutionId: care.id, fromOn: '2026-11-01', evidence: 'scope test' } };
  },
  'POST /api/interests/{id}/end': () => ({ params: { id: NOBODYS }, body: { toOn: '2026-12-01', ...NOTE } }),
  'POST /api/workers': ({ pools, viewer, chance }) => {
    const outside = pools.institutions.filter((one) => one.id !== viewer.institutionId && (viewer.area === null || !one.district.startsWith(viewer.area)) && one.kind !== 'assessment');
    return outside.length === 0 ? undefined : { body: { institutionId: chance.pick(outside).id, name: '测试', identityNumber: identityNumberFor('990199', '1970-01-01', 777), workerClass: 'carer', fromOn: '2026-01-01' } };
  },
  'POST /api/people/{id}/status-decisions': onRow('people.person', { togetherWith: '测试街道', ...NOTE }),
  'POST /api/people/{id}/status-decisions/revocation': onRow('people.person', NOTE),
  'POST /api/people/{id}/spot-checks': onRow('people.person', { ground: 'abnormalResult', source: '测试', contactPhone: '13800000000', ...NOTE }),
  'POST /api/applications': aboutPerson(filing),
  'POST /api/family/applications': aboutPerson(filing),
  'POST /api/applications/{id}/accept': onRow('assessments.application', { costCovered: true, materialsLacking: [] }),
  'POST /api/applications/{id}/materials': paper,
  'POST /api/family/applications/{id}/materials': paper,
  'POST /api/applications/{id}/originals': onRow('assessments.application', { codes: ['identityCard'] }),
  'POST /api/materials/{id}/withdrawal': onPaper,
  'POST /api/family/materials/{id}/withdrawal': onPaper,
  'POST /api/applications/{id}/self-assessment': onRow('assessments.application', { answers: {}, filledBy: '测试' }),
  'POST /api/family/applications/{id}/self-assessment': onRow('assessments.application', { answers: {}, filledBy: '测试' }),
  'POST /api/applications/{id}/close': onRow('assessments.application', { ground: 'NO_COOPERATION', note: 'scope test' }),
  'POST /api/applications/{id}/withdraw': onRow('assessments.application', { reason: 'scope test' }),
  'POST /api/family/applications/{id}/withdraw': onRow('assessments.application', { reason: 'scope test' }),
  'POST /api/applications/{id}/pre-reviews': onRow('assessments.application', { answers: {}, result: 'goOn', toldName: '测试', toldRelation: 'family', acknowledged: 'tick' }),
  'POST /api/people/{id}/death': onRow('people.person', { deceasedOn: '2026-01-01', source: 'scope test' }),
  'POST /api/applications/{id}/refuse': onRow('assessments.application', { code: 'OTHER', note: 'scope test' }),
  'POST /api/applications/{id}/dispatch': (targets) => {
    const row = onRow('assessments.application')(targets);
    return row && { ...row, body: { institutionId: targets.chance.pick(targets.pools.institutions.filter((one) => one.kind === 'assessment')).id } };
  },
  'POST /api/applications/{id}/assessment': onRow('assessments.application', { answers: {}, secondName: '测试甲', guardianName: '测试乙', onSiteAt: '2026-11-01T02:00:00Z', place: '测试' }),
  'POST /api/applications/{id}/assessment/preview': onRow('assessments.application', { answers: {} }),
  'PUT /api/on-site/visits/{id}': (targets) => {
    const outside = targets.oracle.unseen('assessments.application', targets.viewer);
    return outside.length === 0 ? undefined : { params: { id: SOMETHING_NEW }, body: siteVisit(targets.chance.pick(outside)) };
  },
  'PUT /api/on-site/visits/{id}/evidence/{evidenceId}': (targets) => ({ params: { id: foreignSiteVisit(targets), evidenceId: SOMETHING_NEW }, query: { subject: 'other', takenAt: '2026-11-01T02:00:00Z', sha256: sha256('not a photograph') }, csv: 'not a photograph' }),
  'PUT /api/on-site/visits/{id}/video/{rendition}/{piece}': (targets) => ({ params: { id: foreignSiteVisit(targets), rendition: 'low', piece: '1' }, query: { sha256: sha256('not a film') }, csv: 'not a film' }),
  'PUT /api/on-site/visits/{id}/video/{rendition}': (targets) => ({ params: { id: foreignSiteVisit(targets), rendition: 'low' }, body: { mediaType: 'video/webm', pieces: 1, durationMs: 1000 } }),
  'POST /api/on-site/visits/{id}/submit': (targets) => ({ params: { id: foreignSiteVisit(targets) }, body: { revision: 1 } }),
  'POST /api/assessments/{id}/confirmations': onRow('assessments.assessment', { agrees: true }),
  'POST /api/applications/{id}/experts': onRow('assessments.application', NOTE),
  'POST /api/applications/{id}/check': onRow('assessments.application', { result: 'passed', checklist: {} }),
  'POST /api/applications/{id}/return': onRow('assessments.application', { reason: 'other', ...NOTE }),
  // Only the bureau tries scales, and the whole city is its own: what is foreign is another city.
  'POST /api/scale/trials': () => ({ body: { edition: 'qinghe-draft-2027', district: '110101' } }),
  'POST /api/scale/trials/file': () => ({ query: { district: '110101' }, csv: 'not a scale' }),
  'POST /api/applications/{id}/publish': onRow('assessments.application'),
  'POST /api/applications/{id}/conclude': onRow('assessments.application'),
  'POST /api/deliveries/messages': inDistrictWithout('assessments.application', (districtCode) => ({ body: { districtCode } })),
  'POST /api/conclusions/{id}/deliveries': onRow('assessments.conclusion', { way: 'handedOver', outcome: 'failed', failure: 'nobodyHome' }),
  'POST /api/conclusions/{id}/delivery-proofs': (targets) => {
    const row = onRow('assessments.conclusion')(targets);
    return row && { ...row, csv: 'not a photograph' };
  },
  'POST /api/people/{id}/suspensions': onRow('people.person', { reason: 'absent', fromOn: '2026-11-01', ...NOTE }),
  'POST /api/suspensions/{id}/rechecks': onRow('assessments.suspension', { askedBy: '测试' }),
  'POST /api/rechecks/{id}/result': onRow('assessments.recheck', { checks: { selfCareSeen: true, livesAtAddress: true, stillInNeed: true, statementRead: true }, seenOn: '2026-11-01', result: 'endService', ...NOTE }),
  'POST /api/quality-months': inForeignDistrict((districtCode) => ({ body: { districtCode, month: '2026-09' } })),
  'POST /api/complaints': (targets) => {
    const row = onRow('assessments.application')(targets);
    return row && { body: { institutionId: targets.chance.pick(targets.pools.institutions.filter((one) => one.kind === 'assessment')).id, applicationId: row.params!['id'], subject: 'conduct', matter: 'scope test' } };
  },
  'POST /api/complaints/{id}/answer': onRow('assessments.complaint', { upheld: true, answer: 'scope test' }),
  'POST /api/family/complaints': (targets) => {
    const row = onRow('assessments.application')(targets);
    return row && { body: { applicationId: row.params!['id'], subject: 'conduct', matter: 'scope test' } };
  },
  'POST /api/fee-months': inForeignDistrict((districtCode) => ({ body: { districtCode, month: '2026-09' } })),
  'POST /api/fee-statements/{id}/first-review': onRow('assessments.fee_statement', NOTE),
  'POST /api/fee-statements/{id}/second-review': onRow('assessments.fee_statement', NOTE),
  'POST /api/fee-statements/{id}/return': onRow('assessments.fee_statement', NOTE),
  'POST /api/fee-statements/{id}/pay': onRow('assessments.fee_statement', NOTE),
  'POST /api/plans': aboutPerson((personId, { pools, chance }) => ({
    personId, mode: 'homeVisit', institutionId: chance.pick(pools.institutions.filter((one) => one.kind === 'homeCare')).id, fromOn: '2026-12-01',
    items: [{ itemCode: chance.pick(pools.items), minutes: 30, timesPerDay: 1, timesPerWeek: 1 }],
  })),
  'POST /api/plans/{id}/confirm': onRow('plans.plan', { confirmerName: '测试' }),
  'POST /api/plans/{id}/decline': onRow('plans.plan', NOTE),
  'POST /api/plans/{id}/end': onRow('plans.plan', { toOn: '2026-12-31', ...NOTE }),
  'POST /api/family/plans/{id}/confirm': onRow('plans.plan'),
  'POST /api/family/plans/{id}/decline': onRow('plans.plan', NOTE),
  'POST /api/visits/intake': foreignFile,
  'POST /api/closes': inForeignDistrict((districtCode) => ({ body: { districtCode, month: '2026-09' } })),
  'POST /api/statements/{id}/first-review': onRow('claims.statement', NOTE),
  'POST /api/statements/{id}/second-review': onRow('claims.statement', NOTE),
  'POST /api/statements/{id}/return': onRow('claims.statement', NOTE),
  'POST /api/statements/{id}/pay': onRow('claims.statement', NOTE),
  'POST /api/ledger/postings': inForeignDistrict((districtCode, { pools }) => ({
    body: { districtCode, key: 'scope-test-key', effectiveOn: '2026-11-01', narrative: 'scope test', entries: [{ accountCode: pools.accounts[0]!, debitFen: 100, creditFen: 0 }, { accountCode: pools.accounts[1]!, debitFen: 0, creditFen: 100 }] },
  })),
  'POST /api/ledger/postings/{id}/reverse': onRow('ledger.posting', { key: 'scope-test-key', effectiveOn: '2026-11-01', narrative: 'scope test' }),
  'POST /api/explanations/{id}/rerun': onRow('platform.decision', {}),
};

/** An institution of another district. */
function foreignInstitution(body: unknown): Foreign {
  return ({ pools, viewer, chance }) => {
    const outside = pools.institutions.filter((one) => viewer.area === null || !one.district.startsWith(viewer.area));
    return outside.length === 0 ? undefined : { params: { id: chance.pick(outside).id }, body };
  };
}

/** A batch outside the area; where the city has none, an id that nobody gave. */
function foreignBatch({ pools, viewer, chance }: Targets): Attempt {
  const outside = pools.batches.filter((one) => viewer.area === null || !one.township.startsWith(viewer.area));
  return { params: { id: outside.length === 0 ? '00000000-0000-7000-8000-000000000000' : chance.pick(outside).id } };
}

/** A file that names somebody else's institution, carer and person; for an office, of a district that is not its own. */
function foreignFile({ pools, viewer, chance, oracle }: Targets): Attempt | undefined {
  const outside = oracle.unseen('people.person', viewer);
  const person = pools.persons.find((one) => one.id === outside[0]);
  if (!person) return undefined;
  const institution = pools.institutions.find((one) => one.district === person.district && one.kind === 'homeCare' && one.id !== viewer.institutionId) ?? chance.pick(pools.institutions);
  const carer = pools.workers.find((one) => one.institution === institution.id) ?? pools.workers[0]!;
  const head = '机构编码,护理人员公民身份号码,参保人公民身份号码,项目编码,开始时间,结束时间,经度,纬度,来源编号,双人服务编号';
  const row = [institution.code, carer.number, person.number, pools.items[0], '2026-11-02 09:00', '2026-11-02 09:30', '', '', 'SCOPE-1', ''].join(',');
  return { query: { format: 'csv', ...(viewer.area === null ? {} : { district: person.district }) }, csv: `${head}\n${row}\n` };
}
