/** Acts on related parties and suspended agreements. The wall itself stands in the database (related_party_apart). */
import { sql } from 'kysely';
import type { BodyOf, OutputOf } from '#kit/contract.ts';
import { checkCreditCode } from '#kit/credit-code.ts';
import { checkIdentityNumber } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { demandArea, getInstitution } from '../actions.ts';
import type { partiesContract } from './contract.ts';

type Registration = BodyOf<(typeof partiesContract)['POST /api/institutions/{id}/related-parties']>;
type Listed = OutputOf<(typeof partiesContract)['GET /api/institutions/{id}/related-parties']>;

/** Related parties and pauses of an institution, newest first; the parties only in scope, identity numbers masked. Refuses with NOT_FOUND. */
export async function listParties(act: Act, institutionId: string): Promise<Listed> {
  await getInstitution(act, institutionId);
  const parties = await sql<Listed['parties'][number]>`SELECT id, institution_id, party_kind, CASE party_kind WHEN 'person' THEN left(party_number, 6) || '********' || right(party_number, 4) ELSE party_number END AS party_number, party_name, relation,
      from_on, to_on, evidence, actor_name, recorded_at
    FROM providers.related_party WHERE institution_id = ${institutionId} AND relation <> 'self' ORDER BY from_on DESC, id DESC LIMIT 200`.execute(act.db);
  const pauses = await sql<Listed['pauses'][number]>`SELECT id, from_on, to_on, reason, actor_name, recorded_at FROM providers.agreement_pause WHERE institution_id = ${institutionId} ORDER BY from_on DESC LIMIT 200`.execute(act.db);
  return { parties: parties.rows, pauses: pauses.rows };
}

/**
 * Registers who invests in, represents, manages or controls an institution. Refuses with PARTY_ACROSS, naming the other institution, when the
 * party (or an institution with that credit code) stands on the other side of the wall between assessment and care on one of these days
 * (晋医保发〔2025〕19号 art. 5); with PARTY_NUMBER, PARTY_DAYS, PARTY_TWICE, INSTITUTION_AREA.
 */
export async function registerParty(act: Act, institutionId: string, body: Registration): Promise<{ id: string }> {
  const institution = await getInstitution(act, institutionId);
  demandArea(act, institution.districtCode);
  const checked = body.partyKind === 'person' ? checkIdentityNumber(body.partyNumber, act.today) : checkCreditCode(body.partyNumber);
  if (!checked.ok) refuse('PARTY_NUMBER', {}, { errors: [{ column: 'partyNumber', value: body.partyNumber, code: checked.code }] });
  const number = 'number' in checked ? checked.number : checked.creditCode;
  const toOn = body.toOn ?? null;
  if (toOn !== null && toOn <= body.fromOn) refuse('PARTY_DAYS', { fromOn: body.fromOn });
  const side = institution.kind === 'assessment' ? 'assessment' : 'care';
  const { rows: across } = await sql<{ institutionName: string; relation: string }>`SELECT institution_name, relation FROM providers.across_the_wall(${number}, ${institutionId}, ${side}, ${body.fromOn}::date, ${toOn}::date)`.execute(act.db);
  if (across[0]) refuse('PARTY_ACROSS', { party: body.partyName.trim(), institution: institution.name, other: across[0].institutionName }, { status: 409 });
  const { rows: twice } = await sql`SELECT 1 FROM providers.related_party WHERE institution_id = ${institutionId} AND party_number = ${number} AND relation = ${body.relation} AND daterange(from_on, to_on, '[)') && daterange(${body.fromOn}::date, ${toOn}::date, '[)')`.execute(act.db);
  if (twice.length > 0) refuse('PARTY_TWICE', { party: body.partyName.trim() }, { status: 409 });
  const id = newId<'relatedParty'>(act.now.getTime());
  await sql`INSERT INTO providers.related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, to_on, evidence, actor_name, recorded_at)
    VALUES (${id}, ${institutionId}, ${side}, ${body.partyKind}, ${number}, ${body.partyName.trim()}, ${body.relation}, ${body.fromOn}, ${toOn}, ${body.evidence.trim()}, ${act.actor.name}, ${act.now})`.execute(act.db);
  await recordEvent(act, { districtCode: institution.districtCode, kind: 'providers.partyRegistered', subjectType: 'institution', subjectId: institutionId, institutionId, note: body.evidence.trim(), data: { party: body.partyName.trim(), relation: body.relation, fromOn: body.fromOn } });
  return { id };
}

