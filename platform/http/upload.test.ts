import { describe, expect, it } from 'vitest';
import { turnstile } from './upload.ts';

describe('works that need memory', () => {
  it('go in while there is room, in their order, the heaviest alone, and a failed one gives its room back', async () => {
    const through = turnstile(10);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const weights = [5, 5, 3, 99, 2, 8, 1, 10, 4];
    const works = weights.map((weight, at) => through(weight, async () => {
      order.push(at);
      inside += weight;
      most = Math.max(most, weight === 99 ? 0 : inside);
      if (weight === 99) expect(inside).toBe(99);
      await new Promise((go) => setImmediate(go));
      inside -= weight;
      if (at === 1) throw new Error('failed');
    }));
    const ended = await Promise.allSettled(works);
    expect(ended.filter((one) => one.status === 'rejected')).toHaveLength(1);
    expect([most, order]).toEqual([10, [0, 1, 2, 3, 4, 5, 6, 7, 8]]);
    expect(await through(1, async () => 'again')).toBe('again');
  });
});
