/** What every act on an application shares: getting it, checking its state, and its event. */
import type { Day } from '#kit/days.ts';
import { refuse } from '#kit/refuse.ts';
import type { RefusalParams } from '#kit/refuse.ts';
import { assert } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { mayAct, STATE_WORDS } from '../model.ts';
import type { ApplicationAct, ApplicationState } from '../model.ts';
import { scale } from '../policy.ts';
import { findApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { findCurrentAssessment } from '../store/assessment.ts';
import type { Assessment } from '../store/assessment.ts';

/** An application in the actor's scope; refuses with NOT_FOUND. */
export async function getApplication(act: Act, id: string): Promise<Application> {
  return (await findApplication(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** Takes an application in hand for an act: locked, and in a state from which the act is lawful. Refuses with NOT_FOUND or APPLICATION_STATE. */
export async function takeInHand(act: Act, id: string, step: ApplicationAct): Promise<Application> {
  const application = (await findApplication(act, id, { lock: true })) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (!mayAct(step, application.state)) refuse('APPLICATION_STATE', stateParams(application.state), { status: 409 });
  return application;
}

export function stateParams(state: ApplicationState): RefusalParams {
  return { state, stateZh: STATE_WORDS[state].zh, stateEn: STATE_WORDS[state].en };
}

/** A first day of disability lies between birth and today. Refuses with APPLICATION_DISABLED_SINCE. */
export function demandDisabledSince(act: Act, disabledSinceOn: Day, { birthOn }: { birthOn: Day }): void {
  if (disabledSinceOn >= birthOn && disabledSinceOn <= act.today) return;
  refuse('APPLICATION_DISABLED_SINCE', { disabledSinceOn }, { errors: [{ column: 'disabledSinceOn', value: disabledSinceOn, code: 'APPLICATION_DISABLED_SINCE' }] });
}

/** The assessment that counts; an application past `scored` always has one. */
export async function getCurrentAssessment(act: Act, application: Application): Promise<Assessment> {
  const assessment = await findCurrentAssessment(act, application.id);
  assert(assessment, `the application ${application.number} in the state ${application.state} has an assessment`);
  return assessment;
}

/** Records an event about an application; the institution that assesses it hears of it too. */
export async function recordStep(act: Act, application: Application, kind: string, more: { note?: string | null; data?: Record<string, unknown>; institutionId?: string } = {}): Promise<void> {
  const { personId, townshipCode, districtCode } = application;
  await recordEvent(act, {
    districtCode, kind: `assessments.${kind}`, subjectType: 'application', subjectId: application.id, personId, townshipCode, institutionId: more.institutionId ?? application.institutionId,
    note: more.note ?? null, data: { number: application.number, ...more.data },
  });
}

export interface GradeName {
  grade: number;
  gradeZh: string;
  gradeEn: string;
}

/** A grade with its names in an edition of the scale; without an edition in the one of today. */
export function gradeNamed(act: Act, grade: number, scaleId: string | null): GradeName {
  const edition = scaleId === null ? act.policy.edition(scale, act.today) : act.policy.editionById(scale, scaleId);
  const named = edition.value.grades.find((one) => one.grade === grade);
  assert(named, `grade ${grade} has a name in the scale ${edition.id}`);
  return { grade, gradeZh: named.zh, gradeEn: named.en };
}
