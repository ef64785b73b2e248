import { describe, expect, it } from 'vitest';
import { turnstile } from './upload.ts';

describe('works that need memory', () => {
  it('run so many at once, in their order, and a failed one gives its place back', async () => {
    const through = turnstile(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const works = Array.from({ length: 9 }, (_, at) => through(async () => {
      order.push(at);
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((go) => setImmediate(go));
      inside -= 1;
      if (at === 1) throw new Error('failed');
      return at;
    }));
    const ended = await Promise.allSettled(works);
    expect(ended.filter((one) => one.status === 'rejected')).toHaveLength(1);
    expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5, 6, 7, 8]]);
    expect(await through(async () => 'again')).toBe('again');
  });
});
