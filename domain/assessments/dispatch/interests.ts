/** Declared interests of assessment institutions and of their people. */
import type { BodyOf, OutputOf } from '#kit/contract.ts';
import { checkIdentityNumber } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { getInstitution } from '#domain/providers/index.ts';
import { findWorker } from '#domain/workers/index.ts';
import { sql } from 'kysely';
import type { dispatchContract } from './contract.ts';

type Declaration = BodyOf<(typeof dispatchContract)['POST /api/interests']>;
type Page = OutputOf<(typeof dispatchContract)['GET /api/interests']>;
type Row = Page['rows'][number];

/** One page of the interests in scope, newest first. Identity numbers are masked but for the last four. */
export async function pageOfInterests(act: Act, query: { q?: string; institution?: string; current?: boolean; page?: number; pageSize?: number }): Promise<Page> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim() || null;
  const from = sql`assessments.interest n JOIN providers.institution i ON i.id = n.institution_id LEFT JOIN providers.institution c ON c.id = n.care_institution_id`;
  const where = sql`(${q}::text IS NULL OR strpos(n.party_name, ${q}) > 0 OR strpos(i.name, ${q}) > 0 OR n.person_number = ${q} OR strpos(n.community, ${q}) > 0 OR strpos(c.name, ${q}) > 0)
    AND (${query.institution ?? null}::uuid IS NULL OR n.institution_id = ${query.institution ?? null}) AND (NOT ${query.current ?? false} OR (n.from_on <= ${act.today}::date AND (n.to_on IS NULL OR n.to_on >= ${act.today}::date)))`;
  const { rows } = await sql<Row>`SELECT n.id, n.district_code, n.institution_id, i.name AS institution_name, n.worker_id, n.account_id, n.party_name, n.relation,
      CASE WHEN n.person_number IS NULL THEN NULL ELSE left(n.person_number, 6) || '********' || right(n.person_number, 4) END AS person_number, n.township_code, n.community, n.care_institution_id, c.name AS care_institution_name,
      n.from_on, n.to_on, n.evidence, n.declarer_name, n.declared_at
    FROM ${from} WHERE ${where} ORDER BY n.declared_at DESC, n.id DESC LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${from} WHERE ${where}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Whether the actor speaks for the party: the agency of its district, the institution, and somebody without its office for themselves alone. */
function speaksFor(act: Act, institution: { id: string; districtCode: string }, workerId: string | undefined): boolean {
  if (act.actor.area !== null) return institution.districtCode.startsWith(act.actor.area);
  if (act.actor.institutionId !== institution.id) return false;
  return act.actor.workerId === null || act.actor.workerId === workerId;
}

/**
 * Declares an interest of an assessment institution, or of one of its people, in one person, community or care institution. Refuses with
 * INTEREST_PARTY, INTEREST_TARGET, INTEREST_PERSON_NUMBER, INTEREST_DAYS.
 */
export async function declareInterest(act: Act, body: Declaration): Promise<{ id: string }> {
  const institution = await getInstitution(act, body.institutionId);
  const worker = body.workerId === undefined ? undefined : ((await findWorker(act, body.workerId)) ?? refuse('NOT_FOUND', {}, { status: 404 }));
  if (institution.kind !== 'assessment' || (worker && worker.institutionId !== institution.id) || !speaksFor(act, institution, body.workerId)) refuse('INTEREST_PARTY', { institution: institution.name }, { status: 403 });
  const targets = [body.personNumber, body.community, body.careInstitutionId].filter((one) => one !== undefined);
  if (targets.length !== 1 || (body.community === undefined) !== (body.townshipCode === undefined)) refuse('INTEREST_TARGET');
  const number = body.personNumber === undefined ? undefined : checkIdentityNumber(body.personNumber, act.today);
  if (number && !number.ok) refuse('INTEREST_PERSON_NUMBER', {}, { errors: [{ column: 'personNumber', value: body.personNumber ?? '', code: number.code }] });
  const care = body.careInstitutionId === undefined ? undefined : await getInstitution(act, body.careInstitutionId);
  if (care?.kind === 'assessment') refuse('INTEREST_TARGET');
  if (body.toOn !== undefined && body.toOn < body.fromOn) refuse('INTEREST_DAYS', { fromOn: body.fromOn });
  const id = newId<'interest'>(act.now.getTime());
  const party = worker?.name ?? institution.name;
  const account = act.actor.workerId !== null && act.actor.workerId === worker?.id ? act.actor.accountId : null;
  await sql`INSERT INTO assessments.interest (district_code, id, institution_id, worker_id, account_id, party_name, relation, person_number, township_code, community, care_institution_id, from_on, to_on, evidence, declared_by, declarer_name, declared_at)
    VALUES (${institution.districtCode}, ${id}, ${institution.id}, ${worker?.id ?? null}, ${account}, ${party}, ${body.relation}, ${number?.ok ? number.number : null}, ${body.townshipCode ?? null}, ${body.community?.trim() ?? null}, ${care?.id ?? null},
      ${body.fromOn}, ${body.toOn ?? null}, ${body.evidence.trim()}, ${act.actor.role === 'clock' ? null : act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
  await recordEvent(act, { districtCode: institution.districtCode, kind: 'assessments.interestDeclared', subjectType: 'interest', subjectId: id, institutionId: institution.id, note: body.evidence.trim(), data: { party, relation: body.relation, target: care?.name ?? body.community ?? '***' } });
  return { id };
}

/** Ends an interest after a day. Refuses with NOT_FOUND, INTEREST_PARTY, INTEREST_DAYS. */
export async function endInterest(act: Act, id: string, body: { toOn: string; note: string }): Promise<{ id: string }> {
  const { rows } = await sql<{ districtCode: string; institutionId: string; workerId: string | null; partyName: string; fromOn: string; toOn: string | null }>`SELECT district_code, institution_id, worker_id, party_name, from_on, to_on FROM assessments.interest WHERE id = ${id} FOR UPDATE`.execute(act.db);
  const known = rows[0] ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (!speaksFor(act, { id: known.institutionId, districtCode: known.districtCode }, known.workerId ?? undefined)) refuse('INTEREST_PARTY', { institution: known.partyName }, { status: 403 });
  if (body.toOn < known.fromOn || (known.toOn !== null && known.toOn < body.toOn)) refuse('INTEREST_DAYS', { fromOn: known.fromOn });
  await sql`UPDATE assessments.interest SET to_on = ${body.toOn} WHERE district_code = ${known.districtCode} AND id = ${id}`.execute(act.db);
  await recordEvent(act, { districtCode: known.districtCode, kind: 'assessments.interestEnded', subjectType: 'interest', subjectId: id, institutionId: known.institutionId, note: body.note.trim(), data: { party: known.partyName, toOn: body.toOn } });
  return { id };
}
