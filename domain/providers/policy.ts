/** What the register of providers reads from the published documents: the service catalogue. Values: policy/…/providers/. */
import { Type, type Static } from '@sinclair/typebox';
import { edition, figure, type PolicyNeed } from '#platform/policy/index.ts';

const strict = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Group = Type.Union([Type.Literal('living'), Type.Literal('medical')]);

const CatalogueItem = Type.Object(
  {
    code: Text,
    group: Group,
    zh: Text,
    en: Text,
    /** Reference minutes of one performance; null where no document gives any. */
    referenceMin: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    nurseOnly: Type.Boolean(),
    /** Group and, once it is published to us, the code of the national catalogue. */
    national: Type.Union([Type.Object({ group: Group, code: Type.Union([Text, Type.Null()]) }, strict), Type.Null()]),
    /** `local` items are the city's own; `imported day` items name the services s1…s6 of the published home-care days. */
    origin: Type.Union([Type.Literal('local'), Type.Literal('imported day')]),
    status: Type.Union([Type.Literal('verified'), Type.Literal('unverified')]),
  },
  strict,
);
export type CatalogueItem = Static<typeof CatalogueItem>;

export const Catalogue = Type.Object({ items: Type.Array(CatalogueItem, { minItems: 1 }) }, strict);
export type Catalogue = Static<typeof Catalogue>;

/** The service items that may be planned, given and paid. */
export const catalogue = edition('providers.catalogue', Catalogue, {
  examine: (body) => {
    const codes = (body as Catalogue).items.map((item) => item.code);
    return codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => `lists the item ${code} twice.`);
  },
});
/** An item as a sentence names it: its name with its code; the code alone where the catalogue does not know it. */
export function itemWords(items: readonly CatalogueItem[], code: string): { itemZh: string; itemEn: string } {
  const item = items.find((one) => one.code === code);
  return item ? { itemZh: `${item.zh}（${code}）`, itemEn: `${item.en} (${code})` } : { itemZh: code, itemEn: code };
}

/** Days within which a designated institution reports a change of its particulars. */
export const changeReportDays = figure('providers.changeReportDays', 'days', Type.Integer({ minimum: 1 }), { optional: true });

export const policyNeeds: PolicyNeed[] = [catalogue, changeReportDays];
