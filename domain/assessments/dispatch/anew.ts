/** A case that came back is mended by those who were on site; others only once the institution has sent them anew, with its reason on record. */
import { sql } from 'kysely';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import type { Participant } from '../actions/kind.ts';
import { presentAt, samePerson } from '../onsite/present.ts';
import type { Application } from '../store/application.ts';
import { findAssessment } from '../store/assessment.ts';
import { findCurrentOrder } from './store.ts';

/** Who may mend a returned case that its institution still has in hand. */
export interface Mending {
  persons: Participant[];
  /** The persons were sent after the return. */
  sentAnew: boolean;
  /** The order on which others can be sent; null where the case has none. */
  orderId: string | null;
}

interface LastReturn {
  assessmentId: string;
  orderId: string | null;
  sentAnew: boolean;
  assessorAccountId: string | null;
  assessorName: string | null;
  expertAccountId: string | null;
  expertName: string | null;
}

/** The latest return of a case to the institution that has it, with the order that it did before; nothing after an upheld objection, which goes elsewhere. */
async function findLastReturn(act: Act, application: Application): Promise<LastReturn | undefined> {
  const { rows } = await sql<LastReturn>`SELECT r.assessment_id, o.id AS order_id, coalesce(o.assigned_at > r.returned_at, false) AS sent_anew, o.assessor_account_id, o.assessor_name, o.expert_account_id, o.expert_name
    FROM (SELECT x.* FROM assessments.case_return x WHERE x.district_code = ${application.districtCode} AND x.application_id = ${application.id} ORDER BY x.nth DESC LIMIT 1) r
    LEFT JOIN LATERAL (SELECT d.* FROM assessments.dispatch_order d WHERE d.district_code = r.district_code AND d.application_id = r.application_id AND d.assessment_institution_id = r.assessment_institution_id AND d.state = 'done'
      ORDER BY d.issued_at DESC, d.id DESC LIMIT 1) o ON true
    WHERE r.returned_by <> 'objection' AND r.assessment_institution_id = ${application.institutionId}`.execute(act.db);
  return rows[0];
}

/** Who may mend a case; undefined where it did not come back, or was dispatched anew since. */
export async function mendingOf(act: Act, application: Application): Promise<Mending | undefined> {
  if (application.state !== 'dispatched' || application.returnedOn === null || (await findCurrentOrder(act, application.id))) return undefined;
  const last = await findLastReturn(act, application);
  if (!last) return undefined;
  const { orderId, sentAnew } = last;
  if (sentAnew) return { orderId, sentAnew, persons: [{ accountId: last.assessorAccountId, name: last.assessorName! }, { accountId: last.expertAccountId, name: last.expertName! }] };
  const assessment = await findAssessment(act, last.assessmentId);
  return assessment && { orderId, sentAnew, persons: await presentAt(act, assessment) };
}

export const namesOf = (persons: readonly Participant[]): string[] => [...new Set(persons.map((one) => one.name).filter((name) => name !== ''))];

/**
 * Before a returned case is assessed again: at least one of those who were on site is there again. Once others were sent, one of them records it. Refuses with RETURN_OTHER_PERSONS
 * or ORDER_OTHER_PERSON, both naming who may.
 */
export async function demandMends(act: Act, application: Application, recorder: Participant, companions: readonly Participant[]): Promise<void> {
  const mending = await mendingOf(act, application);
  if (!mending) return;
  const there = (one: Participant) => mending.persons.some((known) => samePerson(known, one));
  if (mending.sentAnew) {
    if (!there(recorder)) refuse('ORDER_OTHER_PERSON', { assessor: mending.persons[0]!.name, expert: mending.persons[1]!.name }, { status: 403 });
    return;
  }
  if (![recorder, ...companions].some(there)) refuse('RETURN_OTHER_PERSONS', { persons: namesOf(mending.persons).join('、') }, { status: 403 });
}
