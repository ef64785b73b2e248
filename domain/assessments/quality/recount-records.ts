/** What the events of a district say of its assessments, heard in order: the second computation's own record of cases, orders, returns, letters and interests. Test only. */
import type pg from 'pg';
import { addDays, dayOf, instantOf, monthBounds, firstOfNextMonth, addMonths } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import { deliveryWorkingDays, onSiteWorkingDays } from '../policy.ts';
import type { QualityFigure } from './model.ts';
import { identicalAnswers, qualityAgeBands, severeGrade, shortVisitMin, uploadWorkingDays } from './policy.ts';
import type { Case, ItemPair, Recounting } from './recount.ts';

interface Event {
  at: Date;
  kind: string;
  subjectId: string;
  accountId: string | null;
  actorName: string;
  institutionId: string | null;
  data: Record<string, unknown>;
}

interface Assessed {
  id: string;
  applicationId: string;
  institutionId: string;
  accountId: string;
  name: string;
  grade: number;
  at: Date;
  back: { at: Date; objection: boolean } | undefined;
}

/** An order as the events tell of it: issued, first answered, ended otherwise than by its assessment. */
interface Ordered {
  id: string;
  institutionId: string;
  at: Date;
  answered?: { at: Date; respondBy: unknown };
  ended?: { how: string; code: unknown };
}

interface Returned {
  of: Assessed;
  at: Date;
  objection: boolean;
  reason: string;
  nth: number;
  dueOn: Day | null;
}

const FAULTY = ['recordIncomplete', 'evidenceMissing', 'videoUnclear', 'answersContradict'];

type Rows = Map<string, Record<string, unknown>>;

export class Records {
  private readonly asked: Recounting;
  private readonly assessed: Assessed[] = [];
  private readonly confirmed = new Set<string>();
  private readonly acceptedOn = new Map<string, Day>();
  private readonly concluded: { id: string; applicationId: string; assessedId: string | undefined; grade: number; number: string; at: Date }[] = [];
  private readonly orders = new Map<string, Ordered>();
  private readonly returns: Returned[] = [];
  private readonly letters: { conclusionId: string; happenedOn: Day }[] = [];
  private readonly declared: { id: string; institutionId: string; at: Date }[] = [];
  private readonly submitted = new Map<string, string>();
  private readonly complaints: { id: string; at: Date; subject: string; about: string; upheld: boolean }[] = [];
  private readonly applications: Rows;
  private readonly facts: Rows;
  private readonly conclusions: Rows;
  private readonly visits: Rows;
  private readonly accused: Rows;
  private readonly interests: Rows;
  private readonly limits: Record<'order' | 'return', Record<string, unknown>[]>;

  private constructor(asked: Recounting, events: readonly Event[], tables: { applications: Rows; facts: Rows; conclusions: Rows; visits: Rows; accused: Rows; interests: Rows; limits: Record<'order' | 'return', Record<string, unknown>[]> }) {
    this.asked = asked;
    ({ applications: this.applications, facts: this.facts, conclusions: this.conclusions, visits: this.visits, accused: this.accused, interests: this.interests, limits: this.limits } = tables);
    for (const one of events) if (one.at <= asked.knownAt) this.hear(one);
  }

