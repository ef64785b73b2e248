/** Rows of tables: what opens them, and what is none of theirs. */
import { expect, test } from 'vitest';
import { rowActions } from './rows.ts';

test('a click opens its row; the clicks and keys of a form that the row opened elsewhere on the page do not', () => {
  const gone: string[] = [];
  const row = rowActions(({ id }: { id: string }) => `/applications/${id}`, (address) => gone.push(address))({ id: '7' });
  const next = { tabIndex: 0, focus: () => gone.push('the next row') };
  const from = (inRow: boolean) => ({ target: { closest: () => null }, currentTarget: { contains: () => inRow, nextElementSibling: next }, key: 'ArrowDown', preventDefault: () => gone.push('the key is taken') }) as never;
  row.onClick(from(true));
  expect(gone).toEqual(['/applications/7']);
  row.onClick(from(false));
  row.onKeyDown(from(false));
  expect(gone).toEqual(['/applications/7']);
});
