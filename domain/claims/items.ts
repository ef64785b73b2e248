/** The names of the items that claim lines are about. */
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { catalogue, itemWords } from '#domain/providers/index.ts';
import type { StoredReason } from './model.ts';

/** Names of an item on a day; null where a line has no item or the catalogue does not know it. */
export function itemNames(act: Act, on: Day, itemCode: string | null): { itemZh: string | null; itemEn: string | null } {
  const item = itemCode === null ? undefined : act.policy.edition(catalogue, on).value.items.find((one) => one.code === itemCode);
  return { itemZh: item?.zh ?? null, itemEn: item?.en ?? null };
}

/** Parameters of a reason with the name of the item they speak of, for its sentence. */
export function withItem<P extends StoredReason['params']>(act: Act, on: Day, params: P): P {
  const { itemCode } = params;
  return typeof itemCode === 'string' ? { ...params, ...itemWords(act.policy.edition(catalogue, on).value.items, itemCode) } : params;
}
