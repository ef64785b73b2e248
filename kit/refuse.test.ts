import { expect, it } from 'vitest';
import { assert, refuse, Refusal } from './refuse.ts';

it('says no with a code, its values and the status 422', () => {
  try {
    refuse('VISIT_TOO_FAR', { distanceM: 301, allowedM: 300 });
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ code: 'VISIT_TOO_FAR', params: { distanceM: 301, allowedM: 300 }, status: 422, reasons: [], errors: [] });
    return;
  }
  expect.unreachable('refuse returned');
});

it('carries another status and the bad rows of an input', () => {
  const errors = [{ row: 3, column: 'birthOn', value: '31.2.1950', code: 'CELL_NOT_DAY' }];
  expect(() => refuse('FILE_ROWS', {}, { status: 409, errors })).toThrow(expect.objectContaining({ status: 409, errors }));
});

it('reports a bug as a plain error, never as a refusal', () => {
  expect(() => assert(false, 'a line has a price')).toThrow('a line has a price');
  try {
    assert(0, 'zero is false');
  } catch (error) {
    expect(error).not.toBeInstanceOf(Refusal);
  }
  expect(() => assert('x', 'never')).not.toThrow();
});
