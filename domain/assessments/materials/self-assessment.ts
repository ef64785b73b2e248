/** Recording the self-assessment form: on paper at the window, or on the phone by the family. */
import { newId } from '#kit/ids.ts';
import type { Reason } from '#kit/decision.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { recordStep } from '../actions/case.ts';
import type { Application } from '../store/application.ts';
import { byWhom, keepUp, takePapersInHand } from './actions.ts';
import { selfAssessmentForm } from './policy.ts';
import { classOf } from './rules.ts';
import type { SelfAnswers } from './rules.ts';
import { insertSelfAssessment } from './store.ts';

export interface FilledForm {
  answers: SelfAnswers;
  filledBy: string;
  onPaper?: boolean;
}

export interface SelfMade {
  id: string;
  class: string;
  classZh: string;
  classEn: string;
  likely: boolean;
  reasons: Reason[];
}

/** Records a filled-in form; the latest counts, earlier ones stay. Its class is a kept decision and only a hint. Refuses with NOT_FOUND, MATERIAL_STATE, SELF_ASSESSMENT_MISSING, SELF_ASSESSMENT_FOREIGN. */
export async function recordSelfAssessment(act: Act, applicationId: string, form: FilledForm): Promise<SelfMade> {
  const application = await takePapersInHand(act, applicationId);
  const made = await storeSelfAssessment(act, application, form);
  await keepUp(act, application);
  return made;
}

export async function storeSelfAssessment(act: Act, application: Application, form: FilledForm): Promise<SelfMade> {
  const edition = act.policy.edition(selfAssessmentForm, application.filedOn);
  const decision = classOf(edition, form.answers);
  const { districtCode, personId, townshipCode } = application;
  const decisionId = await keepDecision(act, decision, { districtCode, personId, townshipCode, subjectType: 'application', subjectId: application.id, decidedOn: application.filedOn });
  const id = newId<'selfAssessment'>(act.now.getTime());
  const filledBy = form.filledBy.trim();
  await insertSelfAssessment(act, application, { id, edition: edition.id, answers: form.answers, class: decision.value.class, decisionId, filledBy, onPaper: form.onPaper ?? byWhom(act) === 'office' });
  await recordStep(act, application, 'selfAssessmentRecorded', { data: { class: decision.value.class, classZh: decision.value.zh, classEn: decision.value.en, filledBy } });
  return { id, class: decision.value.class, classZh: decision.value.zh, classEn: decision.value.en, likely: decision.value.likely, reasons: decision.reasons };
}
