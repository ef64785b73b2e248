/** What the operating system says about processes; needed because process numbers are used again after a crash. */
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PROC = existsSync('/proc/self/stat');

/** A process number with its start time, so that a reused number is told apart; undefined when no such process runs. */
export function processMark(pid: number): string | undefined {
  if (PROC) {
    const fields = procFields(pid);
    // After the name: field 3 is the state (Z: dead, not yet collected), field 22 the start time.
    return fields && fields[0] !== 'Z' && fields[0] !== 'X' ? `${pid} ${fields[19] ?? ''}` : undefined;
  }
  return answersSignal(pid) ? `${pid}` : undefined;
}

export function isAlive(pid: number): boolean {
  return processMark(pid) !== undefined;
}

/** Does this process work in this folder, as every PostgreSQL process does in its data directory? */
export function worksIn(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  if (!PROC) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Waits until no process works in the folder any more (the children of a killed PostgreSQL end by themselves). */
export async function untilDeserted(folder: string, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; ; await sleep(50)) {
    const left = PROC && readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), folder));
    if (!left) return true;
    if (Date.now() > end) return false;
  }
}

export async function untilGone(pid: number, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(20)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

function procFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
