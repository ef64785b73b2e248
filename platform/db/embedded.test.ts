import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#kit/refuse.ts';
import { checkServer, openDatabase, openEmbedded, type OpenDatabase } from './embedded.ts';
import { isAlive, untilGone } from './embedded/processes.ts';

const embedded = join(import.meta.dirname, 'embedded.ts');
const said: string[] = [];
const log = ({ en }: { en: string }): void => void said.push(en);
let top: string;
let dataDir: string;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'changhu-embedded-'));
  chmodSync(top, 0o755);
  dataDir = join(top, 'data');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const openIt = (): Promise<OpenDatabase> => openEmbedded({ dataDir, forTests: true, log });
const serverPid = (): number => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<{ answer: unknown }>(sql);
    return result.rows?.[0]?.answer;
  } finally {
    await client.end();
  }
}

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Another process that opens the same folder, says so, and stays. */
async function anotherUser(end: 'SIGKILL' | 'SIGTERM'): Promise<{ started: boolean; end(): Promise<void> }> {
  const script = `import { openEmbedded } from ${JSON.stringify(embedded)};
    const database = await openEmbedded({ dataDir: ${JSON.stringify(dataDir)}, forTests: true, log: () => {} });
    console.log(database.started); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { cwd: join(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', (code) => reject(new Error(`the other process ended with ${code} before it opened the database`)));
  });
  return { started: line === 'true', end: async () => void (child.kill(end), await ended) };
}

describe('the embedded PostgreSQL', () => {
  it('makes a database in an empty folder, keeps its secret to itself and comes back with the data on the same port', async () => {
    const first = await openIt();
    expect(first.started).toBe(true);
    await ask(first.url, `create table kept as select '护理' as word`);
    const pid = serverPid();
    await first.close();
    expect(isAlive(pid)).toBe(false);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);

    const second = await openIt();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select word as answer from kept')).toBe('护理');
    expect(await ask(second.url, `select current_setting('server_encoding') || current_setting('timezone') as answer`)).toBe('UTF8UTC');
    await second.close();
  });

  it('takes another port when somebody else sits on the remembered one', async () => {
    const remembered = (JSON.parse(readFileSync(join(dataDir, 'changhu.json'), 'utf8')) as { port: number }).port;
    const squatter = createServer().listen(remembered, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const database = await openIt();
    expect(Number(new URL(database.url).port)).not.toBe((squatter.address() as AddressInfo).port);
    expect(await ask(database.url, 'select 1 as answer')).toBe(1);
    await database.close();
    await new Promise((resolve) => squatter.close(resolve));
  });

  it('is shared by two processes and stopped by the one that leaves last', async () => {
    const other = await anotherUser('SIGTERM');
    expect(other.started).toBe(true);
    const mine = await openIt();
    expect(mine.started).toBe(false);
    const pid = serverPid();
    await other.end();
    expect(await ask(mine.url, 'select 1 as answer')).toBe(1);
    await mine.close();
    expect(isAlive(pid)).toBe(false);
    expect(readdirSync(join(dataDir, 'users'))).toEqual([]);
  });

  it('stops with a process that ends without closing it', async () => {
    const other = await anotherUser('SIGTERM');
    const pid = serverPid();
    await other.end();
    expect(await untilGone(pid, 10_000)).toBe(true);
  });

  it('takes over the server that outlived a killed process', async () => {
    const other = await anotherUser('SIGKILL');
    const pid = serverPid();
    await other.end();
    expect(isAlive(pid)).toBe(true);
    const mine = await openIt();
    expect(mine.started).toBe(false);
    await mine.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('recovers after PostgreSQL itself was killed, even when its process number now belongs to another program', async () => {
    const before = await openIt();
    await ask(before.url, 'create table survives as select 7 as answer');
    const pid = serverPid();
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    process.kill(pid, 'SIGKILL');
    await untilGone(pid, 5000);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)));
    const after = await openIt();
    expect(after.started).toBe(true);
    expect(await ask(after.url, 'select answer from survives')).toBe(7);
    await before.close();
    expect(await ask(after.url, 'select 1 as answer')).toBe(1);
    await after.close();
    expect(existsSync(file)).toBe(false);
  });
});

describe('a data folder that cannot be used', () => {
  it('refuses a folder with a PostgreSQL that is not ours', async () => {
    const folder = join(top, 'foreign');
    mkdirSync(folder);
    writeFileSync(join(folder, 'PG_VERSION'), '15\n');
    expect(await refusalOf(openEmbedded({ dataDir: folder, log }))).toMatchObject({ code: 'DATABASE_FOLDER_FOREIGN', params: { folder } });
  });

  it('refuses a file where the folder should be', async () => {
    const file = join(top, 'file');
    writeFileSync(file, '');
    expect((await refusalOf(openEmbedded({ dataDir: file, log }))).code).toBe('DATABASE_FOLDER_FOREIGN');
  });

  it('refuses a database of another PostgreSQL version and names both', async () => {
    const folder = ours('older');
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '14\n');
    expect(await refusalOf(openEmbedded({ dataDir: folder, log }))).toMatchObject({ code: 'DATABASE_FOLDER_OTHER_VERSION', params: { found: 14, wanted: 18 } });
    expect(readdirSync(join(folder, 'users'))).toEqual([]);
  });

  it('refuses a database whose files are missing', async () => {
    expect((await refusalOf(openEmbedded({ dataDir: ours('empty'), log }))).code).toBe('DATABASE_FOLDER_DAMAGED');
  });

  it('refuses a database whose password file is lost', async () => {
    const folder = ours('secretless');
    rmSync(join(folder, 'secret'));
    expect((await refusalOf(openEmbedded({ dataDir: folder, log }))).code).toBe('DATABASE_SECRET_MISSING');
  });

  it('refuses a database with a broken control file and shows what PostgreSQL says', async () => {
    truncateSync(join(dataDir, 'postgres', 'global', 'pg_control'), 100);
    const refusal = await refusalOf(openIt());
    expect(refusal.code).toBe('DATABASE_FOLDER_DAMAGED');
    expect(refusal.params['detail']).toMatch(/pg_control/);
  });

  /** A folder of ours with an empty database in it. */
  function ours(name: string): string {
    const folder = join(top, name);
    mkdirSync(join(folder, 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'changhu.json'), '{"what":"changhu"}');
    appendFileSync(join(folder, 'secret'), 'x\n');
    return folder;
  }
});

describe('a server named by DATABASE_URL', () => {
  it('is used as it is when it is new enough', async () => {
    const url = process.env['TEST_DATABASE_URL'] ?? '';
    const database = await openDatabase({ DATABASE_URL: url }, log);
    expect(database).toMatchObject({ url, started: false });
    await database.close();
    await checkServer(url);
  });

  it('is refused with its address, and without its password, when nobody answers', async () => {
    const refusal = await refusalOf(openDatabase({ DATABASE_URL: 'postgresql://me:hidden@127.0.0.1:1/none' }, log));
    expect(refusal.code).toBe('DATABASE_UNREACHABLE');
    expect(JSON.stringify(refusal.params)).toContain('127.0.0.1:1/none');
    expect(JSON.stringify(refusal.params)).not.toContain('hidden');
  });

  it('is refused when it is older than PostgreSQL 15', async () => {
    const old = await serverThatSays('140005');
    const refusal = await refusalOf(openDatabase({ DATABASE_URL: `postgresql://me@127.0.0.1:${old.port}/x?sslmode=disable` }, log));
    expect(refusal).toMatchObject({ code: 'DATABASE_TOO_OLD', params: { found: 14, wanted: 15 } });
    old.stop();
  });

  it('is refused when it keeps text in another encoding than UTF-8', async () => {
    const server = process.env['TEST_DATABASE_URL'] ?? '';
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    const name = `test_${process.pid}_ascii`;
    await client.query(`CREATE DATABASE ${name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`);
    const refusal = await refusalOf(checkServer(server.replace(/\/[^/]*$/, `/${name}`)));
    expect(refusal).toMatchObject({ code: 'DATABASE_NOT_UTF8', params: { encoding: 'SQL_ASCII' } });
    await client.query(`DROP DATABASE ${name}`);
    await client.end();
  });

  it('is refused when the address cannot be read', async () => {
    expect((await refusalOf(checkServer('postgresql://me@[oops/none'))).code).toBe('DATABASE_URL_UNREADABLE');
  });
});

/** A listener that speaks just enough of PostgreSQL's protocol to answer the version question. */
async function serverThatSays(version: string): Promise<{ port: number; stop(): void }> {
  const message = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const i16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
  const i32 = (value: number): Buffer => Buffer.from([0, 0, value >> 8, value & 255]);
  const field = (name: string): Buffer => Buffer.concat([Buffer.from(`${name}\0`), i32(0), i16(0), i32(25), i16(-1 & 0xffff), Buffer.from([255, 255, 255, 255]), i16(0)]);
  const value = (text: string): Buffer => Buffer.concat([i32(text.length), Buffer.from(text)]);
  const idle = message('Z', Buffer.from('I'));
  const answer = Buffer.concat([
    message('T', i16(2), field('version'), field('encoding')),
    message('D', i16(2), value(version), value('UTF8')),
    message('C', Buffer.from('SELECT 1\0')),
    idle,
  ]);
  const server = createServer((socket) => {
    let greeted = false;
    socket.on('data', (data) => {
      if (greeted && data[0] === 0x58) return void socket.end();
      socket.write(greeted ? answer : Buffer.concat([message('R', i32(0)), idle]));
      greeted = true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() };
}
