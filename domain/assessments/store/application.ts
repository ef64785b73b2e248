/** SQL of applications. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Static } from '@sinclair/typebox';
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { ApplicationRowSchema, FilingSchema } from '../contract/application.ts';
import { dueBeforeAcceptance } from '../materials/due.ts';
import type { Queue } from '../materials/model.ts';
import { ownDistrict, ownInstitution } from '../materials/queues.ts';
import { PRE_REVIEW_WAITS, SUPPLY_WAITS, within } from '../materials/store.ts';
import type { LateSpan } from '../materials/store.ts';
import { OPEN_STATES } from '../model.ts';
import type { ApplicationKind, ApplicationState, CloseReason, SpotCheckGround } from '../model.ts';
import { checkIsAsked, waitsForCheck, waitsForConclusion, waitsForMyVoice, waitsForNotice } from '../expert/store-queues.ts';
import { followCase } from '../dispatch/store.ts';
import { dueOf } from '../rules/due.ts';
import { districtsInArea, matching, readIndexes } from './search.ts';
import type { Due } from '../rules/due.ts';
import { stepDue } from '../rules/steps.ts';
import type { LateStep, LateSteps } from '../rules/steps.ts';

export type ApplicationRow = Static<typeof ApplicationRowSchema>;
export type Filing = Static<typeof FilingSchema>;

/** An application as it is stored. */
export interface Application {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  personId: string;
  kind: ApplicationKind;
  filedOn: Day;
  applicantName: string;
  relation: string;
  contactPhone: string;
  /** Null for a spot check. */
  disabledSinceOn: Day | null;
  materials: string[];
  statement: string | null;
  state: ApplicationState;
  stateSince: string;
  refusalCode: string | null;
  institutionId: string | null;
  decisionId: string | null;
  acceptedOn: Day | null;
  returnedOn: Day | null;
  aboutConclusionId: string | null;
  ground: SpotCheckGround | null;
  groundSource: string | null;
  agentName: string | null;
  agentIdentityNumber: string | null;
  /** What was promised at acceptance to be supplied later, by whom, until when, and when it had come. */
  supplyMaterials: string[];
  supplyPromisedBy: string | null;
  supplyByOn: Day | null;
  suppliedOn: Day | null;
  comeAgainOn: Day | null;
  closedReason: CloseReason | null;
  preReviewOwed: boolean;
  preReviewedOn: Day | null;
}

export interface ApplicationQuery {
  q?: string;
  district?: string;
  township?: string;
  state?: ApplicationState;
  kind?: string;
  person?: string;
  institution?: string;
  due?: 'overdue' | 'open';
  queue?: Queue;
  waitsFor?: 'myVoice' | 'check' | 'publish' | 'conclude';
  page?: number;
  pageSize?: number;
}

const COLUMNS = sql`a.id, a.number, a.district_code, a.township_code, a.person_id, a.kind, a.filed_on, a.applicant_name, a.relation, a.contact_phone, a.disabled_since_on, a.materials, a.statement,
  a.state, a.state_since, a.refusal_code, a.assessment_institution_id AS institution_id, a.decision_id, a.accepted_on, a.returned_on, a.about_conclusion_id, a.ground, a.ground_source,
  a.agent_name, a.agent_identity_number, a.supply_materials, a.supply_promised_by, a.supply_by_on, a.supplied_on, a.come_again_on, a.closed_reason, a.pre_review_owed, a.pre_reviewed_on`;

/** The last day of the notice: later than published when its poster was missing. */
const LAST_DAY = sql`greatest(n.ends_on, (SELECT max(x.ends_on) FROM notices.interruption x WHERE x.district_code = n.district_code AND x.batch_id = n.batch_id))`;

