/** Who uses the embedded server now: each user leaves a file; the last one to leave stops the server. */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place.ts';
import { processMark } from './processes.ts';
import type { Say } from './say.ts';

/** Registers this process as a user and returns the name of its registration. */
export function registerUser(place: Place): string {
  const name = `${process.pid}-${randomUUID().slice(0, 8)}`;
  writeFileSync(join(place.base, 'users', name), processMark(process.pid) ?? '');
  return name;
}

/** Takes the registration back and says whether somebody else still uses the server; forgets dead users. */
export function leave(place: Place, name: string): { othersLeft: boolean } {
  const folder = join(place.base, 'users');
  rmSync(join(folder, name), { force: true });
  let othersLeft = false;
  for (const other of readdirSync(folder)) {
    const file = join(folder, other);
    if (markIn(file) === processMark(Number.parseInt(other, 10))) othersLeft = true;
    else rmSync(file, { force: true });
  }
  return { othersLeft };
}

function markIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Runs the work while no other process opens or closes the same place. The lock is a listening local socket, which the
 * system takes back by itself however the holder ends.
 */
export async function alone<T>(place: Place, say: Say, work: () => Promise<T>): Promise<T> {
  const path = lockPath(place);
  let lock: Server | undefined;
  for (let tries = 0; !(lock = await tryListen(path)); tries++) {
    if (tries === 40) say({ zh: '另一条命令正在打开数据库，请稍候 …', en: 'Another command is opening the database; waiting for it …' });
    if (!path.startsWith('\0') && !(await answers(path))) rmSync(path, { force: true });
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    await new Promise((done) => lock.close(done));
  }
}

function lockPath(place: Place): string {
  if (process.platform !== 'linux') return join(place.base, 'lock');
  return `\0changhu-${createHash('sha256').update(place.base).digest('hex').slice(0, 32)}`;
}

function tryListen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen({ path }, () => resolve(server));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path }, () => resolve((socket.destroy(), true)));
    socket.once('error', () => resolve(false));
  });
}
