/** A server of its own process for the test that kills it: database, folder of files, port and the standing clock come from the environment. */
import { buildServer } from '#platform/http/server.ts';
import { openHouse } from '#server/house.ts';
import { modules } from '#server/modules.ts';

const told = (name: string): string => process.env[name] ?? fail(name);

function fail(name: string): never {
  throw new Error(`${name} is not set: this server is started by kill.test.ts`);
}

const house = await openHouse({ databaseUrl: told('STORM_DATABASE_URL'), filesDir: told('STORM_FILES'), poolSize: 10 });
const now = new Date(told('STORM_NOW'));
const server = await buildServer({ platform: house.platform, modules, words: house.words, secret: told('STORM_SECRET'), clock: () => now, logLevel: 'silent', version: 'test' });
await server.listen({ port: Number(told('STORM_PORT')), host: '127.0.0.1' });
process.send?.('listening');
