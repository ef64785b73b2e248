/** Random cases of a district for the tests of the figures: rows and events as the acts of the office would have left them, written by the owner in bulk. */
import type pg from 'pg';
import { newId } from '#kit/ids.ts';
import { addDays, dayOf, instantOf, monthBounds } from '#kit/days.ts';
import type { Day, Month } from '#kit/days.ts';
import { identityNumberFor } from '#kit/identity-number.ts';

type Row = Record<string, unknown>;

export interface RandomCases {
  seed: number;
  cases: number;
  months: readonly Month[];
  districtCode: string;
}

export interface Made {
  institutions: string[];
  assessors: { id: string; name: string; institutionId: string }[];
  experts: string[];
}

const KINDS = ['initial', 'endOfTerm', 'statusChange'] as const;

/** Writes random cases: returns, objections, reviews, orders, deliveries, visits, complaints. The same seed gives the same cases. */
export async function writeRandomCases(owner: pg.Pool, options: RandomCases): Promise<Made> {
  const book = new CaseBook(options);
  book.write();
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    // The rows come in bulk and in the order of their cases, not of their keys.
    await client.query('SET LOCAL session_replication_role = replica');
    for (const [table, rows] of book.tables) {
      const columns = Object.keys(rows[0]!).join(', ');
      await client.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [JSON.stringify(rows)]);
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return book.made;
}

