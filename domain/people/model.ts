/** Pure functions about people. */
import { pinyin } from 'pinyin-pro';

/** What the search box looks in: the name, its pinyin and the pinyin's first letters, lower case. */
export function searchText(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head' });
  return `${name} ${syllables.join('')} ${syllables.map((one) => one[0] ?? '').join('')}`.toLowerCase();
}
