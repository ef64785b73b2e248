/** The month's assessment fee: drafted and first reviewed by the insurer, reviewed again, paid by a third, read by the institution. */
import { expect } from '@playwright/test';
import { begin, finish, openRow } from '../desk.ts';
import { INSTITUTION } from './city.ts';
import type { City, Who } from './city.ts';

export async function payFees(city: City): Promise<void> {
  city.at('2027-01-05');
  const desk = await city.as('insurer', '/fees');
  await begin(desk, '生成月度结算单');
  await finish(desk, '生成月度结算单');
  await expect(desk).toHaveURL(/month=2026-12/);
  const owed = await desk.getByRole('row').filter({ hasText: INSTITUTION.name }).getByRole('cell').last().innerText();
  expect(Number(owed)).toBeGreaterThan(0);
  const act = async (who: Who, label: string) => {
    const page = await city.as(who, '/fees?month=2026-12');
    await openRow(page, INSTITUTION.name);
    await begin(page, label);
    await finish(page, label);
    return page;
  };
  await act('insurer', '初审通过');
  await act('reviewer', '复审通过');
  await expect((await act('cashier', '支付')).getByText('已支付').first()).toBeVisible();
  const own = await city.as('institution', '/fees');
  const row = own.getByRole('row').filter({ hasText: '2026-12' });
  await expect(row).toContainText('已支付');
  await expect(row).toContainText(owed);
  const books = await city.ask<{ balanced: boolean; bank: number }>(`SELECT sum(e.debit_fen) = sum(e.credit_fen) AS balanced, sum(e.credit_fen) FILTER (WHERE a.kind = 'asset')::int AS bank
    FROM ledger.entry e JOIN ledger.account a ON a.district_code = e.district_code AND a.code = e.account_code WHERE e.booked`);
  expect(books).toEqual([{ balanced: true, bank: Math.round(Number(owed) * 100) }]);
}
