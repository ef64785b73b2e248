/** Numbers of the office's papers: `QH-A-2026-000123` = the city's initials, the series' letter, the year, a number without gaps. */
import { pinyin } from 'pinyin-pro';
import { sql } from 'kysely';
import type { Act } from './act.ts';

/** The next `count` numbers of a series, in order. The series stays locked until the act commits. */
export async function nextNumbers(act: Act, letter: string, count: number): Promise<string[]> {
  const year = Number(act.today.slice(0, 4));
  const { rows } = await sql<{ number: number }>`SELECT platform.next_number(${letter}, ${year}) AS number FROM generate_series(1, ${count}::int)`.execute(act.db);
  return rows.map((row) => `${initials(act.policy.about.name.zh)}-${letter}-${year}-${String(row.number).padStart(6, '0')}`);
}

/** The next number of a series. */
export async function nextNumber(act: Act, letter: string): Promise<string> {
  const [number] = await nextNumbers(act, letter, 1);
  return number!;
}

/** 青禾市 → QH. */
function initials(city: string): string {
  return pinyin(city.replace(/市$/, ''), { pattern: 'first', toneType: 'none', type: 'array' }).join('').toUpperCase();
}
