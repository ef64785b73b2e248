/** Numbers of the past: counted here, then left to platform.number_series, so that the office goes on where the past ended. */
import type { Client } from './rows.ts';

export class Numbers {
  readonly #last = new Map<string, number>();

  /** The next number of a series and year, six digits. */
  next(series: string, year: string): string {
    const key = `${series} ${year}`;
    const number = (this.#last.get(key) ?? 0) + 1;
    this.#last.set(key, number);
    return String(number).padStart(6, '0');
  }

  async keep(client: Client): Promise<void> {
    for (const [key, last] of this.#last) {
      const [series, year] = key.split(' ');
      await client.query(`INSERT INTO platform.number_series (series, year, last) VALUES ($1, $2, $3) ON CONFLICT (series, year) DO UPDATE SET last = excluded.last WHERE platform.number_series.last < excluded.last`, [series, year, last]);
    }
  }
}