/** Ends a relation: `toOn` is the first day on which it holds no more. Refuses with NOT_FOUND, PARTY_DAYS. */
export async function endParty(act: Act, id: string, toOn: string): Promise<{ id: string }> {
  const { rows } = await sql<{ institutionId: string; partyName: string; fromOn: string; toOn: string | null; districtCode: string }>`SELECT r.institution_id, r.party_name, r.from_on, r.to_on, i.district_code FROM providers.related_party r
    JOIN providers.institution i ON i.id = r.institution_id WHERE r.id = ${id} AND r.relation <> 'self'`.execute(act.db);
  const known = rows[0] ?? refuse('NOT_FOUND', {}, { status: 404 });
  demandArea(act, known.districtCode);
  if (toOn <= known.fromOn || (known.toOn !== null && known.toOn < toOn)) refuse('PARTY_DAYS', { fromOn: known.fromOn });
  await sql`UPDATE providers.related_party SET to_on = ${toOn} WHERE id = ${id}`.execute(act.db);
  await recordEvent(act, { districtCode: known.districtCode, kind: 'providers.partyEnded', subjectType: 'institution', subjectId: known.institutionId, institutionId: known.institutionId, data: { party: known.partyName, toOn } });
  return { id };
}

/** Suspends an agreement from a day on. Refuses with INSTITUTION_AREA, AGREEMENT_PAUSE_DAYS, PAUSE_OVERLAP. */
export async function pauseAgreement(act: Act, institutionId: string, body: { fromOn: string; toOn?: string; reason: string }): Promise<{ id: string }> {
  const institution = await getInstitution(act, institutionId);
  demandArea(act, institution.districtCode);
  const toOn = body.toOn ?? null;
  if (toOn !== null && toOn <= body.fromOn) refuse('AGREEMENT_PAUSE_DAYS', { fromOn: body.fromOn });
  const { rows } = await sql<{ fromOn: string }>`SELECT from_on FROM providers.agreement_pause WHERE institution_id = ${institutionId} AND daterange(from_on, to_on, '[)') && daterange(${body.fromOn}::date, ${toOn}::date, '[)')`.execute(act.db);
  if (rows[0]) refuse('PAUSE_OVERLAP', { fromOn: rows[0].fromOn }, { status: 409 });
  const id = newId<'agreementPause'>(act.now.getTime());
  await sql`INSERT INTO providers.agreement_pause (id, institution_id, from_on, to_on, reason, actor_name, recorded_at) VALUES (${id}, ${institutionId}, ${body.fromOn}, ${toOn}, ${body.reason.trim()}, ${act.actor.name}, ${act.now})`.execute(act.db);
  await recordEvent(act, { districtCode: institution.districtCode, kind: 'providers.agreementPaused', subjectType: 'institution', subjectId: institutionId, institutionId, note: body.reason.trim(), data: { institution: institution.name, fromOn: body.fromOn } });
  return { id };
}

/** Lets the agreement hold again from a day on. Refuses with NOT_FOUND, AGREEMENT_PAUSE_DAYS. */
export async function endPause(act: Act, id: string, toOn: string): Promise<{ id: string }> {
  const { rows } = await sql<{ institutionId: string; name: string; fromOn: string; toOn: string | null; districtCode: string }>`SELECT p.institution_id, i.name, p.from_on, p.to_on, i.district_code FROM providers.agreement_pause p JOIN providers.institution i ON i.id = p.institution_id WHERE p.id = ${id}`.execute(act.db);
  const known = rows[0] ?? refuse('NOT_FOUND', {}, { status: 404 });
  demandArea(act, known.districtCode);
  if (toOn <= known.fromOn || (known.toOn !== null && known.toOn < toOn)) refuse('AGREEMENT_PAUSE_DAYS', { fromOn: known.fromOn });
  await sql`UPDATE providers.agreement_pause SET to_on = ${toOn} WHERE id = ${id}`.execute(act.db);
  await recordEvent(act, { districtCode: known.districtCode, kind: 'providers.agreementResumed', subjectType: 'institution', subjectId: known.institutionId, institutionId: known.institutionId, data: { institution: known.name, toOn } });
  return { id };
}
