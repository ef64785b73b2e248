/** What a visit still lacks before it can be finished, in the order of the steps. Pure; the server asks for the same when the visit is handed in. */
import { contradictionsOf, pointsOf, unexplained } from '#domain/assessments/onsite/model.ts';
import type { Ground, Part, Step, Visit } from './shapes.ts';

export interface Lack {
  step: Step;
  /** Word under `lacks`. */
  what: string;
  count?: number;
  /** First open item of the scale. */
  item?: string;
}

const FULL_NUMBER = /^\d{17}[\dX]$/;
const GUARDIAN_NUMBER = /^(\d{17}[\dX]|\d{3}[\dX])$/;

export function lacksOf(visit: Visit, ground: Ground, parts: readonly Part[]): Lack[] {
  return [...arrivalLacks(visit), ...personLacks(visit, ground), ...videoLacks(visit, ground, parts), ...answerLacks(visit, ground), ...signatureLacks(visit, parts)];
}

const lack = (open: boolean, step: Step, what: string, more: Partial<Lack> = {}): Lack[] => (open ? [{ step, what, ...more }] : []);

function arrivalLacks({ content }: Visit): Lack[] {
  return [
    ...lack(content.arrivedAt === null, 'arrive', 'arrivedAt'),
    ...lack(content.place === null && blank(content.placeMissing), 'arrive', 'place'),
    ...lack(blank(content.placeText), 'arrive', 'placeText'),
    ...lack(!content.staffIdentityShown, 'arrive', 'staffIdentityShown'),
    ...lack(content.consentAt === null, 'arrive', 'consent'),
  ];
}

function personLacks({ content }: Visit, ground: Ground): Lack[] {
  const { policy } = ground.case;
  const came = ground.companions.filter((one) => content.companionIds.includes(one.accountId));
  const persons = policy.personsOnSite - 1 - came.length;
  const experts = policy.expertsOnSite - came.filter((one) => one.expert).length;
  const { guardian } = content;
  const known = guardian !== null && !blank(guardian.name) && GUARDIAN_NUMBER.test(guardian.identityNumber);
  return [
    ...lack(!FULL_NUMBER.test(content.applicant?.identityNumber ?? ''), 'persons', 'applicant'),
    ...lack(persons > 0, 'persons', 'companions', { count: persons }),
    ...lack(experts > 0, 'persons', 'experts', { count: experts }),
    ...lack(!known, 'persons', 'guardian'),
  ];
}

function videoLacks({ content }: Visit, ground: Ground, parts: readonly Part[]): Lack[] {
  const recorded = parts.some((one) => one.kind === 'low');
  if (recorded) return [];
  return ground.case.policy.videoRequired ? lack(true, 'video', 'video') : lack(blank(content.videoMissing), 'video', 'videoMissing');
}

function answerLacks({ content }: Visit, ground: Ground): Lack[] {
  const { items } = ground.scale.scale;
  const open = items.filter((item) => content.answers[item.code] === undefined);
  const silent = unexplained(contradictionsOf(pointsOf(content.answers), ground.rules, ground.scale.scale), content.remarks);
  return [...lack(open.length > 0, 'items', 'answers', { count: open.length, ...(open[0] ? { item: open[0].code } : {}) }), ...lack(silent.length > 0, 'review', 'remarks', { count: silent.length }), ...lack(blank(content.interviewNote), 'review', 'interviewNote')];
}

function signatureLacks({ content }: Visit, parts: readonly Part[]): Lack[] {
  const signed = (subject: Part['subject']) => parts.some((one) => one.subject === subject);
  return [
    ...lack(content.leftAt === null, 'finish', 'leftAt'),
    ...lack(content.companionIds.length > 0 && !signed('companionSignature'), 'finish', 'companionSignature'),
    ...lack(content.guardian !== null && !signed('guardianSignature'), 'finish', 'guardianSignature'),
  ];
}

const blank = (text: string | undefined): boolean => (text ?? '').trim() === '';
