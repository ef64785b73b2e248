/** The server dies in the middle of the sync, several times: what it acknowledged is there, and every answer is there once. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { faultsAfter, faultsOf } from './testing-ledger.ts';
import { bringHome, chanceOf, handOutPhones, nothingYet } from './testing-phones.ts';
import { wholeVisit } from './testing.ts';

const PHONES = 24;
const KILLS = 2;
const SECRET = 'x'.repeat(40);
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));

let office: TestOffice;
let port: number;
let child: ChildProcess | undefined;

beforeAll(async () => {
  office = await openTestOffice('2026-12-08T02:00:00Z');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  port = (probe.address() as AddressInfo).port;
  probe.close();
  await once(probe, 'close');
});
afterAll(async () => {
  await kill();
  await office?.house.close();
});

async function start(): Promise<void> {
  const { house } = office;
  const env = { ...process.env, STORM_DATABASE_URL: house.url, STORM_FILES: house.platform.files.folder, STORM_NOW: house.clock.now.toISOString(), STORM_PORT: String(port), STORM_SECRET: SECRET };
  child = fork(fileURLToPath(new URL('testing-server.ts', import.meta.url)), { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (message !== 'listening') throw new Error(`the server of its own process did not start: ${String(message)}`);
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

it(`${KILLS} times killed while ${PHONES} phones sync, the server loses nothing that it acknowledged and keeps nothing twice (seed ${seed})`, async () => {
  const chance = chanceOf(seed);
  const phones = await handOutPhones(office, PHONES, await wholeVisit(office), SECRET, seed);
  const { owner } = office.house.platform.databases;
  const known = nothingYet();
  await start();
  const uploads = (): number => known.pieces.size + known.evidence.size;
  let over = false;
  const home = Promise.all(phones.map((phone, at) => bringHome(`http://127.0.0.1:${port}`, phone, chanceOf(seed + at), known))).finally(() => (over = true));
  // A phone that gives up is told where all are awaited, below.
  home.catch(() => undefined);
  const early: number[] = [];
  for (let round = 0; round < KILLS && !over; round += 1) {
    // Killed by progress and not by time, so that each death falls into the middle of the sync however fast the machine is.
    const target = uploads() + (PHONES * 9 * (0.5 + chance())) / (KILLS + 3);
    while (uploads() < target && !over) await new Promise((resolve) => setTimeout(resolve, 5));
    if (over) break;
    await kill();
    early.push(uploads());
    // What was acknowledged up to here is there although nobody had time to tidy up.
    expect(await faultsAfter(owner, office.house.platform.files, known)).toEqual([]);
    await start();
  }
  const lines = await home;
  console.log(`seed ${seed}: killed ${early.length} times after ${early.join(', ')} uploads of ${PHONES * 9}; ${lines.reduce((sum, line) => sum + line.sent, 0)} requests, ${lines.reduce((sum, line) => sum + line.broken, 0)} without an answer`);
  expect(early.length, 'the server was killed while phones were still sending').toBe(KILLS);
  expect(await faultsAfter(owner, office.house.platform.files, known)).toEqual([]);
  expect(await faultsOf(owner, phones)).toEqual([]);
}, 300_000);
