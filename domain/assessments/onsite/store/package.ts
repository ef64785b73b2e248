/** SQL of what an assessor takes along. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { OnSiteCaseSchema } from '../contract/package.ts';

export type StoredCase = Omit<Static<typeof OnSiteCaseSchema>, 'identityNumberMasked' | 'dueOn' | 'calendarMissing' | 'overdue' | 'scaleId' | 'contradictionsId' | 'policy' | 'orderWaits'> & {
  /** State of the current order, and whether somebody was sent; null without one. */
  orderState: 'open' | 'accepted' | null;
  /** Day from which the working days of the visit count. */
  countsFromOn: Day | null;
};

/** Dispatched cases of an institution for its assessor or expert: those given to the account, and those given to nobody; the longest waiting first. */
export async function listCases(act: Act, institutionId: string, query: { page?: number; pageSize?: number }): Promise<{ rows: StoredCase[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const from = sql`assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id
    LEFT JOIN assessments.dispatch_order o ON o.district_code = a.district_code AND o.application_id = a.id AND o.assessment_institution_id = a.assessment_institution_id AND o.state IN ('open', 'accepted')
    LEFT JOIN LATERAL (SELECT jsonb_build_object('nth', r.nth, 'by', r.returned_by, 'reason', r.reason, 'items', r.items, 'note', r.note, 'returnedOn', r.returned_on, 'dueOn', r.due_on) AS told, r.returned_at, r.assessment_id
      FROM assessments.case_return r WHERE a.returned_on IS NOT NULL AND r.district_code = a.district_code AND r.application_id = a.id AND r.assessment_institution_id = a.assessment_institution_id ORDER BY r.nth DESC LIMIT 1) r ON true
    LEFT JOIN LATERAL (SELECT d.*, o.id IS NULL AND d.assigned_at > r.returned_at AS anew FROM assessments.dispatch_order d WHERE r.told IS NOT NULL AND d.district_code = a.district_code AND d.application_id = a.id AND d.assessment_institution_id = a.assessment_institution_id AND d.state = 'done'
      ORDER BY d.issued_at DESC, d.id DESC LIMIT 1) d ON true
    LEFT JOIN assessments.assessment was ON o.id IS NULL AND was.district_code = a.district_code AND was.id = r.assessment_id
    WHERE a.state = 'dispatched' AND a.assessment_institution_id = ${institutionId} AND (o.assessor_account_id IS NULL OR ${act.actor.accountId} IN (o.assessor_account_id, o.expert_account_id))
      AND (d.anew IS NOT TRUE OR ${act.actor.accountId} IN (d.assessor_account_id, d.expert_account_id))`;
  const { rows } = await sql<StoredCase>`SELECT a.id AS application_id, a.number, a.kind, a.filed_on, a.person_id, p.name AS person_name, p.identity_number, p.birth_on AS born_on,
      CASE p.sex WHEN 1 THEN 'male' WHEN 2 THEN 'female' END AS sex, p.address, p.community, a.district_code, a.township_code,
      coalesce((SELECT t.name_zh FROM platform.area t WHERE t.code = a.township_code), a.township_code) AS township_zh, coalesce((SELECT t.name_en FROM platform.area t WHERE t.code = a.township_code), a.township_code) AS township_en,
      a.applicant_name, a.relation, a.contact_phone, a.statement, (SELECT c.grade FROM assessments.conclusion c WHERE c.district_code = a.district_code AND c.id = a.about_conclusion_id) AS grade_before,
      coalesce(o.assessor_account_id, CASE WHEN d.anew THEN d.assessor_account_id END) AS assigned_to, o.state AS order_state, coalesce(o.expert_account_id, d.expert_account_id) AS assigned_expert,
      r.told || jsonb_build_object('mayMend', CASE WHEN d.anew THEN jsonb_build_array(d.assessor_name, d.expert_name) WHEN was.id IS NOT NULL THEN jsonb_build_array(was.assessor_name, was.second_name) ELSE '[]' END) AS returned,
      coalesce(o.appointment_on, CASE WHEN d.anew THEN d.appointment_on END) AS appointment_on, coalesce(o.window_from, CASE WHEN d.anew THEN d.window_from END) AS window_from, coalesce(o.window_to, CASE WHEN d.anew THEN d.window_to END) AS window_to, coalesce(a.returned_on, a.accepted_on) AS counts_from_on,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', v.id, 'accountId', v.account_id, 'assessorName', v.assessor_name, 'revision', v.revision, 'state', v.state) ORDER BY v.received_at DESC)
        FROM assessments.site_visit v WHERE v.district_code = a.district_code AND v.application_id = a.id AND v.state = 'open'), '[]') AS visits
    FROM ${from} ORDER BY coalesce(a.returned_on, a.accepted_on), a.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM ${from}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export async function findInstitutionName(act: Act, id: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`SELECT i.name FROM providers.institution i WHERE i.id = ${id}`.execute(act.db);
  return rows[0]?.name ?? null;
}