const ROW = sql`a.id, a.number, a.district_code, a.township_code, coalesce(t.name_zh, a.township_code) AS township_zh, coalesce(t.name_en, a.township_code) AS township_en, a.person_id, p.name AS person_name, a.kind,
  a.filed_on, a.state, a.state_since, a.refusal_code, a.assessment_institution_id AS institution_id, i.name AS institution_name, a.decision_id, s.grade, ${LAST_DAY} AS notice_ends_on, coalesce(a.returned_on, a.accepted_on) AS counts_from_on,
  a.lacking, a.supplied_on, CASE WHEN a.supplied_on IS NULL THEN a.supply_by_on END AS supply_by_on, (a.state = 'filed' AND ${PRE_REVIEW_WAITS}) AS pre_review_waits, a.come_again_on, a.closed_reason`;
const FROM = sql`assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id LEFT JOIN platform.area t ON t.code = a.township_code
  LEFT JOIN providers.institution i ON i.id = a.assessment_institution_id
  LEFT JOIN assessments.assessment s ON s.district_code = a.district_code AND s.application_id = a.id AND s.superseded_at IS NULL
  LEFT JOIN notices.notice n ON n.district_code = s.district_code AND n.subject_id = s.id`;

type StoredRow = Omit<ApplicationRow, 'dueOn' | 'calendarMissing' | 'overdue'> & { countsFromOn: Day | null; suppliedOn: Day | null };

function rowOf(act: Act, stored: StoredRow): ApplicationRow {
  const { countsFromOn, suppliedOn, ...row } = stored;
  return { ...row, ...dueNow(act, { ...row, suppliedOn }, countsFromOn) };
}

/** What is due next: pre-review or acceptance, the visit, then confirmation, check and publication. */
function dueNow(act: Act, row: Pick<ApplicationRow, 'state' | 'filedOn' | 'preReviewWaits' | 'stateSince' | 'supplyByOn'> & { suppliedOn: Day | null }, countsFromOn: Day | null): Due {
  if (row.state === 'filed') return dueBeforeAcceptance(row.filedOn, row.preReviewWaits, act.today, act.policy);
  return row.state === 'accepted' || row.state === 'dispatched' ? dueOf(row.state, countsFromOn, act.today, act.policy) : stepDue(row, act.today, act.policy);
}

/** What counts as late today, for the filter `due=overdue`. */
export interface LateBy {
  /** The latest day of acceptance or return whose visit is overdue. */
  visitUntilOn: Day;
  accept: LateSpan;
  preReview: LateSpan;
  steps: LateSteps;
}

/**
 * One page of applications in scope, newest first (dispatched cases: soonest visit first); `q` looks in number, name, pinyin and the start of the identity number. Only the filters that are set stand in the statement, so that
 * the plan begins with the index of the district or institution. `late` says what `due=overdue` means today.
 */
