/** Small readings that several pages share. */
import { fromHundredths } from '#domain/assessments/scale/model.ts';
import type { Say } from '../ui/words.ts';

export const sexWord = (word: Say, sex: number) => word(sex === 1 ? 'values.male' : sex === 2 ? 'values.female' : '–');

/** What the address bar holds is text; the server checks it against the contract, so a wrong hand-written filter is answered with its reason. */
export const addressQuery = (query: Record<string, string | number | undefined>) => query as Record<string, never>;

/** Points of a dimension: whole ones, or hundredths of a weighted scale. */
export const pointsText = (points: number, inHundredths: boolean) => (inHundredths ? fromHundredths(points) : String(points));

/** The parameters of a refusal, its state in words. */
export function worded(params: Record<string, unknown>, state: (code: string) => string): Record<string, unknown> {
  return typeof params['state'] === 'string' ? { ...params, state: state(params['state']) } : params;
}
