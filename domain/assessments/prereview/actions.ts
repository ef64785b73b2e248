/** Recording and showing pre-reviews, and the sheet to sign. */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { refuse, Refusal } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import type { EditionOn } from '#platform/policy/index.ts';
import { getApplication, recordStep, stateParams } from '../actions/case.ts';
import { namesOf } from '../materials/supply.ts';
import { findMaterial } from '../materials/store.ts';
import { findApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import type { PreReviewBodySchema, PreReviewListSchema } from './contract.ts';
import { preReviewList } from './policy.ts';
import type { PreReviewList } from './policy.ts';
import { letsGoOn } from './rules.ts';
import { insertPreReview, listPreReviews, markPreReviewed } from './store.ts';
import type { PreReview } from './store.ts';

type Body = Static<typeof PreReviewBodySchema>;

/** The check-list in force when the application was filed; refuses with PRE_REVIEW_LIST where the city has none. */
export function listFor(act: Act, application: Pick<Application, 'filedOn'>): EditionOn<PreReviewList> {
  if (!act.policy.has(preReviewList, application.filedOn)) refuse('PRE_REVIEW_LIST', { filedOn: application.filedOn });
  return act.policy.edition(preReviewList, application.filedOn);
}

/** The pre-reviews of an application with the check-list. Refuses with NOT_FOUND. */
export async function readPreReviews(act: Act, id: string): Promise<{ list: Static<typeof PreReviewListSchema> | null; owed: boolean; reviewedOn: string | null; rows: PreReview[] }> {
  const application = await getApplication(act, id);
  const list = act.policy.has(preReviewList, application.filedOn) ? shown(act.policy.edition(preReviewList, application.filedOn)) : null;
  return { list, owed: application.preReviewOwed, reviewedOn: application.preReviewedOn, rows: await listPreReviews(act, application) };
}

function shown(list: EditionOn<PreReviewList>): Static<typeof PreReviewListSchema> {
  return { edition: list.id, statementZh: list.value.statement.zh, statementEn: list.value.statement.en, checks: list.value.checks };
}

/**
 * Records a pre-review of a filed application; the latest counts, earlier ones stay. It always says to whom it was told that housekeeping is not
 * covered. Refuses with NOT_FOUND, PRE_REVIEW_STATE, PRE_REVIEW_LIST, PRE_REVIEW_ANSWERS, PRE_REVIEW_REASON, PRE_REVIEW_BRING, PRE_REVIEW_SIGNATURE.
 */
export async function recordPreReview(act: Act, id: string, body: Body): Promise<{ id: string; reviewedOn: string | null }> {
  const application = (await findApplication(act, id, { lock: true })) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (application.state !== 'filed') refuse('PRE_REVIEW_STATE', stateParams(application.state), { status: 409 });
  const list = listFor(act, application);
  demandAnswers(list.value, body.answers);
  const reason = body.reason?.trim() ?? null;
  if (body.result === 'adviseNot' && reason === null) refuse('PRE_REVIEW_REASON');
  if ((body.result === 'bring') !== ((body.bring ?? []).length > 0)) refuse('PRE_REVIEW_BRING');
  const signature = await signatureOf(act, application, body);
  const insists = body.result === 'adviseNot' && body.insists === true;
  const one = {
    id: newId<'preReview'>(act.now.getTime()), edition: list.id, answers: body.answers, result: body.result, reason, insists, bring: body.bring ?? [], toldName: body.toldName.trim(), toldRelation: body.toldRelation,
    acknowledged: body.acknowledged, signatureMaterialId: signature,
  };
  await insertPreReview(act, application, one);
  const reviewedOn = letsGoOn(body.result, insists) ? act.today : null;
  await markPreReviewed(act, application, reviewedOn);
  const kind = { goOn: 'preReviewedGoOn', adviseNot: insists ? 'preReviewedInsists' : 'preReviewedAdviseNot', bring: 'preReviewedBring' }[body.result];
  await recordStep(act, application, kind, { note: reason, data: { toldName: one.toldName, ...namesOf(act, application, one.bring) } });
  return { id: one.id, reviewedOn };
}

/** Every point of the list is answered with one of its options. */
function demandAnswers(list: PreReviewList, answers: Record<string, string>): void {
  const open = list.checks.filter((check) => !check.options.some((option) => option.code === answers[check.code]));
  const foreign = Object.keys(answers).filter((code) => !list.checks.some((check) => check.code === code));
  if (open.length > 0 || foreign.length > 0) refuse('PRE_REVIEW_ANSWERS', { checksZh: open.map((one) => one.zh).join('、') || foreign.join('、'), checksEn: open.map((one) => one.en).join(', ') || foreign.join(', ') });
}

async function signatureOf(act: Act, application: Application, body: Body): Promise<string | null> {
  if (body.acknowledged === 'tick') return null;
  const material = body.signatureMaterialId === undefined ? undefined : await findMaterial(act, body.signatureMaterialId);
  if (!material || material.applicationId !== application.id || material.code !== 'preReviewSheet' || material.form !== 'file' || material.withdrawn !== null) refuse('PRE_REVIEW_SIGNATURE');
  return material.id;
}

/** Why acceptance waits: the township has not let the application go on. */
export function preReviewHindrance(application: Application): Refusal | undefined {
  return application.preReviewOwed && application.preReviewedOn === null ? new Refusal('PRE_REVIEW_MISSING', {}, { status: 409 }) : undefined;
}
