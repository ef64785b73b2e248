/** Rules on the papers of an application: complete, to be supplied later, or incomplete; supplied in time or not; the class of the self-assessment. */
import { addDays, type Day } from '#kit/days.ts';
import type { Decision, Reason, SourceRef } from '#kit/decision.ts';
import { refuse } from '#kit/refuse.ts';
import { stampOf, type EditionOn, type PolicyBook } from '#platform/policy/index.ts';
import type { ApplicationKind } from '../model.ts';
import { materialList, selfAssessmentForm, supplyWorkingDays, type MaterialList, type SelfAssessmentForm } from './policy.ts';

export type MaterialItem = MaterialList['items'][number];

export interface MaterialFacts {
  kind: ApplicationKind;
  relation: string;
  filedOn: Day;
  /** Day of the decision: the time for supplying begins the day after. */
  on: Day;
  /** Codes of papers that are there. */
  present: string[];
}

export interface MaterialAnswer {
  outcome: 'complete' | 'supplyLater' | 'incomplete';
  /** Required papers that are lacking. */
  lacking: string[];
  /** Those of them that cannot come later. */
  first: string[];
  /** Last day to supply the others. */
  byOn: Day | null;
}

/** The items of a check-list that concern an application. */
export function itemsFor(list: MaterialList, { kind, relation }: { kind: string; relation: string }): MaterialItem[] {
  return list.items.filter((one) => (one.kinds ?? [kind]).includes(kind as ApplicationKind) && (one.relations ?? [relation]).includes(relation as never));
}

/** Required papers of an application that are not among those present. */
export function lackingOf(list: MaterialList, of: { kind: string; relation: string }, present: readonly string[]): MaterialItem[] {
  return itemsFor(list, of).filter((one) => one.required && !present.includes(one.code));
}

/**
 * Whether the papers of an application are complete, may be supplied later on a promise, or are incomplete. The check-list is that of the
 * day of filing; the limit counts working days from the day after `on`. Sources: edition assessments.materials, figure assessments.supplyWorkingDays.
 * Throws a PolicyProblem where the working days of a year are not published.
 */
export function decideMaterials(facts: MaterialFacts, policy: PolicyBook): Decision<MaterialAnswer> {
  const list = policy.edition(materialList, facts.filedOn);
  const lacking = lackingOf(list.value, facts, facts.present);
  const first = lacking.filter((one) => !one.supplyLater);
  const reasons: Reason[] = lacking.map((one) => reasonOf(list, one, one.supplyLater ? 'MATERIAL_LATER' : 'MATERIAL_FIRST', { material: one.code, materialZh: one.zh, materialEn: one.en }));
  const base = { kind: 'assessments.materials', facts: { ...facts } };
  if (lacking.length === 0) return { ...base, value: { outcome: 'complete', lacking: [], first: [], byOn: null }, reasons: [{ rule: 'assessments.materials', code: 'MATERIALS_ALL_THERE', params: {}, sources: [...list.sources] }], stamp: stampOf(list) };
  const codes = { lacking: lacking.map((one) => one.code), first: first.map((one) => one.code) };
  if (first.length > 0) return { ...base, value: { outcome: 'incomplete', ...codes, byOn: null }, reasons, stamp: stampOf(list) };
  const days = policy.figure(supplyWorkingDays, facts.filedOn);
  const byOn = policy.workingDays.addWorkingDays(facts.on, days.value);
  const limit: Reason = { rule: 'assessments.materials', code: 'MATERIALS_BY', params: { days: days.value, byOn }, sources: [...days.sources] };
  return { ...base, value: { outcome: 'supplyLater', ...codes, byOn }, reasons: [...reasons, limit], stamp: stampOf(list, days) };
}

function reasonOf(list: EditionOn<MaterialList>, item: MaterialItem, code: string, params: Reason['params']): Reason {
  const source: SourceRef = { ...item.source, status: list.status, policy: list.stampKey, file: list.file };
  return { rule: 'assessments.materials', code, params, sources: [source] };
}

