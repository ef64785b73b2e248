/** What the papers of an application read from the published documents. Values: policy/…/assessments/. */
import { Type, type Static } from '@sinclair/typebox';
import { edition, figure, type PolicyNeed } from '#platform/policy/index.ts';
import { APPLICATION_KINDS, MATERIALS, RELATIONS } from '../model.ts';

const Text = Type.String({ minLength: 1 });
const Kind = Type.Union(APPLICATION_KINDS.map((kind) => Type.Literal(kind)));
const Relation = Type.Union(RELATIONS.map((relation) => Type.Literal(relation)));
const Code = Type.Union(MATERIALS.map((code) => Type.Literal(code)));
const Days = Type.Integer({ minimum: 1 });

/** The check-list: which papers, for which kinds and applicants, and which of them may come after acceptance. */
export const MaterialList = Type.Object({
  /** Whether acceptance follows the list; otherwise it only helps. */
  demanded: Type.Boolean(),
  items: Type.Array(
    Type.Object({
      code: Code, zh: Text, en: Text, helpZh: Text, helpEn: Text,
      /** Only for these kinds of application; for all when left out. */
      kinds: Type.Optional(Type.Array(Kind, { minItems: 1 })),
      /** Only where the applicant is one of these. */
      relations: Type.Optional(Type.Array(Relation, { minItems: 1 })),
      required: Type.Boolean(),
      supplyLater: Type.Boolean(),
      types: Type.Array(Type.Union([Type.Literal('picture'), Type.Literal('pdf')]), { minItems: 1, uniqueItems: true }),
      source: Type.Object({ document: Text, article: Type.Optional(Text) }),
    }),
    { minItems: 1 },
  ),
});
export type MaterialList = Static<typeof MaterialList>;

/** The self-assessment form: yes-or-no items and the classes that the answers give. */
export const SelfAssessmentForm = Type.Object({
  items: Type.Array(Type.Object({ code: Text, zh: Text, en: Text, independentZh: Text, independentEn: Text, dependentZh: Text, dependentEn: Text }), { minItems: 1 }),
  classes: Type.Array(Type.Object({ class: Type.String({ pattern: '^[A-Z]$' }), dependent: Type.Integer({ minimum: 0 }), including: Type.Array(Text), zh: Text, en: Text }), { minItems: 1 }),
  other: Type.Object({ zh: Text, en: Text }),
  /** First class from which an application is likely to be of use. */
  likelyFrom: Type.String({ pattern: '^[A-Z]$' }),
});
export type SelfAssessmentForm = Static<typeof SelfAssessmentForm>;

export const materialList = edition('assessments.materials', MaterialList, { examine: (body) => examineList(body as MaterialList) });
export const selfAssessmentForm = edition('assessments.selfAssessment', SelfAssessmentForm, { examine: (body) => examineForm(body as SelfAssessmentForm) });
/** Working days in which a promised paper is supplied; the day of acceptance does not count. */
export const supplyWorkingDays = figure('assessments.supplyWorkingDays', 'workingDays', Days);
/** Working days from filing to the decision on acceptance. */
export const acceptWorkingDays = figure('assessments.acceptWorkingDays', 'workingDays', Days, { optional: true });

export const materialNeeds: PolicyNeed[] = [materialList, selfAssessmentForm, supplyWorkingDays, acceptWorkingDays];

function examineList({ items }: MaterialList): string[] {
  const codes = items.map((one) => one.code);
  return [
    ...codes.filter((code, place) => codes.indexOf(code) !== place).map((code) => `names the paper ${code} twice.`),
    ...items.filter((one) => one.supplyLater && !one.required).map((one) => `lets ${one.code} come later although nobody asks for it.`),
  ];
}

function examineForm({ items, classes, likelyFrom }: SelfAssessmentForm): string[] {
  const codes = new Set(items.map((one) => one.code));
  return [
    ...classes.flatMap((one) => one.including.filter((code) => !codes.has(code)).map((code) => `has a class ${one.class} that includes the unknown item ${code}.`)),
    ...classes.filter((one) => one.including.length > one.dependent).map((one) => `has a class ${one.class} that includes more items than it counts.`),
    ...(classes.some((one) => one.class === likelyFrom) ? [] : [`names the class ${likelyFrom}, which it does not have.`]),
  ];
}
