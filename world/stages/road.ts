/** Walks a person's case by the office's own acts: looks where it stands, does the next act at its day, until it has come as far as told. Safe to repeat from anywhere. */
import { acceptApplication, concludeApplication, confirmAssessment, dispatchApplication, fileApplication, publishResult, recordAssessment } from '#domain/assessments/index.ts';
import { registerPerson } from '#domain/people/index.ts';
import { addDays, instantOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import type { Actor } from '#platform/scope/actor.ts';
import type { House } from '#server/house.ts';
import { answersFor } from '../answers.ts';
import { chance } from '../chance.ts';
import { institution } from '../institutions.ts';
import type { NamedPerson } from '../named.ts';

export interface Where {
  personId: string | null;
  applicationId: string | null;
  state: string | null;
  assessmentId: string | null;
  experts: number;
  noticeId: string | null;
  noticeEndsOn: Day | null;
}

const WHERE = `SELECT p.id AS "personId", a.id AS "applicationId", a.state, s.id AS "assessmentId", n.id AS "noticeId", n.ends_on AS "noticeEndsOn",
    (SELECT count(*) FROM assessments.confirmation c WHERE c.district_code = s.district_code AND c.assessment_id = s.id) AS experts
  FROM people.person p
  LEFT JOIN assessments.application a ON a.district_code = p.district_code AND a.person_id = p.id
  LEFT JOIN assessments.assessment s ON s.district_code = a.district_code AND s.application_id = a.id AND s.superseded_at IS NULL
  LEFT JOIN notices.notice n ON n.district_code = s.district_code AND n.subject_id = s.id
  WHERE p.identity_number = $1`;

export async function whereStands(house: House, one: NamedPerson): Promise<Where> {
  const { rows } = await house.platform.databases.owner.query<Where>(WHERE, [one.identityNumber]);
  return rows[0] ?? { personId: null, applicationId: null, state: null, assessmentId: null, experts: 0, noticeId: null, noticeEndsOn: null };
}

/** An act of somebody at a minute of a day. */
export const actAt = <T>(house: House, actor: Actor, on: Day, minute: number, work: (act: Act) => Promise<T>): Promise<T> => runAct(house.platform, actor, instantOf(on, minute), work);

/** Does what is still to be done; returns where the case stands in the end. */
export async function walk(house: House, actor: (signInName: string) => Actor, one: NamedPerson): Promise<Where> {
  for (;;) {
    const where = await whereStands(house, one);
    if (where.state === one.reached || (one.reached === 'refused' && where.state === 'refused')) return where;
    await nextAct(house, actor, one, where);
  }
}

/** The first act that is missing, at the pace of an office that keeps its working days. */
async function nextAct(house: House, actor: (signInName: string) => Actor, one: NamedPerson, where: Where): Promise<unknown> {
  const workingDay = (n: number): Day => house.platform.policy.workingDays.addWorkingDays(one.filedOn, n);
  const window = actor(one.townshipCode === '990101001' ? 'township-01' : 'agency-01');
  const agency = actor('agency-01');
  if (where.personId === null) return actAt(house, window, one.filedOn, 560, (act) => registerPerson(act, registration(one)));
  if (where.applicationId === null) return actAt(house, window, one.filedOn, 570, (act) => fileApplication(act, filing(one, where.personId!)));
  const id = where.applicationId;
  switch (where.state) {
    case 'filed': return actAt(house, agency, workingDay(1), 630, (act) => acceptApplication(act, id, { costCovered: true, materialsLacking: [] }));
    case 'accepted': return actAt(house, agency, workingDay(1), 640, (act) => dispatchApplication(act, id, institution(one.assessedBy ?? 'assess-01').id, '按街镇分片派单。'));
    case 'dispatched': return actAt(house, actor(assessorOf(one)), workingDay(6), 960, (act) => recordAssessment(act, id, onSite(house, one, workingDay(6))));
    case 'scored': return actAt(house, actor(expertsOf(one)[where.experts]!), workingDay(7), 600 + 20 * where.experts, (act) => confirmAssessment(act, where.assessmentId!, { agrees: true }));
    case 'confirmed': return actAt(house, agency, workingDay(8), 540, (act) => publishResult(act, id));
    case 'onNotice': return actAt(house, agency, addDays(where.noticeEndsOn!, 1), 555, (act) => concludeApplication(act, id));
    default: throw new Error(`the case of ${one.name} is ${where.state} and cannot become ${one.reached}`);
  }
}

/** Who assesses and confirms for the house that the case goes to. */
const assessorOf = (one: NamedPerson): string => (one.assessedBy === 'assess-01b' ? 'assessor-01b' : 'assessor-01');
const expertsOf = (one: NamedPerson): readonly string[] => (one.assessedBy === 'assess-01b' ? ['expert-01d', 'expert-01e'] : ['expert-01a', 'expert-01b']);

/** What the window writes down of a person. */
export function registration(one: NamedPerson) {
  const { name, identityNumber, townshipCode, community, address, phone, insuredKind, longitude, latitude } = one;
  return { name, identityNumber, townshipCode, community, address, phone, insuredKind, longitude, latitude, datum: 'WGS84' as const, insuredFromOn: '2024-01-01' };
}

/** What the family files. */
export function filing(one: NamedPerson, personId: string) {
  return {
    personId, kind: 'initial' as const, applicantName: one.applicant.name, relation: one.applicant.relation, contactPhone: one.phone, disabledSinceOn: one.disabledSinceOn,
    materials: ['applicationForm' as const, 'selfAssessment' as const, 'identityCard' as const, 'medicalRecord' as const], statement: one.applicant.statement,
  };
}

function onSite(house: House, one: NamedPerson, on: Day) {
  return {
    answers: answersFor(one.grade, house.platform.policy, one.filedOn, chance(`answers ${one.identityNumber}`)), secondName: '卢志诚', guardianName: one.applicant.name,
    onSiteAt: instantOf(on, 870).toISOString(), place: one.address,
  };
}