export async function listApplications(act: Act, query: ApplicationQuery, late: LateBy | null): Promise<{ rows: ApplicationRow[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  await readIndexes(act);
  const searched = q === null ? null : await matching(act, q, query.district ?? ownDistrict(act));
  const where = sql.join([sql`true`, ...filtersOf(act, query, late), ...(searched === null ? [] : [searched.where])], sql` AND `);
  const [order, by] = orderOf(query);
  // What a search finds, and what is late, is gathered once for the page and its count; otherwise the index gives the page alone.
  const once = query.due === 'overdue' || (searched !== null && !(searched.often && newestOfAll(query)));
  const cut = sql`ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
  const page = once ? sql`hit AS MATERIALIZED (SELECT a.district_code, a.id, ${by} FROM assessments.application a WHERE ${where}), page AS MATERIALIZED (SELECT a.district_code, a.id FROM hit a ${cut})`
    : sql`page AS MATERIALIZED (SELECT a.district_code, a.id FROM ${await fromOf(act, query, where, limit + offset)} ${cut})`;
  const counted = !once ? sql`SELECT NULL::int AS total` : sql`SELECT count(*)::int AS total FROM hit`;
  const { rows } = await sql<StoredRow & { total: number | null }>`WITH ${page} SELECT ${ROW}, c.total FROM (${counted}) c
    LEFT JOIN (page JOIN (${FROM}) ON a.district_code = page.district_code AND a.id = page.id) ON true ORDER BY ${order}`.execute(act.db);
  const total = rows[0]?.total ?? (await sql<{ total: number }>`SELECT count(*) AS total FROM assessments.application a WHERE ${where}`.execute(act.db)).rows[0]?.total ?? 0;
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => rowOf(act, row)), total };
}

/** The list as it begins: the newest of all that the actor sees, or of a district. */
function newestOfAll({ q: _q, district: _district, page: _page, pageSize: _pageSize, ...filters }: ApplicationQuery): boolean {
  return Object.values(filters).every((filter) => filter === undefined);
}

/** Where a page is read from: an actor of a whole city reads the first of each district, in the order of its index, instead of sorting all of them. */
async function fromOf(act: Act, query: ApplicationQuery, where: RawBuilder<unknown>, most: number) {
  const districts = newestOfAll(query) && query.district === undefined ? await districtsInArea(act) : null;
  if (districts === null) return sql`assessments.application a WHERE ${where}`;
  return sql`unnest(${districts}::text[]) AS d (code) CROSS JOIN LATERAL (SELECT a.district_code, a.id, a.filed_on FROM assessments.application a WHERE a.district_code = d.code AND ${where} ORDER BY a.filed_on DESC, a.id DESC LIMIT ${most}) a`;
}

/** Order of the list, and its columns. Lists of work begin with what waits longest: cases for a visit, for a voice, check or notice, and what is asked for by its due day. Else the newest first. */
function orderOf(query: ApplicationQuery) {
  if (query.state === 'dispatched') return [sql`coalesce(a.returned_on, a.accepted_on), a.id`, sql`a.returned_on, a.accepted_on`] as const;
  if (query.waitsFor !== undefined) return [sql`a.state_since, a.id`, sql`a.state_since`] as const;
  return query.due === undefined ? ([sql`a.filed_on DESC, a.id DESC`, sql`a.filed_on`] as const) : ([sql`coalesce(a.returned_on, a.accepted_on, a.filed_on), a.id`, sql`a.returned_on, a.accepted_on, a.filed_on`] as const);
}

function filtersOf(act: Act, query: ApplicationQuery, late: LateBy | null) {
  const district = query.district ?? ownDistrict(act);
  const institution = ownInstitution(act);
  return [
    ...(district === null ? [] : [sql`a.district_code = ${district}`]),
    ...(institution === null ? [] : [sql`a.assessment_institution_id = ${institution}`]),
    ...(query.township === undefined ? [] : [sql`a.township_code = ${query.township}`]),
    ...(query.state === undefined ? [] : [sql`a.state = ${query.state}`]),
    ...(query.kind === undefined ? [] : [sql`a.kind = ${query.kind}`]),
    ...(query.person === undefined ? [] : [sql`a.person_id = ${query.person}`]),
    ...(query.institution === undefined ? [] : [ofInstitution(query.institution)]),
    ...(query.queue === undefined ? [] : [QUEUE[query.queue]]),
    ...(query.waitsFor === undefined ? [] : [WAITS[query.waitsFor](act)]),
    ...(query.due === undefined ? [] : [query.due === 'open' ? sql`a.state IN ('accepted', 'dispatched', 'scored', 'confirmed', 'checked')` : overdue(act, query.queue, late)]),
  ];
}

/** Cases that an assessment institution has, or of which it recorded an assessment: those a complaint about it may name. */
function ofInstitution(id: string) {
  return sql`(a.assessment_institution_id = ${id} OR EXISTS (SELECT 1 FROM assessments.assessment s WHERE s.district_code = a.district_code AND s.application_id = a.id AND s.assessment_institution_id = ${id}))`;
}

const QUEUE: Record<Queue, ReturnType<typeof sql>> = {
  accept: sql`a.state = 'filed' AND NOT ${PRE_REVIEW_WAITS}`,
  preReview: sql`a.state = 'filed' AND ${PRE_REVIEW_WAITS}`,
  supply: SUPPLY_WAITS,
};

const WAITS = { myVoice: waitsForMyVoice, check: waitsForCheck, publish: waitsForNotice, conclude: waitsForConclusion } as const;

/** Late in a queue; without one, late with whatever the case waits for (visit, acceptance, pre-review, confirmation, check, notice), as each row says. */
function overdue(act: Act, queue: Queue | undefined, late: LateBy | null) {
  if (queue === 'supply') return sql`a.supply_by_on < ${act.today}::date`;
  if (late === null) return sql`false`;
  if (queue !== undefined) return within(late[queue]);
  return sql`((a.state IN ('accepted', 'dispatched') AND coalesce(a.returned_on, a.accepted_on) <= ${late.visitUntilOn}::date)
    OR (a.state = 'filed' AND CASE WHEN ${PRE_REVIEW_WAITS} THEN ${within(late.preReview)} ELSE ${within(late.accept)} END)
    OR ${lateInStep(act, late.steps)})`;
}

/** Past the limit of confirmation, check or publication, as stepDue (rules/steps.ts) counts it: a notice waits for no promised paper, and counts from the day on which it came. */
export function lateInStep(act: Act, steps: LateSteps) {
  // Compared with the end of the last day: a day made of every instant would cost more than all the rest.
  const passed = (spans: readonly LateStep[], also: (untilOn: Day) => RawBuilder<unknown> = () => sql`true`) => (spans.length === 0 ? sql`false` : sql`(${sql.join(spans.map(({ fromOn, toOn, untilOn }) => sql`(a.filed_on >= ${fromOn}::date
    AND ${toOn === null ? sql`true` : sql`a.filed_on <= ${toOn}::date`} AND a.state_since < (${addDays(untilOn, 1)}::timestamp AT TIME ZONE 'Asia/Shanghai') AND ${also(untilOn)})`), sql` OR `)})`);
  const publish = sql`((a.supply_by_on IS NULL OR a.supplied_on IS NOT NULL) AND ${passed(steps.publish, (untilOn) => sql`(a.supplied_on IS NULL OR a.supplied_on <= ${untilOn}::date)`)})`;
  return sql`((a.state = 'scored' AND ${passed(steps.confirm)}) OR (a.state = 'checked' AND ${publish})
    OR (a.state = 'confirmed' AND CASE WHEN ${checkIsAsked(act.policy)} THEN ${passed(steps.check)} ELSE ${publish} END))`;
}

/** The list's row of one application. */
export async function findApplicationRow(act: Act, id: string): Promise<ApplicationRow | undefined> {
  const { rows } = await sql<StoredRow>`SELECT ${ROW} FROM ${FROM} WHERE a.id = ${id}`.execute(act.db);
  return rows[0] && rowOf(act, rows[0]);
}

/** An application in scope, or undefined. `lock` keeps others from acting on it until this act commits. */
export async function findApplication(act: Act, id: string, more: { lock?: boolean } = {}): Promise<Application | undefined> {
  const { rows } = await sql<Application>`SELECT ${COLUMNS} FROM assessments.application a WHERE a.id = ${id} ${more.lock ? sql`FOR UPDATE` : sql``}`.execute(act.db);
  return rows[0];
}

/** The application of a person that is still under way, or undefined. */
export async function findOpenApplication(act: Act, personId: string): Promise<Application | undefined> {
  const { rows } = await sql<Application>`SELECT ${COLUMNS} FROM assessments.application a WHERE a.person_id = ${personId} AND a.state = ANY (${[...OPEN_STATES]}) LIMIT 1`.execute(act.db);
  return rows[0];
}

/** An application to be stored: filed by a person, or opened by the agency (a spot check, accepted from the start). */
export interface NewApplication {
  id: string;
  number: string;
  districtCode: string;
  townshipCode: string;
  personId: string;
  kind: ApplicationKind;
  applicantName: string;
  relation: string;
  contactPhone: string;
  disabledSinceOn: Day | null;
  materials: readonly string[];
  statement: string | null;
  aboutConclusionId: string | null;
  statusDecisionId: string | null;
  ground: SpotCheckGround | null;
  groundSource: string | null;
  state: 'filed' | 'accepted';
  agentName: string | null;
  agentIdentityNumber: string | null;
  preReviewOwed: boolean;
}

/** Stores an application; false when the person has an open one already. */
export async function insertApplication(act: Act, application: NewApplication): Promise<boolean> {
  const acceptedOn = application.state === 'accepted' ? act.today : null;
  const person = sql`FROM people.person p WHERE p.district_code = ${application.districtCode} AND p.id = ${application.personId}`;
  const { rows } = await sql`INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, materials, statement, state, state_since,
      about_conclusion_id, status_decision_id, ground, ground_source, accepted_on, agent_name, agent_identity_number, pre_review_owed, search, person_number)
    VALUES (${application.districtCode}, ${application.id}, ${application.number}, ${application.personId}, ${application.townshipCode}, ${application.kind}, ${act.today}, ${act.now}, ${application.applicantName.trim()},
      ${application.relation}, ${application.contactPhone}, ${application.disabledSinceOn}, ${[...application.materials]}, ${application.statement}, ${application.state}, ${act.now},
      ${application.aboutConclusionId}, ${application.statusDecisionId}, ${application.ground}, ${application.groundSource}, ${acceptedOn},
      ${application.agentName}, ${application.agentIdentityNumber}, ${application.preReviewOwed}, lower(${application.number}) || coalesce((SELECT ' ' || p.search ${person}), ''), coalesce((SELECT p.identity_number ${person}), ''))
    ON CONFLICT (district_code, person_id) WHERE state NOT IN ('refused', 'concluded', 'withdrawn', 'closed') DO NOTHING RETURNING id`.execute(act.db);
  return rows.length > 0;
}

export interface Move {
  state: ApplicationState;
  refusalCode?: string;
  /** Null: no institution has the case in hand any more. */
  institutionId?: string | null;
  decisionId?: string;
  acceptedOn?: Day;
  returnedOn?: Day;
  closedReason?: CloseReason;
  comeAgainOn?: Day;
}

/** Moves an application to another state; what is not named stays. */
export async function moveApplication(act: Act, application: Application, move: Move): Promise<void> {
  await sql`UPDATE assessments.application SET state = ${move.state}, state_since = ${act.now}, refusal_code = ${move.refusalCode ?? null},
      assessment_institution_id = CASE WHEN ${move.institutionId === undefined} THEN assessment_institution_id ELSE ${move.institutionId ?? null}::uuid END, decision_id = coalesce(${move.decisionId ?? null}::uuid, decision_id),
      accepted_on = coalesce(${move.acceptedOn ?? null}::date, accepted_on), returned_on = coalesce(${move.returnedOn ?? null}::date, returned_on),
      closed_reason = ${move.closedReason ?? null}, come_again_on = coalesce(${move.comeAgainOn ?? null}::date, come_again_on)
    WHERE district_code = ${application.districtCode} AND id = ${application.id}`.execute(act.db);
  await followCase(act, application, move.state);
}

/** Applications on notice whose notice ended before today without an objection that waits or was upheld: after `afterId`, by id. */
export async function listConcludable(act: Act, afterId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT a.id FROM assessments.application a
    JOIN assessments.assessment s ON s.district_code = a.district_code AND s.application_id = a.id AND s.superseded_at IS NULL
    JOIN notices.notice n ON n.district_code = s.district_code AND n.subject_id = s.id AND ${LAST_DAY} < ${act.today}::date
    WHERE a.state = 'onNotice' AND a.id > ${afterId}
      AND NOT EXISTS (SELECT 1 FROM notices.withdrawal w WHERE w.district_code = n.district_code AND w.notice_id = n.id)
      AND NOT EXISTS (SELECT 1 FROM notices.objection o WHERE o.district_code = n.district_code AND o.notice_id = n.id
        AND NOT EXISTS (SELECT 1 FROM notices.objection_answer x WHERE x.district_code = o.district_code AND x.objection_id = o.id))
    ORDER BY a.id LIMIT ${limit}`.execute(act.db);
  return rows.map((row) => row.id);
}
