/** SQL as the tests read it: without comments and without the text between quotes. */
import { textOf } from './source.ts';

/** A .sql file with comments and quoted texts blanked, so that places stay where they are. */
export function sqlOf(path: string): string {
  return blanked(textOf(path));
}

/** Comments and quoted texts become spaces; line ends stay. */
export function blanked(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (text) => text.replace(/[^\n]/g, ' '));
}

export interface SqlWrite {
  verb: string;
  /** `schema.table`, or a bare name. */
  table: string;
  index: number;
}

/** Every INSERT, UPDATE, DELETE, MERGE, TRUNCATE and COPY … FROM of a text, with the table it writes. */
export function writesIn(text: string): SqlWrite[] {
  const name = '("?[a-z_]+"?(?:\\."?[a-z_]+"?)?)';
  const verbs = [
    new RegExp(`\\b(INSERT)\\s+INTO\\s+${name}`, 'gi'),
    new RegExp(`\\b(UPDATE)\\s+(?:ONLY\\s+)?${name}(?:\\s+(?:AS\\s+)?[a-z_]+)?\\s+SET\\b`, 'gi'),
    new RegExp(`\\b(DELETE)\\s+FROM\\s+(?:ONLY\\s+)?${name}`, 'gi'),
    new RegExp(`\\b(MERGE)\\s+INTO\\s+${name}`, 'gi'),
    new RegExp(`\\b(TRUNCATE)\\s+(?:TABLE\\s+)?${name}`, 'gi'),
    new RegExp(`\\b(COPY)\\s+${name}[^;]*?\\bFROM\\s+STDIN`, 'gi'),
  ];
  return verbs.flatMap((verb) => [...text.matchAll(verb)].map((hit) => ({ verb: hit[1]!.toUpperCase(), table: hit[2]!.replaceAll('"', ''), index: hit.index })));
}