  /** The events, and of the rows what no event repeats: answers, times on site, birth and community, which conclusion a case is about, whom an interest concerns, and a deadline that waited for its calendar. */
  static async read(owner: pg.Pool, asked: Recounting): Promise<Records> {
    const all = async (text: string) => (await owner.query<Record<string, unknown>>(`${text} WHERE district_code = $1`, [asked.districtCode])).rows
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name.endsWith('_at') ? (value === null ? null : new Date(value as string)) : value])));
    const byId = (rows: Record<string, unknown>[]): Rows => new Map(rows.map((row) => [String(row['id']), row]));
    const { rows: events } = await owner.query<Event>(`SELECT at, kind, subject_id AS "subjectId", account_id AS "accountId", actor_name AS "actorName", institution_id AS "institutionId", data FROM platform.event
      WHERE district_code = $1 AND starts_with(kind, 'assessments.') ORDER BY at, id`, [asked.districtCode]);
    const persons = byId(await all('SELECT id, birth_on::text AS born, identity_number, township_code, community FROM people.person'));
    const facts = byId(await all('SELECT id, person_id, on_site_at, answers::text AS answers, scale_id FROM assessments.assessment'));
    for (const row of facts.values()) row['person'] = persons.get(String(row['person_id']));
    const accounts = new Map((await owner.query<{ worker: string; account: string }>('SELECT worker_id AS worker, account_id AS account FROM workers.admission WHERE account_id IS NOT NULL')).rows.map((row) => [row.worker, row.account]));
    const interests = byId(await all('SELECT id, worker_id, account_id, person_number, township_code, community, from_on::text AS from_day, to_on::text AS to_day FROM assessments.interest'));
    for (const row of interests.values()) row['worker_account'] = accounts.get(String(row['worker_id']));
    const waited = 'due_on::text AS due_day, due_known_on::text AS known_day';
    return new Records(asked, events.map((one) => ({ ...one, at: new Date(one.at) })), {
      applications: byId(await all('SELECT id, kind, ground, about_conclusion_id, filed_on::text AS filed_on FROM assessments.application')), facts, interests,
      conclusions: byId(await all('SELECT id, grade FROM assessments.conclusion')), visits: byId(await all('SELECT id, arrived_at, left_at FROM assessments.site_visit')), accused: byId(await all('SELECT id, assessor_account_id FROM assessments.complaint')),
      limits: { order: await all(`SELECT application_id, assessment_institution_id, ${waited} FROM assessments.dispatch_order`), return: await all(`SELECT application_id, nth, returned_on::text AS returned_day, ${waited} FROM assessments.case_return`) },
    });
  }

  private hear(event: Event): void {
    const { kind, subjectId, at, data } = event;
    const said = kind.slice('assessments.'.length);
    if (said === 'assessed') this.assessed.push({ id: subjectId, applicationId: String(data['applicationId']), institutionId: event.institutionId!, accountId: event.accountId!, name: event.actorName, grade: Number(data['grade']), at, back: undefined });
    // An expert's event names no voice; that enough of them agreed is an event of the case.
    else if (said === 'confirmed') this.confirmed.add(this.standing(subjectId)?.id ?? '');
    else if (said === 'applicationAccepted' || said === 'spotCheckOpened') this.acceptedOn.set(subjectId, dayOf(at));
    else if (['returned', 'returnedByCheck', 'returnedByAgency', 'returnedAfterObjection'].includes(said)) this.sendBack(event, said === 'returnedAfterObjection');
    else if (said === 'concluded') this.concluded.push({ id: subjectId, applicationId: String(data['applicationId']), assessedId: this.standing(String(data['applicationId']))?.id, grade: Number(data['grade']), number: String(data['number']), at });
    else if (said === 'complaintFiled') this.complaints.push({ id: subjectId, at, subject: String(data['subject']), about: String(data['about']), upheld: false });
    else if (said === 'complaintAnswered' && data['upheld'] === true) for (const one of this.complaints) if (one.id === subjectId) one.upheld = true;
    if (said === 'delivered') this.letters.push({ conclusionId: subjectId, happenedOn: String(data['happenedOn']) });
    else if (said === 'interestDeclared') this.declared.push({ id: subjectId, institutionId: event.institutionId!, at });
    else if (said === 'siteVisitSubmitted') this.submitted.set(String(data['assessmentId']), subjectId);
    else this.hearOrder(said, event);
  }

  /** The first answer is the answer: an order that was taken in time and given up later was not answered late. */
  private hearOrder(said: string, { at, data, institutionId }: Event): void {
    const id = String(data['orderId']);
    const order = this.orders.get(id);
    if (said === 'dispatched' && data['orderId'] !== undefined) this.orders.set(id, { id, institutionId: institutionId!, at });
    if (order && (said === 'orderTaken' || said === 'orderRefused')) order.answered ??= { at, respondBy: data['respondBy'] };
    if (order && ['orderRefused', 'orderLapsed', 'orderWithdrawn'].includes(said)) order.ended = { how: said, code: data['code'] };
  }

  private sendBack({ subjectId, at, data }: Event, objection: boolean): void {
    const last = this.standing(subjectId);
    if (!last) return;
    last.back = { at, objection };
    this.returns.push({ of: last, at, objection, reason: String(data['reason']), nth: Number(data['nth']), dueOn: (data['dueOn'] as Day | null | undefined) ?? null });
  }

  /** The assessment of a case that counts at this point of the story. */
  private standing(applicationId: string): Assessed | undefined {
    return this.assessed.findLast((one) => one.applicationId === applicationId && one.back === undefined);
  }

  private get month(): Assessed[] {
    return this.assessed.filter((one) => this.inMonth(one.at));
  }

  private inMonth(at: Date): boolean {
    return dayOf(at).slice(0, 7) === this.asked.month && at <= this.asked.knownAt;
  }

  private get lastOn(): Day {
    return monthBounds(this.asked.month).lastOn;
  }

  casesOf(figure: QualityFigure): Case[] {
    const by = (one: Assessed, counts: boolean): Case => ({ institutionId: one.institutionId, accountId: one.accountId, name: one.name, numerator: counts ? 1 : 0, denominator: 1 });
    const { policy } = this.asked;
    switch (figure) {
      case 'returnRate': return this.month.map((one) => by(one, one.back !== undefined && !one.back.objection));
      case 'gradeChangedByOne': return this.reassessed().map(({ one, grade }) => by(one, Math.abs(grade - one.grade) === 1));
      case 'gradeChangedByTwo': return this.reassessed().map(({ one, grade }) => by(one, Math.abs(grade - one.grade) >= 2));
      case 'visitLate': return this.month.flatMap((one) => this.late(one, this.begunOn(one), this.visitOn(one), (day) => policy.figure(onSiteWorkingDays, day).value, this.namedTooLate(one, this.begunOn(one)) ? (who) => by(who, false) : by));
      case 'uploadLate': return this.month.flatMap((one) => this.late(one, this.visitOn(one), dayOf(one.at), (day) => policy.figure(uploadWorkingDays, day).value, by));
      case 'deliveryLate': return this.deliveries(by);
      case 'mendedLate': return this.mended(by);
      case 'orderRefused': return this.ordered((one) => one.ended?.how === 'orderRefused' && one.ended.code !== 'RECUSED');
      case 'orderLate': return this.ordered((one) => one.ended?.how === 'orderLapsed' || (one.answered !== undefined && typeof one.answered.respondBy === 'string' && one.answered.at > new Date(one.answered.respondBy)));
      case 'complaintUpheld': return this.complained((subject) => subject !== 'dataLeak', by);
      case 'dataLeak': return this.complained((subject) => subject === 'dataLeak', by);
      case 'recordFaulty': return this.month.map((one) => by(one, this.returns.some((back) => back.of === one && !back.objection && FAULTY.includes(back.reason))));
      case 'interestHidden': return this.month.map((one) => by(one, this.declared.some((declared) => this.hid(one, declared))));
      case 'agreement': return this.pairs();
      case 'severityDrift': return this.drift();
      case 'shortVisit': return this.month.flatMap((one) => {
        const visit = this.visits.get(this.submitted.get(one.id) ?? '');
        return visit?.['left_at'] ? [by(one, (visit['left_at'] as Date).getTime() - (visit['arrived_at'] as Date).getTime() < policy.figure(shortVisitMin, this.lastOn).value * 60_000)] : [];
      });
      case 'identicalAnswers': return this.identical(by);
      case 'equalBeyondChance': return this.beyondChance();
    }
  }

  private visitOn(one: Assessed): Day {
    return dayOf(this.facts.get(one.id)!['on_site_at'] as Date);
  }

  /** The day from which the working days of the visit count: the acceptance, or the last return before the record. */
  private begunOn(one: Assessed): Day | undefined {
    const before = this.assessed.filter((other) => other.applicationId === one.applicationId && other.back && other.back.at <= one.at && other.id !== one.id).map((other) => other.back!.at.getTime());
    return before.length > 0 ? dayOf(new Date(Math.max(...before))) : this.acceptedOn.get(one.applicationId);
  }

  /** The last day of the visit was over before the calendar came with which it could be named, as the order or the return tells that stood before it. */
  private namedTooLate(one: Assessed, from: Day | undefined): boolean {
    if (from === undefined) return false;
    const count = this.asked.policy.figure(onSiteWorkingDays, from).value;
    const isLast = (day: Day): boolean => !this.isAfter(day, from, count) && this.isAfter(addDays(day, 1), from, count);
    const mine = (row: Record<string, unknown>): boolean => row['application_id'] === one.applicationId && row['known_day'] !== null;
    return this.limits.order.some((row) => mine(row) && row['assessment_institution_id'] === one.institutionId && isLast(String(row['due_day'])) && String(row['known_day']) > String(row['due_day']))
      || this.limits.return.some((row) => mine(row) && row['returned_day'] === from && this.isAfter(String(row['known_day']), from, count));
  }

  private late(one: Assessed, from: Day | undefined, on: Day, limit: (day: Day) => number, by: (one: Assessed, counts: boolean) => Case): Case[] {
    if (from === undefined || from < addDays(monthBounds(this.asked.month).firstOn, -400)) return [];
    return [by(one, this.isAfter(on, from, limit(from)))];
  }

  /** Whether a day is past the n-th working day after another; a due day in a year that is not published is not past. */
  private isAfter(on: Day, from: Day, workingDays: number): boolean {
    try {
      return on > this.asked.policy.workingDays.addWorkingDays(from, workingDays);
    } catch (error) {
      if (error instanceof PolicyProblem) return false;
      throw error;
    }
  }

  /** What came of looking again: the conclusion after an upheld objection, and those of reviews and spot checks about the conclusion of this assessment. */
  private reassessed(): { one: Assessed; grade: number; at: Date }[] {
    return this.month.flatMap((one) => this.lookedAtAgain(one).map((again) => ({ one, ...again })));
  }

  private lookedAtAgain(one: Assessed): { grade: number; at: Date; review: boolean }[] {
    const own = one.back?.objection ? this.concluded.filter((other) => other.applicationId === one.applicationId).map(({ grade, at }) => ({ grade, at, review: false })) : [];
    return [...own, ...this.reviews(one)];
  }

  private reviews(one: Assessed): { grade: number; at: Date; number: string; review: boolean }[] {
    const mine = this.concluded.filter((other) => other.assessedId === one.id).map((other) => other.id);
    const about = [...this.applications.values()].filter((row) => mine.includes(String(row['about_conclusion_id'])) && this.doubts(row)).map((row) => row['id']);
    return this.concluded.filter((other) => about.includes(other.applicationId)).map(({ grade, at, number }) => ({ grade, at, number, review: true }));
  }

  /** A case that looks at an assessment again because somebody doubts it; a spot check after an improvement or a pause doubts nothing. */
  private doubts(row: Record<string, unknown>): boolean {
    return row['kind'] === 'spotCheck' ? row['ground'] === 'irregularAssessment' || row['ground'] === 'abnormalResult' : row['kind'] === 'review' || row['kind'] === 'finalReview';
  }

  private pairs(): Case[] {
    return this.month.flatMap((one) => {
      const again = this.reviews(one).sort((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
      const next = this.assessed.find((other) => other.applicationId === one.applicationId && other.at > one.at);
      const other = again ? again.grade : one.back ? next?.grade : this.confirmed.has(one.id) ? one.grade : undefined;
      return other === undefined ? [] : [{ institutionId: one.institutionId, accountId: one.accountId, name: one.name, numerator: (one.grade - other) ** 2, denominator: 1, x: one.grade, y: other }];
    });
  }

  itemPairs(): ItemPair[] {
    return this.month.flatMap((one) => {
      const again = this.reviews(one).sort((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
      const next = this.assessed.find((other) => other.applicationId === one.applicationId && other.at > one.at);
      const otherId = again ? this.concluded.find((other) => other.number === again.number)!.assessedId : one.back ? next?.id : this.confirmed.has(one.id) ? one.id : undefined;
      const [mine, theirs] = [this.facts.get(one.id)!, this.facts.get(otherId ?? '')];
      if (!theirs || theirs['scale_id'] !== mine['scale_id']) return [];
      const answers = JSON.parse(String(theirs['answers'])) as Record<string, number>;
      return Object.entries(JSON.parse(String(mine['answers'])) as Record<string, number>)
        .flatMap(([item, x]) => (answers[item] === undefined ? [] : [{ institutionId: one.institutionId, accountId: one.accountId, scaleId: String(mine['scale_id']), item, x, y: answers[item] }]));
    });
  }

  /** Whether an interest that was declared only after the record stood between institution or assessor and the person on the day of the visit. */
  private hid(one: Assessed, declared: { id: string; institutionId: string; at: Date }): boolean {
    const row = this.interests.get(declared.id)!;
    const person = this.facts.get(one.id)!['person'] as Record<string, unknown>;
    const on = this.visitOn(one);
    const concerns = row['person_number'] === person['identity_number'] || (row['community'] !== null && row['community'] === person['community'] && row['township_code'] === person['township_code']);
    const whose = (row['worker_id'] === null && row['account_id'] === null) || row['account_id'] === one.accountId || row['worker_account'] === one.accountId;
    return declared.institutionId === one.institutionId && declared.at > one.at && concerns && whose && String(row['from_day']) <= on && (row['to_day'] === null || String(row['to_day']) >= on);
  }

  private ordered(counts: (one: Ordered) => boolean): Case[] {
    return [...this.orders.values()].filter((one) => this.inMonth(one.at) && one.ended?.how !== 'orderWithdrawn')
      .map((one) => ({ institutionId: one.institutionId, accountId: null, name: null, numerator: counts(one) ? 1 : 0, denominator: 1 }));
  }

  private complained(of: (subject: string) => boolean, by: (one: Assessed, counts: boolean) => Case): Case[] {
    const upheld = this.complaints.filter((one) => one.upheld && of(one.subject) && this.inMonth(one.at));
    return [...this.month.map((one) => by(one, false)), ...upheld.map((one): Case => {
      const accountId = this.accused.get(one.id)?.['assessor_account_id'] as string | null;
      return { institutionId: one.about, accountId, name: this.assessed.find((other) => other.accountId === accountId)?.name ?? null, numerator: 1, denominator: 0, complaint: true };
    })];
  }

  private deliveries(by: (one: Assessed, counts: boolean) => Case): Case[] {
    const { policy, knownAt } = this.asked;
    return this.concluded.filter((one) => this.inMonth(one.at)).flatMap((one) => {
      const assessed = this.assessed.find((other) => other.id === one.assessedId);
      const filedOn = String(this.applications.get(one.applicationId)?.['filed_on']);
      if (!assessed || !policy.has(deliveryWorkingDays, filedOn)) return [];
      const came = this.letters.filter((letter) => letter.conclusionId === one.id).map((letter) => letter.happenedOn).sort()[0];
      return [by(assessed, this.isAfter(came ?? dayOf(knownAt), dayOf(one.at), policy.figure(deliveryWorkingDays, filedOn).value))];
    });
  }

  private mended(by: (one: Assessed, counts: boolean) => Case): Case[] {
    return this.returns.filter((one) => this.inMonth(one.at) && !one.objection).flatMap((one) => {
      const limit = this.limitOf(one);
      const next = this.assessed.filter((other) => other.applicationId === one.of.applicationId && other.at > one.at).map((other) => dayOf(other.at)).sort()[0];
      return limit === undefined ? [] : [by(one.of, !limit.tooLate && (next ?? dayOf(this.asked.knownAt)) > limit.dueOn)];
    });
  }

  /** The last day that the return named; else the one that was named when the calendar came, if it had come by then. */
  private limitOf(one: Returned): { dueOn: Day; tooLate: boolean } | undefined {
    if (one.dueOn !== null) return { dueOn: one.dueOn, tooLate: false };
    const row = this.limits.return.find((other) => other['application_id'] === one.of.applicationId && Number(other['nth']) === one.nth);
    if (!row?.['due_day'] || String(row['known_day']) > dayOf(this.asked.knownAt)) return undefined;
    return { dueOn: String(row['due_day']), tooLate: String(row['known_day']) > String(row['due_day']) };
  }

  /** Pairs of equal answers of an assessor in the month, by comparing every two, against the share of equal pairs among every two of the same grade by others in the year. */
  private beyondChance(): Case[] {
    const from = instantOf(addMonths(monthBounds(this.asked.month).firstOn, -11), 0);
    const until = instantOf(firstOfNextMonth(monthBounds(this.asked.month).firstOn), 0);
    const year = this.assessed.filter((one) => one.at >= from && one.at < until);
    const scaleOf = (one: Assessed) => String(this.facts.get(one.id)!['scale_id']);
    const equal = (one: Assessed, other: Assessed) => this.facts.get(one.id)!['answers'] === this.facts.get(other.id)!['answers'];
    const comparable = (one: Assessed, other: Assessed) => other.id !== one.id && other.grade === one.grade && scaleOf(other) === scaleOf(one);
    const shares = new Map<string, number>();
    const share = (one: Assessed): number => {
      const key = `${one.accountId} ${one.grade} ${scaleOf(one)}`;
      const others = year.filter((other) => other.accountId !== one.accountId && comparable(one, other));
      let [pairs, same] = [0, 0];
      if (!shares.has(key)) for (const [at, a] of others.entries()) for (const b of others.slice(at + 1)) [pairs, same] = [pairs + 1, same + (equal(a, b) ? 1 : 0)];
      const known = shares.get(key) ?? (same + 0.5) / (pairs + 1);
      shares.set(key, known);
      return known;
    };
    return this.month.map((one) => {
      const own = this.month.filter((other) => other.accountId === one.accountId && comparable(one, other));
      return { institutionId: one.institutionId, accountId: one.accountId, name: one.name, numerator: own.filter((other) => equal(one, other)).length / 2, denominator: (own.length * share(one)) / 2 };
    });
  }

  private drift(): Case[] {
    const { policy, month } = this.asked;
    const bands = policy.figure(qualityAgeBands, this.lastOn).value;
    const severe = policy.figure(severeGrade, this.lastOn).value;
    const from = instantOf(addMonths(monthBounds(month).firstOn, -11), 0);
    const until = instantOf(firstOfNextMonth(monthBounds(month).firstOn), 0);
    const year = this.assessed.filter((one) => one.at >= from && one.at < until);
    const stratum = (one: Assessed): string => {
      const born = String((this.facts.get(one.id)!['person'] as Record<string, unknown>)['born']);
      const on = dayOf(one.at);
      const age = Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0);
      const application = this.applications.get(one.applicationId)!;
      const before = this.conclusions.get(String(application['about_conclusion_id']))?.['grade'];
      return [bands.filter((band) => age >= band).length, application['kind'], before ?? '-'].join(' ');
    };
    const strata = Map.groupBy(year, stratum);
    const share = (one: Assessed) => {
      const alike = strata.get(stratum(one))!;
      return alike.filter((other) => other.grade >= severe).length / alike.length;
    };
    return this.month.map((one) => ({ institutionId: one.institutionId, accountId: one.accountId, name: one.name, numerator: one.grade >= severe ? 1 : 0, denominator: share(one) }));
  }

  /** A set of answers counts when some window of so many days that holds it holds enough equal ones of the same assessor. */
  private identical(by: (one: Assessed, counts: boolean) => Case): Case[] {
    const { count, days } = this.asked.policy.figure(identicalAnswers, this.lastOn).value;
    const span = days * 86_400_000;
    const pattern = (one: Assessed) => `${this.facts.get(one.id)!['scale_id']}${this.facts.get(one.id)!['answers']}`;
    return this.month.map((one) => {
      const equal = this.assessed.filter((other) => other.accountId === one.accountId && pattern(other) === pattern(one)).map((other) => other.at.getTime());
      const windows = equal.filter((start) => start <= one.at.getTime() && one.at.getTime() - start <= span);
      return by(one, windows.some((start) => equal.filter((at) => at >= start && at - start <= span).length >= count));
    });
  }
}
