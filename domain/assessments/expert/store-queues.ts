/** SQL conditions of the queues before publication, over `assessments.application a`. */
import { sql } from 'kysely';
import type { Act } from '#platform/act.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { expertDraw, insurerCheck, onSiteExpertConfirms } from './policy.ts';
import { askedPeriods, expertsNeeded } from './rules.ts';

function filedWithin(policy: PolicyBook, need: typeof insurerCheck) {
  const periods = askedPeriods(policy, need);
  return periods.length === 0 ? sql`false` : sql`(${sql.join(periods.map(({ from, to }) => sql`(a.filed_on >= ${from}::date AND ${to === null ? sql`true` : sql`a.filed_on <= ${to}::date`})`), sql` OR `)})`;
}

/** The commissioned insurer's check is asked for the case. */
export function checkIsAsked(policy: PolicyBook) {
  return filedWithin(policy, insurerCheck);
}

/** What may be published: checked, or confirmed in a case for which the commissioned insurer's check is not asked; waiting for no promised paper. */
export function waitsForNotice(act: Act) {
  return sql`(a.state = 'checked' OR (a.state = 'confirmed' AND NOT ${checkIsAsked(act.policy)})) AND (a.supply_by_on IS NULL OR a.supplied_on IS NOT NULL)`;
}

/** Cases whose notice is over with nothing left to answer and that have no conclusion yet. The clock concludes them at night: what stands here by day could not be concluded, and somebody has to see why. */
export function waitsForConclusion(act: Act) {
  return sql`(a.state = 'onNotice' AND EXISTS (SELECT 1 FROM assessments.assessment w JOIN notices.notice n ON n.district_code = w.district_code AND n.subject_id = w.id
    WHERE w.district_code = a.district_code AND w.application_id = a.id AND w.superseded_at IS NULL
      AND greatest(n.ends_on, (SELECT max(x.ends_on) FROM notices.interruption x WHERE x.district_code = n.district_code AND x.batch_id = n.batch_id)) < ${act.today}::date
      AND NOT EXISTS (SELECT 1 FROM notices.withdrawal t WHERE t.district_code = n.district_code AND t.notice_id = n.id)
      AND NOT EXISTS (SELECT 1 FROM notices.objection o WHERE o.district_code = n.district_code AND o.notice_id = n.id
        AND NOT EXISTS (SELECT 1 FROM notices.objection_answer y WHERE y.district_code = o.district_code AND y.objection_id = o.id))))`;
}

/** Confirmed cases that the commissioned insurer is to check: where the city asks for it, and whatever its check has sent back before. */
export function waitsForCheck(act: Act) {
  return sql`(a.state = 'confirmed' AND (${checkIsAsked(act.policy)}
    OR EXISTS (SELECT 1 FROM assessments.case_return x WHERE x.district_code = a.district_code AND x.application_id = a.id AND x.returned_by = 'insurerCheck')))`;
}

/** Assessed cases on which the actor may give a voice now: neither assessed nor, where the city does not let them confirm, on site, not voted yet, and, where experts are drawn, drawn and asked. */
export function waitsForMyVoice(act: Act) {
  const { needed, atMost } = expertsNeeded(act.policy, act.today);
  const me = act.actor.accountId;
  return sql`(a.state = 'scored' AND EXISTS (SELECT 1 FROM assessments.assessment w
    CROSS JOIN LATERAL (SELECT count(*) AS voted, count(*) FILTER (WHERE NOT x.agrees) AS disagreed, bool_or(x.expert_account_id = ${me}) AS mine FROM assessments.confirmation x WHERE x.district_code = w.district_code AND x.assessment_id = w.id) v
    WHERE w.district_code = a.district_code AND w.application_id = a.id AND w.superseded_at IS NULL AND w.assessor_account_id <> ${me} AND v.mine IS NOT TRUE
      AND (${filedWithin(act.policy, onSiteExpertConfirms)} OR (w.second_account_id IS DISTINCT FROM ${me} AND (w.second_account_id IS NOT NULL OR w.second_name <> ${act.actor.name})
        AND NOT EXISTS (SELECT 1 FROM assessments.site_visit s WHERE s.district_code = w.district_code AND s.assessment_id = w.id AND ${me} = ANY (s.companion_ids))))
      AND (NOT ${filedWithin(act.policy, expertDraw)} OR EXISTS (SELECT 1 FROM assessments.expert_call c WHERE c.district_code = w.district_code AND c.assessment_id = w.id AND c.expert_account_id = ${me}
        AND c.draw = (SELECT max(y.draw) FROM assessments.expert_call y WHERE y.district_code = c.district_code AND y.assessment_id = c.assessment_id)
        AND (SELECT count(*) FROM assessments.expert_call o WHERE o.district_code = c.district_code AND o.assessment_id = c.assessment_id AND o.draw = c.draw AND o.place < c.place
          AND NOT EXISTS (SELECT 1 FROM assessments.confirmation z WHERE z.district_code = o.district_code AND z.assessment_id = o.assessment_id AND z.expert_account_id = o.expert_account_id))
          < least(${needed.value}::int + v.disagreed, ${Math.max(needed.value, atMost?.value ?? 0)}::int) - v.voted))))`;
}
