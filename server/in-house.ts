/** Opens the house for a command: the database (embedded or DATABASE_URL), migrated; closes both when the work is over. */
import { openDatabase } from '#platform/db/embedded.ts';
import { openHouse, prepareDatabase } from './house.ts';
import type { House } from './house.ts';

/** Runs a command's work in an open house. Sentences about the database go to the error stream, so that the output stays clean. */
export async function inHouse<T>(work: (house: House, databaseUrl: string) => Promise<T>): Promise<T> {
  const database = await openDatabase(process.env, (one) => process.stderr.write(`${one.zh}  ${one.en}\n`));
  try {
    const city = process.env['CITY'] || 'qinghe';
    await prepareDatabase(database.url, city);
    const house = await openHouse({ databaseUrl: database.url, city, ...(process.env['APP_DATABASE_URL'] ? { appDatabaseUrl: process.env['APP_DATABASE_URL'] } : {}) });
    try {
      return await work(house, database.url);
    } finally {
      await house.close();
    }
  } finally {
    await database.close();
  }
}