export interface SupplyFacts {
  filedOn: Day;
  supplyByOn: Day;
  /** Names of what is still lacking. */
  lackingZh: string;
  lackingEn: string;
  on: Day;
}

/** Whether a case stays open although something promised is lacking: the last day still counts, the day after closes it. Who missed it may apply again from that day. */
export function decideSupply(facts: SupplyFacts, policy: PolicyBook): Decision<'open' | 'SUPPLY_MISSED'> {
  const days = policy.figure(supplyWorkingDays, facts.filedOn);
  const { supplyByOn, lackingZh, lackingEn } = facts;
  const missed = facts.on > supplyByOn;
  const comeAgainOn = addDays(supplyByOn, 1);
  const reason: Reason = missed
    ? { rule: 'assessments.supply', code: 'SUPPLY_MISSED', params: { supplyByOn, materialsZh: lackingZh, materialsEn: lackingEn, comeAgainOn }, sources: [...days.sources] }
    : { rule: 'assessments.supply', code: 'SUPPLY_RUNNING', params: { supplyByOn, materialsZh: lackingZh, materialsEn: lackingEn }, sources: [...days.sources] };
  return { kind: 'assessments.supply', value: missed ? 'SUPPLY_MISSED' : 'open', reasons: [reason], facts: { ...facts }, stamp: stampOf(days) };
}

/** Item → true where help is needed. */
export type SelfAnswers = Record<string, boolean>;

export interface SelfClass {
  /** A … G, or `other`. */
  class: string;
  dependent: number;
  zh: string;
  en: string;
  /** Whether the class is one from which an application is likely to be of use; never decides. */
  likely: boolean;
}

/** The class of a filled-in form. Refuses with SELF_ASSESSMENT_MISSING {items} and SELF_ASSESSMENT_FOREIGN {item}. Source: edition assessments.selfAssessment. */
export function classOf(form: EditionOn<SelfAssessmentForm>, answers: SelfAnswers): Decision<SelfClass> {
  const { items, classes, other, likelyFrom } = form.value;
  const missing = items.filter((one) => answers[one.code] === undefined);
  if (missing.length > 0) refuse('SELF_ASSESSMENT_MISSING', { items: missing.map((one) => one.zh).join('、'), itemsEn: missing.map((one) => one.en).join(', ') });
  const foreign = Object.keys(answers).find((code) => !items.some((one) => one.code === code));
  if (foreign !== undefined) refuse('SELF_ASSESSMENT_FOREIGN', { item: foreign });
  const dependent = items.filter((one) => answers[one.code] === true);
  const fitting = classes.find((one) => one.dependent === dependent.length && one.including.every((code) => answers[code] === true));
  const likelyAt = classes.find((one) => one.class === likelyFrom)?.dependent ?? 0;
  const value: SelfClass = { class: fitting?.class ?? 'other', dependent: dependent.length, zh: fitting?.zh ?? other.zh, en: fitting?.en ?? other.en, likely: fitting !== undefined && fitting.dependent >= likelyAt };
  const sources = form.sources;
  const reasons: Reason[] = [
    { rule: 'assessments.selfAssessment', code: dependent.length === 0 ? 'SELF_NO_HELP' : 'SELF_HELP', params: { count: dependent.length, itemsZh: dependent.map((one) => one.zh).join('、'), itemsEn: dependent.map((one) => one.en.toLowerCase()).join(', ') }, sources: [...sources] },
    { rule: 'assessments.selfAssessment', code: fitting ? 'SELF_CLASS' : 'SELF_CLASS_OTHER', params: { class: value.class, classZh: value.zh, classEn: value.en }, sources: [...sources] },
  ];
  return { kind: 'assessments.selfAssessment', value, reasons, facts: { form: form.id, answers: { ...answers } }, stamp: stampOf(form) };
}

/** Classes again from stored facts: the edition that the case used. */
export function classAgain(facts: Record<string, unknown>, policy: PolicyBook): Decision<SelfClass> {
  return classOf(policy.editionById(selfAssessmentForm, String(facts['form'])), facts['answers'] as SelfAnswers);
}