/** A small generator of chance (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Known {
  personId: string;
  applicationId: string;
  number: string;
  filedOn: Day;
  at: Date;
}

class CaseBook {
  readonly tables = new Map<string, Row[]>();
  readonly made: Made = { institutions: [], assessors: [], experts: [newId(), newId(), newId()] };
  private readonly options: RandomCases;
  private readonly luck: () => number;
  private counter = 0;

  constructor(options: RandomCases) {
    this.options = options;
    this.luck = chance(options.seed);
    for (let i = 0; i < 3; i += 1) this.institution(i);
  }

  write(): void {
    for (let i = 0; i < this.options.cases; i += 1) this.writeCase();
    for (let i = 0; i < Math.ceil(this.options.cases / 15); i += 1) this.complaint();
  }

  private get township(): string {
    return `${this.options.districtCode}001`;
  }

  private add(table: string, row: Row): void {
    const rows = this.tables.get(table);
    if (rows) rows.push(row);
    else this.tables.set(table, [row]);
  }

  private event(at: Date, kind: string, subject: readonly [string, string], data: Row, more: Row = {}): void {
    this.add('platform.event', {
      district_code: this.options.districtCode, id: newId(at.getTime()), at, kind: `assessments.${kind}`, account_id: null, actor_name: '测试', subject_type: subject[0], subject_id: subject[1], person_id: null, township_code: this.township,
      institution_id: null, note: null, data, ...more,
    });
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.luck() * from.length)]!;
  }

  private days(most: number): number {
    return Math.floor(this.luck() * (most + 1));
  }

  private institution(at: number): void {
    const id = newId();
    const code = `${this.options.districtCode}${this.options.seed % 1000}${at}`;
    this.add('providers.institution', { id, district_code: this.options.districtCode, code: `PG-${code}`, name: `第${at + 1}评估中心`, kind: 'assessment', credit_code: id.replaceAll('-', '').slice(0, 18).toUpperCase(), address: '一号', agreement_from_on: '2025-01-01', created_at: new Date(0) });
    this.made.institutions.push(id);
    for (let i = 0; i < 3; i += 1) this.made.assessors.push({ id: newId(), name: `评估员${at}${i}`, institutionId: id });
  }

  private writeCase(): void {
    const month = this.pick(this.options.months);
    const filedOn = addDays(monthBounds(month).firstOn, this.days(27));
    const known = this.application(this.person(), filedOn, this.pick(KINDS), null);
    const assessor = this.pick(this.made.assessors);
    const last = this.assessed(known, assessor, addDays(filedOn, this.days(18)));
    const conclusion = this.conclude(known, last);
    if (this.luck() < 0.08) this.interest(known, last);
    if (this.luck() < 0.15) this.review(known, conclusion, last.assessor.institutionId, last.grade);
  }

  private person(): string {
    const id = newId();
    const born = `19${String(30 + Math.floor(this.luck() * 40))}-0${1 + Math.floor(this.luck() * 9)}-1${Math.floor(this.luck() * 9)}`;
    this.counter += 1;
    this.add('people.person', {
      district_code: this.options.districtCode, id, township_code: this.township, community: '测试', name: '测试人', search: '', identity_number: identityNumberFor('990199', born, this.counter % 1000), birth_on: born, sex: 1, address: '测试', origin: 'imported', created_at: new Date(0),
    });
    return id;
  }

  private application(personId: string, filedOn: Day, kind: string, aboutConclusionId: string | null): Known {
    const applicationId: string = newId();
    const number = `X-A-${this.options.seed}-${String((this.counter += 1)).padStart(6, '0')}`;
    const at = instantOf(filedOn, 540);
    this.add('assessments.application', {
      district_code: this.options.districtCode, id: applicationId, number, person_id: personId, township_code: this.township, kind, filed_on: filedOn, filed_at: at, applicant_name: '测试', relation: 'self', contact_phone: '1', disabled_since_on: '2020-01-01',
      materials: [], state: 'concluded', state_since: at, accepted_on: filedOn, about_conclusion_id: aboutConclusionId,
      ground: kind === 'spotCheck' ? this.pick(['abnormalResult', 'irregularAssessment', 'communityHealthFinding', 'recheckAfterPause']) : null, ground_source: kind === 'spotCheck' ? '测试' : null,
    });
    this.event(at, 'applicationAccepted', ['application', applicationId], { number });
    return { personId, applicationId, number, filedOn, at };
  }

  private order(known: Known, institutionId: string, on: Day): void {
    const issued = instantOf(on, 560);
    const respondBy = instantOf(addDays(on, 1), 1080);
    // Ten working days after the acceptance where no holiday lies between; of every third case the calendar came a day too late.
    const dueOn = addDays(dayOf(known.at), 14);
    const late = this.luck() < 0.1;
    const answered = late ? instantOf(addDays(on, 2), 600) : instantOf(on, 900);
    // Taken, refused at once, taken and given up after the time to answer, not answered at all, or taken back by the office.
    const luck = this.luck();
    const how = luck < 0.1 ? 'refused' : luck < 0.15 ? 'givenUp' : luck < 0.2 ? 'lapsed' : luck < 0.24 ? 'withdrawn' : 'done';
    const state = how === 'givenUp' ? 'refused' : how;
    const endedAt = how === 'givenUp' ? instantOf(addDays(on, 4), 600) : how === 'lapsed' ? new Date(respondBy.getTime() + 60_000) : answered;
    const code = state === 'refused' ? this.pick(['NO_CAPACITY', 'RECUSED']) : how === 'withdrawn' ? 'MISTAKE' : null;
    const id: string = newId();
    this.add('assessments.dispatch_order', {
      district_code: this.options.districtCode, id, application_id: known.applicationId, person_id: known.personId, township_code: this.township, assessment_institution_id: institutionId, issued_at: issued, issued_on: on, issuer_name: '测试',
      decision_id: newId(), respond_by: respondBy, state, answered_at: how === 'lapsed' || how === 'withdrawn' ? null : answered, due_on: dueOn, due_known_on: Number(known.number.at(-1)) % 3 === 0 ? addDays(dueOn, 1) : null, reason_code: code, note: code ? '测试' : null, ended_at: endedAt,
    });
    const tell = (at: Date, kind: string, data: Row) => this.event(at, kind, ['application', known.applicationId], { orderId: id, ...data }, { institution_id: institutionId });
    tell(issued, 'dispatched', { number: known.number });
    if (how === 'done' || how === 'givenUp') tell(answered, 'orderTaken', { respondBy: respondBy.toISOString() });
    if (state !== 'done') tell(endedAt, { refused: 'orderRefused', lapsed: 'orderLapsed', withdrawn: 'orderWithdrawn' }[state], { respondBy: respondBy.toISOString(), code });
  }

  /** Assessed until nobody sends it back: returns the assessment that stands. */
  private assessed(known: Known, first: Made['assessors'][number], firstOn: Day): { id: string; grade: number; assessor: Made['assessors'][number]; recordedAt: Date } {
    let on = firstOn;
    let assessor = first;
    for (let round = 0; ; round += 1) {
      this.order(known, assessor.institutionId, on);
      const one = this.assessment(known, assessor, on);
      const back = round > 2 ? 'none' : this.luck() < 0.12 ? 'disagreement' : this.luck() < 0.06 ? 'objection' : 'none';
      const agree = back === 'disagreement' ? 1 : 2;
      const heardOn = addDays(dayOf(one.recordedAt), 1);
      for (let i = 0; i < agree; i += 1) this.voice(known, one, i, true, heardOn);
      if (back === 'none') return one;
      const at = instantOf(heardOn, 700);
      if (back === 'disagreement') this.voice(known, one, 2, false, heardOn);
      Object.assign(one.row, { superseded_at: at, superseded_by: back });
      const reason = this.pick(['evidenceMissing', 'answersContradict', 'identityUnproved']);
      const [dueOn, knownOn] = [addDays(dayOf(at), 7), round === 1 || Number(known.number.at(-1)) % 4 === 0 ? addDays(dayOf(at), 2 + this.days(22)) : null];
      this.event(at, back === 'objection' ? 'returnedAfterObjection' : 'returned', ['application', known.applicationId], { number: known.number, reason, nth: round + 1, dueOn: knownOn === null ? dueOn : null });
      if (back === 'disagreement') {
        this.add('assessments.case_return', {
          district_code: this.options.districtCode, id: newId(), application_id: known.applicationId, assessment_id: one.id, person_id: known.personId, township_code: this.township, assessment_institution_id: assessor.institutionId, nth: round + 1,
          returned_by: 'experts', reason, returned_on: dayOf(at), due_on: dueOn, due_known_on: knownOn, returner_name: '测试', returned_at: at,
        });
      }
      on = addDays(heardOn, 1 + this.days(20));
      if (back === 'objection') assessor = this.pick(this.made.assessors.filter((other) => other.institutionId !== first.institutionId));
    }
  }

  private assessment(known: Known, assessor: Made['assessors'][number], on: Day) {
    const id: string = newId();
    const onSiteAt = instantOf(on, 600 + this.days(300));
    const recordedAt = new Date(onSiteAt.getTime() + this.days(6) * 86_400_000 + 3_600_000);
    const grade = Math.min(5, Math.floor(this.luck() * 6));
    const answers = this.luck() < 0.3 ? { bathing: 0, dressing: 5 } : { bathing: this.days(20), dressing: this.days(200) };
    const visitId = this.luck() < 0.6 ? newId() : null;
    const about = { district_code: this.options.districtCode, application_id: known.applicationId, person_id: known.personId, township_code: this.township, assessment_institution_id: assessor.institutionId };
    const row: Row = {
      ...about, id, assessor_account_id: assessor.id, assessor_name: assessor.name, second_name: '测试', guardian_name: '测试', on_site_at: onSiteAt, place: '测试', scale_id: 'test', answers, points: {}, grade, decision_id: newId(), superseded_at: null,
      superseded_by: null, recorded_at: recordedAt, site_visit_id: visitId,
    };
    this.add('assessments.assessment', row);
    if (visitId) {
      this.add('assessments.site_visit', {
        ...about, id: visitId, account_id: assessor.id, assessor_name: assessor.name, device_id: 'test', clock_offset_ms: 0, revision: 1, content_sha256: '', state: 'submitted', began_at: onSiteAt, received_at: recordedAt, submitted_at: recordedAt,
        arrived_at: onSiteAt, left_at: new Date(onSiteAt.getTime() + (10 + this.days(80)) * 60_000), companion_ids: [], contradictions: [], assessment_id: id,
      });
    }
    if (visitId) this.event(recordedAt, 'siteVisitSubmitted', ['siteVisit', visitId], { number: known.number, assessmentId: id });
    this.event(recordedAt, 'assessed', ['assessment', id], { number: known.number, grade, applicationId: known.applicationId }, { account_id: assessor.id, actor_name: assessor.name, institution_id: assessor.institutionId });
    return { id, grade, assessor, recordedAt, row };
  }

  private voice(known: Known, one: { id: string; assessor: Made['assessors'][number] }, at: number, agrees: boolean, on: Day): void {
    const when = instantOf(on, 600 + at * 10);
    this.add('assessments.confirmation', {
      district_code: this.options.districtCode, id: newId(), assessment_id: one.id, person_id: known.personId, township_code: this.township, assessment_institution_id: one.assessor.institutionId, expert_account_id: this.made.experts[at], expert_name: '测试', agrees,
      note: null, confirmed_at: when, items: [],
    });
    this.event(when, 'expertVoted', ['assessment', one.id], { number: known.number, applicationId: known.applicationId });
    if (agrees && at === 1) this.event(when, 'confirmed', ['application', known.applicationId], { number: known.number, experts: 2 });
  }

  private conclude(known: Known, one: { id: string; grade: number; assessor: Made['assessors'][number]; recordedAt: Date }): { id: string; at: Date } {
    const id: string = newId();
    const at = new Date(one.recordedAt.getTime() + 8 * 86_400_000);
    const number = `X-C-${this.options.seed}-${String((this.counter += 1)).padStart(6, '0')}`;
    const concludedOn = dayOf(at);
    const effectiveOn = addDays(concludedOn, 1);
    this.add('assessments.conclusion', {
      district_code: this.options.districtCode, id, number, application_id: known.applicationId, assessment_id: one.id, person_id: known.personId, township_code: this.township, grade: one.grade, concluded_on: concludedOn, effective_on: effectiveOn,
      valid_until_on: addDays(effectiveOn, 700), ended_on: effectiveOn, end_reason: 'replaced', origin: 'assessed', decision_id: newId(), check_code: id, concluded_at: at,
    });
    this.event(at, 'concluded', ['conclusion', id], { number, grade: one.grade, applicationId: known.applicationId });
    if (this.luck() < 0.8) {
      const deliveredOn = addDays(concludedOn, 2 + this.days(8));
      this.add('assessments.delivery', {
        district_code: this.options.districtCode, id: newId(), conclusion_id: id, person_id: known.personId, township_code: this.township, assessment_institution_id: one.assessor.institutionId, way: 'post', outcome: 'delivered', happened_on: deliveredOn,
        actor_name: '测试', recorded_at: instantOf(deliveredOn, 800),
      });
      this.event(instantOf(deliveredOn, 800), 'delivered', ['conclusion', id], { number, way: 'post', happenedOn: deliveredOn });
    }
    return { id, at };
  }

  private review(known: Known, conclusion: { id: string; at: Date }, avoid: string, grade: number): void {
    const kind = this.pick(['review', 'spotCheck', 'finalReview']);
    const filedOn = addDays(dayOf(conclusion.at), 3);
    const again = this.application(known.personId, filedOn, kind, conclusion.id);
    const one = this.assessment(again, this.pick(this.made.assessors.filter((other) => other.institutionId !== avoid)), addDays(filedOn, 4));
    if (this.luck() < 0.4) {
      one.grade = grade;
      one.row['grade'] = grade;
      Object.assign(this.tables.get('platform.event')!.at(-1)!, { data: { number: again.number, grade, applicationId: again.applicationId } });
    }
    for (let i = 0; i < 2; i += 1) this.voice(again, one, i, true, addDays(dayOf(one.recordedAt), 1));
    this.conclude(again, one);
  }

  /** An interest in the person, of the institution or of the assessor alone, declared before or after the assessment. */
  private interest(known: Known, one: { assessor: Made['assessors'][number]; recordedAt: Date }): void {
    const number = this.tables.get('people.person')!.find((row) => row['id'] === known.personId)!['identity_number'];
    const declaredAt = new Date(one.recordedAt.getTime() + (this.days(20) - 5) * 86_400_000);
    const id: string = newId();
    // Some concern a whole community instead of the person.
    const whom = this.luck() < 0.2 ? { person_number: null, township_code: this.township, community: '测试' } : { person_number: number, township_code: null, community: null };
    this.add('assessments.interest', {
      district_code: this.options.districtCode, id, institution_id: one.assessor.institutionId, account_id: this.luck() < 0.5 ? one.assessor.id : null, party_name: '测试', relation: 'relative', ...whom, from_on: known.filedOn,
      to_on: this.luck() < 0.3 ? addDays(known.filedOn, 6) : null, evidence: '测试', declarer_name: '测试', declared_at: declaredAt,
    });
    this.event(declaredAt, 'interestDeclared', ['interest', id], { party: '测试', relation: 'relative', target: '***' }, { institution_id: one.assessor.institutionId });
  }

  private complaint(): void {
    const month = this.pick(this.options.months);
    const on = addDays(monthBounds(month).firstOn, this.days(27));
    const institutionId = this.pick(this.made.institutions);
    const id: string = newId();
    const subject = this.pick(['conduct', 'procedure', 'dataLeak', 'money', 'other']);
    const at = instantOf(on, 660);
    const number = `X-T-${this.options.seed}-${String((this.counter += 1)).padStart(6, '0')}`;
    this.add('assessments.complaint', { district_code: this.options.districtCode, id, number, area_code: this.options.districtCode, institution_id: institutionId, subject, source: 'agency', matter: '测试', filed_on: on, filed_at: at });
    this.event(at, 'complaintFiled', ['complaint', id], { number, subject, source: 'agency', about: institutionId });
    if (this.luck() < 0.3) return;
    const upheld = this.luck() < 0.6;
    const answeredAt = instantOf(addDays(on, 5), 660);
    this.add('assessments.complaint_answer', { district_code: this.options.districtCode, id: newId(), complaint_id: id, area_code: this.options.districtCode, institution_id: institutionId, upheld, answer: '测试', answered_by: '测试', answered_at: answeredAt });
    this.event(answeredAt, 'complaintAnswered', ['complaint', id], { number, upheld });
  }
}
