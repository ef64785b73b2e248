/** Reading the agreement per item, and the assessments behind it. */
import { monthBounds } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { scale } from '../policy.ts';
import type { Scale } from '../scale/shape.ts';
import { districtOf, keptFor, ownAccount } from './actions.ts';
import type { CasesQuery, Place } from './actions.ts';
import { countItems, itemFigure, itemFigureName, listItemCases, readKeptItems } from './items.ts';
import type { ItemFigure, ItemSums, WhoseItems } from './items.ts';
import { qualityMinCases } from './policy.ts';
import { institutionNames, listKeptCases } from './store.ts';

export interface ItemsQuery extends Place {
  institution?: string;
  assessor?: string;
  /** The month, or the kept months of the year that ends with it. */
  span?: 'month' | 'year';
}

/** Whose items the actor may ask for: an institution its own, an account that may not compare the own assessments. */
function whoseOf(act: Act, { institution, assessor }: Pick<ItemsQuery, 'institution' | 'assessor'>): WhoseItems {
  return { institutionId: act.actor.institutionId ?? institution ?? null, assessorAccountId: ownAccount(act) ?? assessor ?? null };
}

/**
 * Agreement per item of an institution, of one of its assessors, or of the district, each beside the district's; least agreement first. A kept month as kept, another one counted
 * now for an area; a year adds up kept months. An assessor is asked for together with the institution. Refuses with CALENDAR_MISSING.
 */
export async function readItems(act: Act, query: ItemsQuery) {
  const { month, span = 'month' } = query;
  const whose = whoseOf(act, query);
  const kept = await keptFor(act, query);
  const districtCode = kept?.districtCode ?? districtOf(act, query);
  const basis = span === 'year' || kept ? 'kept' : act.actor.area === null ? 'none' : 'live';
  const { own, all } = basis === 'none' ? { own: [], all: [] } : basis === 'kept' ? await fromKept(act, whose, districtCode, query) : await counted(act, whose, districtCode, query);
  const { mark, show } = act.policy.figure(qualityMinCases, monthBounds(month).lastOn).value;
  const names = namesOf(act);
  const district = new Map(all.map((one) => [`${one.scaleId} ${one.item}`, itemFigure(one, show)]));
  const rows = own.map((one) => {
    const figure = itemFigure(one, show);
    const title = names.get(`${one.scaleId} ${one.item}`);
    return { ...figure, zh: title?.zh ?? one.item, en: title?.en ?? one.item, small: one.cases < mark, district: district.get(`${one.scaleId} ${one.item}`) ?? null };
  });
  return { month, span, districtCode, basis, rows: rows.sort(leastFirst) } as const;
}

const last = 2;
const leastFirst = (a: ItemFigure, b: ItemFigure): number => (a.kappa ?? last) - (b.kappa ?? last) || (a.share ?? last) - (b.share ?? last) || a.item.localeCompare(b.item);

async function fromKept(act: Act, whose: WhoseItems, districtCode: string | null, { month, span }: ItemsQuery): Promise<{ own: ItemSums[]; all: ItemSums[] }> {
  const asked = { districtCode, month, months: span === 'year' ? 12 : 1 };
  return { own: await readKeptItems(act, { ...asked, ...whose }), all: await readKeptItems(act, { ...asked, institutionId: null, assessorAccountId: null }) };
}

async function counted(act: Act, whose: WhoseItems, districtCode: string | null, { month }: ItemsQuery): Promise<{ own: ItemSums[]; all: ItemSums[] }> {
  const rows = await countItems(act, { month, districtCode, knownAt: act.now });
  const of = (who: WhoseItems) => rows.filter((one) => one.institutionId === who.institutionId && one.assessorAccountId === who.assessorAccountId);
  return { own: of(whose), all: of({ institutionId: null, assessorAccountId: null }) };
}

/** Titles of the items of every edition of the scale, by edition and item. */
function namesOf(act: Act): Map<string, { zh: string; en: string }> {
  const editions = act.policy.all().filter((row) => row.name === scale.name);
  return new Map(editions.flatMap((row) => (row.value as Scale).items.map(({ code, zh, en }) => [`${row.id} ${code}`, { zh, en }] as const)));
}

/** The assessments on which an item came out otherwise: of a kept month as kept, of another one counted now for an area. Refuses with CALENDAR_MISSING. */
export async function pageOfItemCases(act: Act, item: string, query: CasesQuery) {
  const kept = await keptFor(act, query);
  const whose = whoseOf(act, query);
  if (!kept && act.actor.area === null) return { rows: [], total: 0 };
  const page = kept
    ? await listKeptCases(act, { figure: itemFigureName(item), kept, ...whose, ...(query.page ? { page: query.page } : {}), ...(query.pageSize ? { pageSize: query.pageSize } : {}) })
    : await listItemCases(act, item, { month: query.month, districtCode: districtOf(act, query), knownAt: act.now, ...whose, ...pageBounds(query) });
  const names = await institutionNames(act, [...new Set(page.rows.map((row) => row.institutionId))]);
  return { rows: page.rows.map((row) => ({ ...row, institutionName: names.get(row.institutionId) ?? row.institutionId })), total: page.total };
}
