import { expect, it } from 'vitest';
import { openTestHouse } from './testing.ts';

it('builds the server without a warning of the libraries it is made of', async () => {
  const warnings: string[] = [];
  const hear = (warning: Error) => warnings.push(`${warning.name}: ${warning.message}`);
  process.on('warning', hear);
  const house = await openTestHouse();
  await house.close();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', hear);
  expect(warnings.filter((one) => /deprecat/i.test(one))).toEqual([]);
});
