/** What comes in at the door: strange texts, foreign pages, days without rules; and what leaves it: the API's own description, compressed pages. */
import { readdirSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeRefusal } from '#platform/files/store-fault.ts';
import { startJobs, sweep } from '#platform/jobs/runner.ts';
import type { Module } from '#platform/module.ts';
import { policyRefusal } from '#platform/http/problem.ts';
import { buildServer } from '#platform/http/server.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import { openTestHouse } from './testing.ts';
import type { Caller, TestHouse } from './testing.ts';

const PERSON = { name: '王桂兰', identityNumber: '11010519491231002X', townshipCode: '990101001', community: '槐荫社区', address: '槐荫街道 1 号' };

describe('the door', () => {
  let house: TestHouse;
  let agency: Caller;
  beforeAll(async () => {
    house = await openTestHouse();
    agency = await house.signedIn({ signInName: 'agency-01', displayName: '林静', role: 'agencyOfficer', area: '990101' });
  });
  afterAll(() => house.close());

  test('describes every endpoint in a valid OpenAPI 3.1 document, refusals and files included', async () => {
    const document = (await house.outsider('GET', '/api/openapi.json')).json() as { openapi: string; paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>> };
    expect(document.openapi).toMatch(/^3\.1/);
    const result = await new Validator().validate(document);
    expect(result.valid, JSON.stringify(result.errors ?? null).slice(0, 2000)).toBe(true);
    const letter = document.paths['/api/conclusions/{id}/letter.pdf']!['get']!;
    expect(Object.keys(letter.responses['200']!.content!)).toEqual(['application/pdf']);
    expect(Object.keys(letter.responses['4XX']!.content!)).toEqual(['application/problem+json']);
  });

  test('refuses a text of blanks where something must be written', async () => {
    const answer = await agency('POST', '/api/people', { ...PERSON, name: '   ' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'INPUT_WRONG', errors: [{ column: 'name' }] });
  });

  test('refuses a character that no database keeps, with its place, signed in or not', async () => {
    const inside = await agency('POST', '/api/people', { ...PERSON, address: 'a\u0000b' });
    expect(inside.json()).toMatchObject({ status: 400, errors: [{ column: 'address', code: 'TEXT_CHARACTER' }] });
    expect((await house.outsider('POST', '/api/session', { signInName: '\u0000', password: 'x' })).statusCode).toBe(400);
    expect((await house.outsider('GET', '/api/public/institutions?q=%00')).statusCode).toBe(400);
  });

  test('refuses a writing request from another site, and from a page without an origin', async () => {
    for (const origin of ['https://elsewhere.example', 'null']) {
      const answer = await agency('POST', '/api/people', PERSON, { origin });
      expect(answer.statusCode).toBe(403);
      expect(answer.json().code).toBe('ORIGIN_FOREIGN');
    }
  });

  test('takes a writing request from the address that people use, also where a proxy names another host', async () => {
    const answer = await agency('POST', '/api/people', PERSON, { origin: house.platform.publicUrl, host: 'changhu.internal' });
    expect(answer.statusCode).toBe(200);
  });

  test('lets one address ask without sign-in so often a minute, then says when to come again; others and the signed-in go on', async () => {
    const server = await buildServer({ platform: house.platform, modules: house.modules, words: house.words, secret: 'x'.repeat(40), clock: () => house.clock.now, logLevel: 'silent', publicPerMin: 3, version: 'test' });
    const ask = (url: string, remoteAddress = '192.0.2.1') => server.inject({ url, remoteAddress });
    for (let i = 0; i < 3; i += 1) expect((await ask('/api/public/institutions')).statusCode).toBe(200);
    const refused = await ask('/api/public/institutions');
    expect(refused.json()).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS', title: expect.stringMatching(/请 \d+ 秒后再试/) });
    expect((await ask('/api/public/institutions', '192.0.2.2')).statusCode).toBe(200);
    expect((await ask('/api/people')).statusCode).toBe(401);
    await server.close();
  });

  test('limits tries to sign in and to use a link in the same way', async () => {
    const server = await buildServer({ platform: house.platform, modules: house.modules, words: house.words, secret: 'x'.repeat(40), clock: () => house.clock.now, logLevel: 'silent', publicPerMin: 2, version: 'test' });
    const tries: [string, object][] = [['/api/session', { signInName: 'nobody', password: 'wrong' }], ['/api/activation', { token: 'x'.repeat(30), password: 'wrong' }]];
    for (const [url, payload] of tries) {
      const answers = [];
      for (let i = 0; i < 3; i += 1) answers.push((await server.inject({ method: 'POST', url, payload, remoteAddress: '192.0.2.9' })).statusCode);
      expect(answers.at(-1)).toBe(429);
      expect(answers.slice(0, 2)).not.toContain(429);
    }
    await server.close();
  });

  test('leaves nothing of what somebody may read in a cache, and lets no page grow old', async () => {
    for (const [ask, url] of [[agency, '/api/people'], [agency, '/api/people/none'], [house.outsider, '/api/people']] as const) expect((await ask('GET', url)).headers['cache-control']).toBe('private, no-store');
    for (const url of ['/', '/office/', '/office/people', '/assess/index.html']) expect((await house.outsider('GET', url)).headers['cache-control']).toBe('no-cache');
  });

  test('refuses half a character and a strange name of a field, which no database keeps either', async () => {
    expect((await agency('POST', '/api/people', { ...PERSON, address: '\ud842' })).json()).toMatchObject({ status: 400, errors: [{ column: 'address', code: 'TEXT_CHARACTER' }] });
    expect((await agency('POST', '/api/people', { ...PERSON, address: '𠮷' , 'a\u0000': 1 })).statusCode).toBe(400);
  });

  test('takes one file and nothing beside it, none that is too large, and leaves nothing of it on disk', async () => {
    const post = (parts: Buffer[]) => agency('POST', '/api/visits/intake?format=csv&district=990101', Buffer.concat([...parts, Buffer.from('--border--\r\n')]), { 'content-type': 'multipart/form-data; boundary=border' });
    const part = (name: string, bytes: Buffer, more = '') => Buffer.concat([Buffer.from(`--border\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
    const file = (bytes: Buffer) => part('file', bytes, '; filename="table.csv"');
    expect((await post([part('note', Buffer.alloc(1000, 'a')), file(Buffer.from('a,b'))])).statusCode).toBe(413);
    expect((await post([file(Buffer.alloc(20 * 1024 * 1024 + 1, 'a'))])).json()).toMatchObject({ status: 413, code: 'TOO_LARGE', params: { maxMiB: 20 } });
    expect((await post([file(Buffer.from('no table'))])).statusCode).toBe(422);
    expect(readdirSync(`${house.platform.files.folder}/.incoming`)).toEqual([]);
    expect((await agency('POST', '/api/people', { name: 'a'.repeat(3 * 1024 * 1024) })).json()).toMatchObject({ code: 'TOO_LARGE', params: { maxMiB: 2 } });
  });

  test('says what a disk without room and a database that is away mean, and calls nothing else so', () => {
    const told = ['ENOSPC', '53100', 'EROFS', 'EACCES', '57P01', 'ECONNREFUSED', 'ENOENT', undefined].map((code) => storeRefusal({ code }));
    expect(told.map((one) => one && [one.code, one.status])).toEqual([['STORE_FULL', 507], ['STORE_FULL', 507], ['STORE_CLOSED', 503], ['STORE_CLOSED', 503], ['STORE_AWAY', 503], ['STORE_AWAY', 503], undefined, undefined]);
  });

  test('waits for no request longer than five minutes', () => {
    expect(house.server.server.requestTimeout).toBe(300_000);
  });

  test('says that no rule is in force on a day before the first document', async () => {
    const answer = await house.signedIn({ signInName: 'accountant-01', displayName: '罗建萍', role: 'fundAccountant', area: '990101' }).then((call) => call('GET', '/api/ledger/chart?on=1900-01-01'));
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'POLICY_NOT_YET', params: { on: '1900-01-01' } });
    expect(answer.json().title).toMatch(/^“\p{Script=Han}+”自 \d{4}-\d\d-\d\d 起才有规定/u);
    expect(policyRefusal(new PolicyProblem([{ file: 'policy/cities/x/assessments/y.yaml', what: 'is missing.' }]))).toMatchObject({ code: 'POLICY_MISSING', params: { what: 'is missing.' } });
  });

  test('keeps an account locked however many wrong passwords arrive at once', async () => {
    await house.signedIn({ signInName: 'township-01', displayName: '胡晓东', role: 'townshipOfficer', area: '990101001' });
    const burst = Array.from({ length: 12 }, () => house.outsider('POST', '/api/session', { signInName: 'township-01', password: 'wrong' }));
    await Promise.all(burst);
    const after = await house.outsider('POST', '/api/session', { signInName: 'township-01', password: 'a long enough test password' });
    expect(after.json().code).toBe('ACCOUNT_LOCKED');
  });

  test('answers an address that cannot be read as a problem too', async () => {
    const answer = await house.outsider('GET', '/%F0');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  test('sweeps out ended sessions and old answers, and nothing that still serves', async () => {
    const { owner } = house.platform.databases;
    const count = async (): Promise<number[]> => (await owner.query<{ n: number[] }>('SELECT ARRAY[(SELECT count(*) FROM identity.session), (SELECT count(*) FROM platform.repeat_key)]::int[] AS n')).rows[0]!.n;
    await agency('POST', '/api/people', { ...PERSON, name: '李建国', identityNumber: '440524188001010014' }, { 'idempotency-key': 'sweep-0001' });
    const before = await count();
    expect(before.every((n) => n > 0)).toBe(true);
    await sweep(house.platform, house.clock.now);
    expect(await count()).toEqual(before);
    await sweep(house.platform, new Date(house.clock.now.getTime() + 31 * 86_400_000));
    expect(await count()).toEqual([before[0], 0]);
    // Sessions live by the wall clock, which the store reads itself.
    await sweep(house.platform, new Date(Date.now() + 86_400_000));
    expect(await count()).toEqual([0, 0]);
  });

  test('makes up at the start for a nightly time that fell into a stop of the server, once, and for none before that', async () => {
    const { owner } = house.platform.databases;
    let runs = 0;
    const night: Module = { name: 'night', contract: {}, routes: {}, policy: [], on: [], reruns: {}, words: new URL('./', import.meta.url), timed: [{ job: 'night.watch', cron: '5 0 * * *', run: async () => void (runs += 1) }] };
    await owner.query("INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution) VALUES ('night.watch', now() - interval '9 days', now() - interval '8 days')");
    const jobs = await startJobs([night], house.platform, () => house.clock.now);
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(1).finally(() => jobs.stop());
    expect(runs).toBe(1);
  });

  test('gives back at the start what a killed server had claimed, and takes nothing from one that runs', async () => {
    const { owner } = house.platform.databases;
    let runs = 0;
    const night: Module = { name: 'claimed', contract: {}, routes: {}, policy: [], on: [], reruns: {}, words: new URL('./', import.meta.url), timed: [{ job: 'claimed.work', cron: '5 0 * * *', run: async () => void (runs += 1) }] };
    // As one statement list, which is one transaction: nobody may take the job in between.
    const claim = (by: string) => owner.query(`SELECT graphile_worker.add_job('claimed.work');
      UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = '${by}' WHERE locked_by IS NULL AND task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'claimed.work')`);
    await claim('a killed worker');
    const first = await startJobs([night], house.platform, () => house.clock.now);
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(1);
    await claim('a worker of the server that runs');
    const second = await startJobs([night], house.platform, () => house.clock.now);
    expect((await owner.query("SELECT FROM graphile_worker.jobs WHERE locked_by = 'a worker of the server that runs'")).rowCount).toBe(1);
    await Promise.all([first.stop(), second.stop()]);
  });

  test('does a job once that two servers get at the same time, and one whose server died before it told the queue', async () => {
    const { owner } = house.platform.databases;
    let [runs, fails] = [0, 1];
    const gate = Promise.withResolvers<void>();
    const work = async (): Promise<void> => {
      runs += 1;
      await gate.promise;
      if (fails-- > 0) throw new Error('tried again: what was rolled back is not done');
    };
    const night: Module = { name: 'twice', contract: {}, routes: {}, policy: [], on: [], reruns: {}, words: new URL('./', import.meta.url), timed: [{ job: 'twice.work', cron: '5 0 * * *', run: work }] };
    const jobs = async (): Promise<{ id: string; revision: number; attempts: number }[]> => (await owner.query("SELECT id, revision, attempts FROM graphile_worker.jobs WHERE task_identifier = 'twice.work'")).rows;
    const first = await startJobs([night], house.platform, () => house.clock.now);
    await owner.query("SELECT graphile_worker.add_job('twice.work')");
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(1);
    // As a server does that finds itself alone after the database was restarted.
    const handOver = () => owner.query("UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, run_at = now() WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'twice.work')");
    await handOver();
    const second = await startJobs([night], house.platform, () => house.clock.now);
    await expect.poll(async () => (await jobs())[0]?.attempts, { timeout: 10_000 }).toBe(2);
    expect(runs).toBe(1);
    gate.resolve();
    // The first fails and is rolled back, so the one that waited does it.
    await expect.poll(jobs, { timeout: 10_000 }).toEqual([]);
    expect(runs).toBe(2);
    await Promise.all([first.stop(), second.stop()]);
    // Its work is committed, the queue was not told.
    await owner.query("SELECT graphile_worker.add_job('twice.work')");
    const left = (await jobs())[0]!;
    await owner.query('INSERT INTO platform.job_done (job_id, revision, at) VALUES ($1, $2, now())', [left.id, left.revision]);
    const third = await startJobs([night], house.platform, () => house.clock.now);
    await expect.poll(jobs, { timeout: 10_000 }).toEqual([]).finally(() => third.stop());
    expect(runs).toBe(2);
  });

  test('sends the pages compressed to whoever takes them so', async () => {
    const page = await house.outsider('GET', '/', undefined, { 'accept-encoding': 'gzip' });
    expect(page.statusCode).toBe(200);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec((await house.outsider('GET', '/')).body)?.[1];
    const answer = await house.outsider('GET', script!, undefined, { 'accept-encoding': 'gzip' });
    expect(answer.headers['content-encoding']).toBe('gzip');
  });
});
