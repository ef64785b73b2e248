/** Complaints about assessment institutions and assessors: filed, answered by somebody else, counted only when justified. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { nextNumber } from '#platform/numbers.ts';
import { may, NOBODY } from '#platform/scope/actor.ts';
import { findInstitution } from '#domain/providers/index.ts';
import { getApplication } from '../actions/case.ts';
import { ownDistrict } from '../materials/queues.ts';
import { listAssessments } from '../store/assessment.ts';
import type { ComplaintSchema } from './contract.ts';
import type { COMPLAINT_SOURCES, COMPLAINT_SUBJECTS } from './model.ts';

type Row = Omit<Static<typeof ComplaintSchema>, 'mayAnswer' | 'whyNot'>;
type Subject = (typeof COMPLAINT_SUBJECTS)[number];
type Source = (typeof COMPLAINT_SOURCES)[number];

export interface NewComplaint {
  institutionId: string;
  applicationId?: string;
  subject: Subject;
  matter: string;
}

/**
 * Files a complaint about an assessment institution; with a case it is about the assessor who assessed it. Refuses with NOT_FOUND,
 * COMPLAINT_INSTITUTION when the institution does not assess, COMPLAINT_CASE when it did not assess this case.
 */
export async function fileComplaint(act: Act, body: NewComplaint): Promise<{ id: string; number: string }> {
  const institution = (await findInstitution(act, body.institutionId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (institution.kind !== 'assessment') refuse('COMPLAINT_INSTITUTION', { institution: institution.name });
  const source: Source = (act.actor.area?.length ?? 0) > 6 ? 'township' : 'agency';
  if (body.applicationId === undefined) {
    const area = act.actor.area !== null && act.actor.area.length >= 6 ? act.actor.area : institution.districtCode;
    return insert(act, { ...body, source, districtCode: area.slice(0, 6), areaCode: area, personId: null, assessorAccountId: null });
  }
  const application = await getApplication(act, body.applicationId);
  const assessment = (await listAssessments(act, application.id)).find((one) => one.institutionId === institution.id);
  if (!assessment && application.institutionId !== institution.id) refuse('COMPLAINT_CASE', { number: application.number });
  return insert(act, { ...body, source, districtCode: application.districtCode, areaCode: application.townshipCode, personId: application.personId, assessorAccountId: assessment?.assessorAccountId ?? null });
}

/** The family complains about the assessment of an own person: its institution and assessor are those of the case. Refuses with NOT_FOUND and COMPLAINT_CASE. */
export async function fileOwnComplaint(act: Act, body: { applicationId: string; subject: Subject; matter: string }): Promise<{ id: string; number: string }> {
  const application = await getApplication(act, body.applicationId);
  const assessment = (await listAssessments(act, application.id))[0];
  const institutionId = assessment?.institutionId ?? application.institutionId ?? refuse('COMPLAINT_CASE', { number: application.number });
  return insert(act, { ...body, institutionId, source: 'family', districtCode: application.districtCode, areaCode: application.townshipCode, personId: application.personId, assessorAccountId: assessment?.assessorAccountId ?? null });
}

interface ToInsert extends NewComplaint {
  source: Source;
  districtCode: string;
  areaCode: string;
  personId: string | null;
  assessorAccountId: string | null;
}

async function insert(act: Act, one: ToInsert): Promise<{ id: string; number: string }> {
  const id: string = newId<'complaint'>(act.now.getTime());
  const number = await nextNumber(act, 'T');
  const by = act.actor.accountId === NOBODY ? null : act.actor.accountId;
  await sql`INSERT INTO assessments.complaint (district_code, id, number, area_code, institution_id, assessor_account_id, application_id, person_id, subject, source, matter, filed_on, filed_at, filed_by)
    VALUES (${one.districtCode}, ${id}, ${number}, ${one.areaCode}, ${one.institutionId}, ${one.assessorAccountId}, ${one.applicationId ?? null}, ${one.personId}, ${one.subject}, ${one.source}, ${one.matter.trim()}, ${act.today}, ${act.now}, ${by})`.execute(act.db);
  // Without the institution: it hears of a complaint only when it was found justified.
  await recordEvent(act, {
    districtCode: one.districtCode, kind: 'assessments.complaintFiled', subjectType: 'complaint', subjectId: id, personId: one.personId, townshipCode: one.areaCode.length === 9 ? one.areaCode : null,
    data: { number, subject: one.subject, source: one.source, about: one.institutionId },
  });
  return { id, number };
}

/** Answers a complaint once, justified or not. Refuses with NOT_FOUND, FOUR_EYES for who filed it, COMPLAINT_ANSWERED. */
export async function answerComplaint(act: Act, id: string, body: { upheld: boolean; answer: string }): Promise<{ state: 'upheld' | 'notUpheld' }> {
  const { rows } = await sql<{ districtCode: string; number: string; areaCode: string; institutionId: string; personId: string | null; filedBy: string | null }>`SELECT district_code, number, area_code, institution_id, person_id, filed_by
    FROM assessments.complaint WHERE id = ${id}`.execute(act.db);
  const complaint = rows[0] ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (complaint.filedBy === act.actor.accountId) refuse('FOUR_EYES', {}, { status: 403 });
  const made = await sql`INSERT INTO assessments.complaint_answer (district_code, id, complaint_id, area_code, institution_id, person_id, upheld, answer, answered_by, answered_at)
    VALUES (${complaint.districtCode}, ${newId<'complaintAnswer'>(act.now.getTime())}, ${id}, ${complaint.areaCode}, ${complaint.institutionId}, ${complaint.personId}, ${body.upheld}, ${body.answer.trim()}, ${act.actor.name}, ${act.now})
    ON CONFLICT DO NOTHING RETURNING id`.execute(act.db);
  if (made.rows.length === 0) refuse('COMPLAINT_ANSWERED', { number: complaint.number }, { status: 409 });
  await recordEvent(act, {
    districtCode: complaint.districtCode, kind: 'assessments.complaintAnswered', subjectType: 'complaint', subjectId: id, personId: complaint.personId, townshipCode: complaint.areaCode.length === 9 ? complaint.areaCode : null,
    institutionId: body.upheld ? complaint.institutionId : null, note: body.answer.trim(), data: { number: complaint.number, upheld: body.upheld },
  });
  return { state: body.upheld ? 'upheld' : 'notUpheld' };
}

export interface ComplaintQuery {
  district?: string;
  state?: 'open' | 'upheld' | 'notUpheld';
  institution?: string;
  /** Only what this side filed. */
  source?: Source;
  page?: number;
  pageSize?: number;
}

const STATE = sql`CASE WHEN x.id IS NULL THEN 'open' WHEN x.upheld THEN 'upheld' ELSE 'notUpheld' END`;

/** One page of complaints in scope, open ones first, then the newest; an institution sees those found justified, an assessor those about the own assessments. */
export async function pageOfComplaints(act: Act, query: ComplaintQuery): Promise<{ rows: Static<typeof ComplaintSchema>[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const own = act.actor.institutionId !== null && !may(act.actor, 'assessments.compareQuality') ? act.actor.accountId : null;
  const district = query.district ?? ownDistrict(act);
  const where = sql`(${district}::text IS NULL OR c.district_code = ${district}) AND (${query.institution ?? null}::uuid IS NULL OR c.institution_id = ${query.institution ?? null})
    AND (${query.state ?? null}::text IS NULL OR ${STATE} = ${query.state ?? null}) AND (${own}::uuid IS NULL OR c.assessor_account_id = ${own})
    AND (${query.source ?? null}::text IS NULL OR c.source = ${query.source ?? null})`;
  const from = sql`assessments.complaint c LEFT JOIN assessments.complaint_answer x ON x.district_code = c.district_code AND x.complaint_id = c.id`;
  // What is asked for is gathered once for the page and its count; what the complaints are about only for the rows of the page.
  const order = sql`x.id IS NOT NULL, c.filed_at DESC, c.id DESC`;
  const { rows } = await sql<Row & { filedBy: string | null; total: number }>`WITH hit AS MATERIALIZED (SELECT c.district_code, c.id, c.filed_at, x.id IS NOT NULL AS answered FROM ${from} WHERE ${where}),
    page AS MATERIALIZED (SELECT h.* FROM hit h ORDER BY h.answered, h.filed_at DESC, h.id DESC LIMIT ${limit} OFFSET ${offset})
    SELECT c.id, c.number, c.district_code, c.institution_id, i.name AS institution_name, s.assessor_name, c.application_id, a.number AS application_number, c.subject, c.source, c.matter, c.filed_on,
      ${STATE} AS state, x.answer, x.answered_by, x.answered_at, c.filed_by, h.total
    FROM (SELECT count(*)::int AS total FROM hit) h LEFT JOIN (page JOIN (${from}) ON c.district_code = page.district_code AND c.id = page.id JOIN providers.institution i ON i.id = c.institution_id LEFT JOIN assessments.application a ON a.district_code = c.district_code AND a.id = c.application_id
    LEFT JOIN LATERAL (SELECT l.assessor_name FROM assessments.assessment l WHERE l.district_code = c.district_code AND l.application_id = c.application_id AND l.assessor_account_id = c.assessor_account_id LIMIT 1) s ON true) ON true
    ORDER BY ${order}`.execute(act.db);
  return {
    rows: rows.filter((row) => row.id !== null).map(({ filedBy, total: _total, ...row }) => {
      const whyNot = row.state !== 'open' ? 'COMPLAINT_ANSWERED' : !may(act.actor, 'assessments.answerComplaint') ? 'NOT_PERMITTED' : filedBy === act.actor.accountId ? 'FOUR_EYES' : null;
      return { ...row, mayAnswer: whyNot === null, whyNot };
    }),
    total: rows[0]?.total ?? 0,
  };
}
