/** A small office for the tests of assessments: people, an assessment institution in each of two districts, and callers of every role. */
import { registerPerson } from '#domain/people/index.ts';
import { registerInstitution } from '#domain/providers/index.ts';
import { creditCodeFor } from '#kit/credit-code.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';

export const GUILAN = { name: '王桂兰', identityNumber: '11010519491231002X', townshipCode: '990101001', community: '槐荫社区', address: '槐荫街道 1 号', insuredKind: 'employee', insuredFromOn: '2020-01-01' } as const;
export const JIANGUO = { name: '李建国', identityNumber: '440524188001010014', townshipCode: '990101002', community: '石桥社区', address: '石桥街道 2 号', insuredKind: 'resident', insuredFromOn: '2020-01-01' } as const;

export interface TestOffice {
  house: TestHouse;
  personId: string;
  otherPersonId: string;
  institutionId: string;
  otherInstitutionId: string;
  careHomeId: string;
  agency: Caller;
  otherAgency: Caller;
  assessor: Caller;
  otherAssessor: Caller;
  experts: readonly [Caller, Caller, Caller];
  family: Caller;
  otherFamily: Caller;
}

/** Opens the office on a day; `close` its house. */
export async function openTestOffice(nowAt = '2026-08-03T01:00:00Z'): Promise<TestOffice> {
  const house = await openTestHouse(nowAt);
  const person = async (body: Parameters<typeof registerPerson>[1]) => (await house.act((act) => registerPerson(act, body))).id;
  const institution = async (code: string, name: string, districtCode: string, kind: 'assessment' | 'careHome', at: number) =>
    (await house.act((act) => registerInstitution(act, { code, name, kind, districtCode, creditCode: creditCodeFor(districtCode, at), address: '人民路 1 号', agreementFromOn: '2026-01-01' }))).id;
  const personId = await person(GUILAN);
  const otherPersonId = await person(JIANGUO);
  const institutionId = await institution('QH-PG-01', '禾东失能评估中心', '990101', 'assessment', 101);
  const otherInstitutionId = await institution('QH-PG-03', '澄湖失能评估中心', '990103', 'assessment', 103);
  const careHomeId = await institution('QH-HL-01', '槐荫护理院', '990101', 'careHome', 201);
  const signIn = (signInName: string, displayName: string, role: string, more: object) => house.signedIn({ signInName, displayName, role, ...more });
  return {
    house, personId, otherPersonId, institutionId, otherInstitutionId, careHomeId,
    agency: await signIn('agency-01', '陈敏', 'agencyOfficer', { area: '990101' }),
    otherAgency: await signIn('agency-03', '赵强', 'agencyOfficer', { area: '990103' }),
    assessor: await signIn('assessor-01', '孙丽', 'assessor', { institutionId }),
    otherAssessor: await signIn('assessor-03', '钱进', 'assessor', { institutionId: otherInstitutionId }),
    experts: [
      await signIn('expert-01', '周明远', 'assessmentExpert', { institutionId }),
      await signIn('expert-02', '吴静', 'assessmentExpert', { area: '990101' }),
      await signIn('expert-03', '郑凯', 'assessmentExpert', { institutionId }),
    ],
    family: await signIn('family-01', '王小梅', 'family', { persons: [{ districtCode: '990101', personId }] }),
    otherFamily: await signIn('family-02', '李小军', 'family', { persons: [{ districtCode: '990101', personId: otherPersonId }] }),
  };
}

/** How many further people each office registered. */
const registered = new WeakMap<TestOffice, number>();

/** Registers another insured person in the first district. */
export async function anotherPerson(office: TestOffice, more: Partial<Parameters<typeof registerPerson>[1]> = {}): Promise<string> {
  const nth = (registered.get(office) ?? 0) + 1;
  registered.set(office, nth);
  const body = { ...JIANGUO, name: `沈阿${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'[nth % 22]}`, identityNumber: identityNumberFor('990101', '1948-03-05', nth), ...more };
  return (await office.house.act((act) => registerPerson(act, body))).id;
}

/** A complete initial application for a person, disabled long enough. */
export function filingFor(personId: string): Record<string, unknown> {
  return { personId, kind: 'initial', applicantName: '王小梅', relation: 'family', contactPhone: '13900000001', disabledSinceOn: '2025-10-01', materials: ['applicationForm', 'selfAssessment', 'identityCard', 'medicalRecord'] };
}

/** Answers by the national scale: every item of a dimension with its worst (0) or best option. */
export async function answersOf(office: TestOffice, pick: { adl: 'worst' | 'best'; cognition: 'worst' | 'best'; perception: 'worst' | 'best' }): Promise<Record<string, number>> {
  const { scale } = (await office.agency('GET', '/api/scale')).json() as { scale: { items: { code: string; dimension: keyof typeof pick; options: { points: number }[] }[] } };
  return Object.fromEntries(scale.items.map((item) => {
    const points = item.options.map((option) => option.points);
    return [item.code, pick[item.dimension] === 'worst' ? Math.min(...points) : Math.max(...points)];
  }));
}

/** What an assessor hands in besides the answers. */
export const ON_SITE = { secondName: '周明远', guardianName: '王小梅', place: '槐荫街道 1 号' };

/** Files, accepts and dispatches a case (initial unless told); the day stays. Returns the application's id. */
export async function dispatchedCase(office: TestOffice, personId: string, kind = 'initial'): Promise<string> {
  const id = (await office.agency('POST', '/api/applications', { ...filingFor(personId), kind })).json().id as string;
  await office.agency('POST', `/api/applications/${id}/accept`, {});
  await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId, reason: '测试用的机构' });
  return id;
}

/** A case with its assessment (severe in daily living: grade 3), recorded at the clock's moment. Returns both ids. */
export async function scoredCase(office: TestOffice, personId: string, kind?: string): Promise<{ id: string; assessmentId: string }> {
  const id = await dispatchedCase(office, personId, kind);
  return { id, assessmentId: await assess(office, id) };
}

/** Records an assessment of a dispatched case by an assessor of the institution. */
export async function assess(office: TestOffice, id: string, by: Caller = office.assessor): Promise<string> {
  const answers = await answersOf(office, { adl: 'worst', cognition: 'best', perception: 'best' });
  return (await by('POST', `/api/applications/${id}/assessment`, { ...ON_SITE, onSiteAt: office.house.clock.now.toISOString(), answers })).json().id as string;
}

/** A case whose notice hangs out from the clock's day. */
export async function publishedCase(office: TestOffice, personId: string, kind?: string): Promise<{ id: string; assessmentId: string; noticeId: string }> {
  const { id, assessmentId } = await scoredCase(office, personId, kind);
  for (const expert of office.experts.slice(0, 2)) await expert('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true });
  const noticeId = (await office.agency('POST', `/api/applications/${id}/publish`)).json().noticeId as string;
  return { id, assessmentId, noticeId };
}
