/** The tale of one case: the office's own acts at given instants, each done once. An act that stands in the events is not done again, so a tale goes on from anywhere. */
import { assessments } from '#domain/assessments/index.ts';
import { notices } from '#domain/notices/index.ts';
import { registerPerson } from '#domain/people/index.ts';
import { workers } from '#domain/workers/index.ts';
import { addDays, instantOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { Actor } from '#platform/scope/actor.ts';
import type { House } from '#server/house.ts';
import { answersFor } from '../answers.ts';
import { chance } from '../chance.ts';
import { institution } from '../institutions.ts';
import type { NamedPerson } from '../named.ts';
import { actAt, filing, registration } from './road.ts';

export interface Office {
  house: House;
  actor(signInName: string): Actor;
}

/** What is known of a person's latest case; empty where it has not come so far. */
export interface Stands {
  personId: string;
  applicationId: string;
  assessmentId: string;
  orderId: string;
  noticeId: string;
  noticeEndsOn: Day;
  batchId: string;
  conclusionId: string;
  effectiveOn: Day;
  suspensionId: string;
}

const STANDS = `SELECT p.id AS "personId", a.id AS "applicationId", s.id AS "assessmentId", o.id AS "orderId", n.id AS "noticeId",
    greatest(n.ends_on, (SELECT max(x.ends_on) FROM notices.interruption x WHERE x.district_code = n.district_code AND x.batch_id = n.batch_id)) AS "noticeEndsOn", n.batch_id AS "batchId", c.id AS "conclusionId", c.effective_on AS "effectiveOn", u.id AS "suspensionId"
  FROM people.person p
  LEFT JOIN LATERAL (SELECT * FROM assessments.application a WHERE a.district_code = p.district_code AND a.person_id = p.id AND ($2::text IS NULL OR a.kind = $2) ORDER BY a.filed_at DESC LIMIT 1) a ON true
  LEFT JOIN assessments.assessment s ON s.district_code = a.district_code AND s.application_id = a.id AND s.superseded_at IS NULL
  LEFT JOIN assessments.dispatch_order o ON o.district_code = a.district_code AND o.application_id = a.id AND o.state IN ('open', 'accepted')
  LEFT JOIN notices.notice n ON n.district_code = s.district_code AND n.subject_id = s.id
  LEFT JOIN LATERAL (SELECT * FROM assessments.conclusion c WHERE c.district_code = p.district_code AND c.person_id = p.id ORDER BY c.concluded_at DESC LIMIT 1) c ON true
  LEFT JOIN assessments.suspension u ON u.district_code = p.district_code AND u.person_id = p.id AND u.state = 'paused'
  WHERE p.identity_number = $1`;

type Input = { params?: unknown; query?: unknown; body?: unknown; upload?: { fileName: string; bytes: Buffer } };

/** An endpoint's own work inside an act, by its key. */
export function does(act: Act, key: string, input: Input): Promise<unknown> {
  const route = { ...workers.routes, ...assessments.routes, ...notices.routes }[key];
  if (!route) throw new Error(`the house has no ${key}`);
  return route(act, { params: {}, query: {}, ...input } as never);
}

/** The house of assessment that a tale goes to, and who of it acts. */
export const HOUSES = {
  'assess-01': { officer: 'assess-01', assessor: 'assessor-01', experts: ['expert-01a', 'expert-01b', 'expert-01c'] },
  'assess-01b': { officer: 'assess-01b', assessor: 'assessor-01b', experts: ['expert-01d', 'expert-01e'] },
} as const;
export type HouseKey = keyof typeof HOUSES;

export class Tale {
  readonly office: Office;
  readonly one: NamedPerson;

  constructor(office: Office, one: NamedPerson) {
    this.office = office;
    this.one = one;
  }

  /** The n-th working day after filing. */
  day(n: number): Day {
    return this.office.house.platform.policy.workingDays.addWorkingDays(this.one.filedOn, n);
  }

  /** Of the latest case, or the latest of a kind. */
  async stands(kind: string | null = null): Promise<Stands> {
    const { rows } = await this.office.house.platform.databases.owner.query<Stands>(STANDS, [this.one.identityNumber, kind]);
    return rows[0] ?? ({} as Stands);
  }

  /** An act of somebody at a minute of a day, unless an event of the person stands at that instant already. */
  async once(who: string, on: Day, minute: number, work: (act: Act, at: Stands) => Promise<unknown>): Promise<void> {
    const at = await this.stands();
    const { rows } = await this.office.house.platform.databases.owner.query('SELECT 1 FROM platform.event WHERE person_id = $1 AND at = $2 LIMIT 1', [at.personId ?? null, instantOf(on, minute)]);
    if (rows.length === 0) await actAt(this.office.house, this.office.actor(who), on, minute, (act) => work(act, at));
  }

  async file(window = this.one.townshipCode === '990101001' ? 'township-01' : 'agency-01', materials?: readonly string[]): Promise<void> {
    const { filedOn } = this.one;
    await this.once(window, filedOn, 560, (act) => registerPerson(act, registration(this.one)));
    const papers = materials === undefined ? {} : { materials };
    await this.once(window, filedOn, 570, (act, at) => does(act, 'POST /api/applications', { body: { ...filing(this.one, at.personId), ...papers } }));
  }

  accept(on = this.day(1), more: { promisedBy?: string } = {}): Promise<void> {
    return this.once('insurer-01', on, 630, (act, { applicationId }) => does(act, 'POST /api/applications/{id}/accept', { params: { id: applicationId }, body: { costCovered: true, materialsLacking: [], ...more } }));
  }

  dispatch(to: HouseKey = 'assess-01', on = this.day(1), minute = 640): Promise<void> {
    return this.once('insurer-01', on, minute, (act, { applicationId }) =>
      does(act, 'POST /api/applications/{id}/dispatch', { params: { id: applicationId }, body: { institutionId: institution(to).id, reason: '按街镇分片派单。' } }));
  }

  /** The house takes the order and sends its assessor and an expert. */
  async take(by: HouseKey = 'assess-01', on = this.day(2), appointmentOn = this.day(6)): Promise<void> {
    const { officer, assessor, experts } = HOUSES[by];
    await this.once(officer, on, 545, (act, { orderId }) => does(act, 'POST /api/orders/{id}/accept', { params: { id: orderId } }));
    await this.once(officer, on, 550, (act, { orderId }) => does(act, 'POST /api/orders/{id}/assign', {
      params: { id: orderId }, body: { assessorAccountId: this.office.actor(assessor).accountId, expertAccountId: this.office.actor(experts[0]).accountId, appointmentOn, windowFrom: '09:30', windowTo: '11:00' },
    }));
  }

  /** The visit, entered at a desk; `grade` where it is not the one of the person. */
  assess(by: HouseKey = 'assess-01', on = this.day(6), grade = this.one.grade): Promise<void> {
    return this.once(HOUSES[by].assessor, on, 960, (act, { applicationId }) => does(act, 'POST /api/applications/{id}/assessment', {
      params: { id: applicationId },
      body: {
        answers: this.answers(grade), secondName: this.office.actor(HOUSES[by].experts[0]).name, guardianName: this.one.applicant.name, onSiteAt: instantOf(on, 870).toISOString(), place: this.one.address,
      },
    }));
  }

  answers(grade = this.one.grade): Record<string, number> {
    return answersFor(grade, this.office.house.platform.policy, this.one.filedOn, chance(`answers ${this.one.identityNumber} ${grade}`));
  }

  /** The n-th expert of a house says yes, or no with a reason. */
  voice(n: number, by: HouseKey = 'assess-01', on = this.day(7), against?: { note: string; reason: string; items: { code: string; points?: number }[] }): Promise<void> {
    return this.once(HOUSES[by].experts[n]!, on, 600 + 20 * n, (act, { assessmentId }) =>
      does(act, 'POST /api/assessments/{id}/confirmations', { params: { id: assessmentId }, body: against === undefined ? { agrees: true } : { agrees: false, ...against } }));
  }

  async confirm(by: HouseKey = 'assess-01', on = this.day(7)): Promise<void> {
    const [first, second] = by === 'assess-01' ? [1, 2] : [0, 1];
    await this.voice(first!, by, on);
    await this.voice(second!, by, on);
  }

  publish(on = this.day(8)): Promise<void> {
    return this.once('agency-01', on, 540, (act, { applicationId }) => does(act, 'POST /api/applications/{id}/publish', { params: { id: applicationId } }));
  }

  /** The day after the notice of its case of a kind. */
  async concludedOn(kind = 'initial'): Promise<Day> {
    return addDays((await this.stands(kind)).noticeEndsOn, 1);
  }

  async conclude(kind = 'initial'): Promise<void> {
    await this.once('agency-01', await this.concludedOn(kind), 555, (act, { applicationId }) => does(act, 'POST /api/applications/{id}/conclude', { params: { id: applicationId } }));
  }

  /** From filing to a conclusion. */
  async wholeRoad(by: HouseKey = 'assess-01'): Promise<void> {
    await this.file();
    await this.accept();
    await this.assessed(by);
    await this.confirm(by);
    await this.publish();
    await this.conclude();
  }

  /** From dispatch to the assessment. */
  async assessed(by: HouseKey = 'assess-01', grade = this.one.grade): Promise<void> {
    await this.dispatch(by);
    await this.take(by);
    await this.assess(by, this.day(6), grade);
  }

  /** The letter by post, received three days after the conclusion. */
  async posted(concludedOn: Day, by: HouseKey = 'assess-01'): Promise<void> {
    await this.once(by, addDays(concludedOn, 4), 900, (act, { conclusionId }) => does(act, 'POST /api/conclusions/{id}/deliveries', {
      params: { id: conclusionId },
      body: { way: 'post', outcome: 'delivered', happenedOn: addDays(concludedOn, 3), recipientName: this.one.applicant.name, recipientRelation: this.one.applicant.relation === 'self' ? 'self' : 'family', trackingNumber: `QHP${this.one.identityNumber.slice(6, 14)}` },
    }));
  }
}
