/** Two hundred phones sync at once with a server that listens: nothing is lost, nothing is there twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { faultsAfter, faultsOf } from './testing-ledger.ts';
import { bringHome, chanceOf, handOutPhones, nothingYet } from './testing-phones.ts';
import { wholeVisit } from './testing.ts';

const PHONES = Number(process.env['PHONES'] ?? 200);
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice('2026-12-08T02:00:00Z');
});
afterAll(async () => {
  // The phones keep their connections open; nobody waits for them to fall asleep.
  office?.house.server.server.closeAllConnections();
  await office?.house.close();
});

it(`${PHONES} phones that lose answers, repeat and send in any order bring every visit home once (seed ${seed})`, async () => {
  const base = await office.house.server.listen({ port: 0, host: '127.0.0.1' });
  const phones = await handOutPhones(office, PHONES, await wholeVisit(office), 'x'.repeat(40), seed);
  const known = nothingYet();
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const lines = await Promise.all(phones.map((phone, at) => bringHome(base, phone, chanceOf(seed + at), known)));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const sent = lines.reduce((sum, line) => sum + line.sent, 0);
  const broken = lines.reduce((sum, line) => sum + line.broken, 0);
  console.log(`seed ${seed}: ${PHONES} phones, ${sent} requests, ${broken} of them without an answer, ${seconds.toFixed(1)} s, of which this process computed ${((user + system) / 1e6).toFixed(1)} s`);
  const { owner } = office.house.platform.databases;
  expect(await faultsAfter(owner, office.house.platform.files, known)).toEqual([]);
  expect(await faultsOf(owner, phones)).toEqual([]);
  expect(known.assessments.size).toBe(PHONES);
  expect(broken, 'some answers were lost on the way').toBeGreaterThan(0);
}, 300_000);
