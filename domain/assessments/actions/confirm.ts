/** Experts who did not assess confirm the result, or send it back. */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { Heard } from '#platform/module.ts';
import type { ConfirmBodySchema } from '../contract/application.ts';
import { RETURN_AFTER_OBJECTION } from '../model.ts';
import type { ApplicationState } from '../model.ts';
import { confirmExperts } from '../policy.ts';
import { demandVideo } from '../onsite/actions/demand-video.ts';
import { findApplication, moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { findAssessment, insertConfirmation, listConfirmations, supersedeAssessment } from '../store/assessment.ts';
import type { Assessment } from '../store/assessment.ts';
import { recordStep, takeInHand } from './case.ts';
import { demandOtherPersons } from './kind.ts';

/**
 * One expert's voice on an assessment. With as many agreeing experts as assessments.confirmExperts asks for it is confirmed; one who
 * disagrees, with a note, sends the case back to be assessed anew. Refuses with FOUR_EYES for the assessor, CONFIRMATION_TWICE,
 * CONFIRMATION_NOTE, ASSESSMENT_SUPERSEDED, APPLICATION_STATE, REVIEW_SAME_PERSON, and an agreeing one with SITE_VISIT_NEEDED or
 * VIDEO_FULL_NEEDED where the video is demanded and not complete.
 */
export async function confirmAssessment(act: Act, assessmentId: string, body: Static<typeof ConfirmBodySchema>): Promise<{ state: ApplicationState }> {
  const known = (await findAssessment(act, assessmentId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (known.supersededAt !== null) refuse('ASSESSMENT_SUPERSEDED', {}, { status: 409 });
  const application = await takeInHand(act, known.applicationId, 'confirm');
  if (known.assessorAccountId === act.actor.accountId) refuse('FOUR_EYES', {}, { status: 403 });
  await demandOtherPersons(act, application);
  const note = body.note?.trim() || null;
  if (!body.agrees && note === null) refuse('CONFIRMATION_NOTE', {}, { errors: [{ column: 'note', value: '', code: 'CONFIRMATION_NOTE' }] });
  if (body.agrees) await demandVideo(act, application, known);
  if (!(await insertConfirmation(act, known, { id: newId(act.now.getTime()), agrees: body.agrees, note }))) refuse('CONFIRMATION_TWICE', {}, { status: 409 });
  await recordEvent(act, {
    districtCode: known.districtCode, kind: body.agrees ? 'assessments.expertConfirmed' : 'assessments.expertDisagreed', subjectType: 'assessment', subjectId: known.id, personId: known.personId,
    townshipCode: known.townshipCode, institutionId: known.institutionId, note, data: { number: application.number, applicationId: application.id },
  });
  if (!body.agrees) return returnCase(act, application, known, 'disagreement', note);
  const agreeing = (await listConfirmations(act, [known.id])).get(known.id)?.filter((one) => one.agrees).length ?? 0;
  if (agreeing < act.policy.figure(confirmExperts, act.today).value) return { state: application.state };
  await moveApplication(act, application, { state: 'confirmed' });
  await recordStep(act, application, 'confirmed', { data: { experts: agreeing } });
  return { state: 'confirmed' };
}

/** Sends a case back: its assessment counts no longer, the working days begin again. */
async function returnCase(act: Act, application: Application, assessment: Assessment, by: 'disagreement' | 'objection', note: string | null): Promise<{ state: ApplicationState }> {
  await supersedeAssessment(act, assessment, by);
  await moveApplication(act, application, { state: 'dispatched', returnedOn: act.today });
  await recordStep(act, application, by === 'objection' ? 'returnedAfterObjection' : 'returned', { note });
  return { state: 'dispatched' };
}

/** After an upheld objection (event notices.objectionAnswered) the case is assessed anew, by somebody else. Safe to repeat. */
export async function returnAfterObjection(act: Act, heard: Heard): Promise<void> {
  if (heard.data['upheld'] !== true) return;
  const assessment = await findAssessment(act, String(heard.data['about']));
  if (!assessment) return;
  const application = await findApplication(act, assessment.applicationId, { lock: true });
  if (application?.state !== RETURN_AFTER_OBJECTION.from || (await findAssessment(act, assessment.id))?.supersededAt !== null) return;
  await returnCase(act, application, assessment, 'objection', null);
}
