import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODE_VERSION } from './own-node.mjs';

/** A project of one command, `bench`, with everything installed: only bin/ is the real thing. */
let root: string;

const COMMAND = `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { Refusal } from '#kit/refuse.ts';
export async function run(args: string[]): Promise<number> {
  if (args[0] === 'refuse') throw new Refusal('TOO_FAR', { distanceM: 301 });
  if (args[0] === 'break') throw new Error('a bug');
  if (args[0] === 'wait') {
    const log = args[1] ?? '';
    const ended = Promise.withResolvers<void>();
    process.on('SIGINT', () => { appendFileSync(log, 'SIGINT '); setTimeout(ended.resolve, 300); });
    process.on('SIGTERM', () => { appendFileSync(log, 'SIGTERM '); ended.resolve(); });
    const alive = setInterval(() => {}, 1000);
    console.log(process.pid);
    await ended.promise;
    clearInterval(alive);
    appendFileSync(log, 'closed');
    return 3;
  }
  console.log(JSON.stringify({ args, node: process.version }));
  return 7;
}`;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'changhu-bin-'));
  const project = join(import.meta.dirname, '..');
  cpSync(join(project, 'bin'), join(root, 'bin'), { recursive: true });
  cpSync(join(project, 'kit'), join(root, 'kit'), { recursive: true });
  cpSync(join(project, 'package.json'), join(root, 'package.json'));
  mkdirSync(join(root, 'commands'));
  writeFileSync(join(root, 'commands', 'bench.ts'), COMMAND);
  mkdirSync(join(root, 'domain', 'visits'), { recursive: true });
  writeFileSync(join(root, 'domain', 'visits', 'zh.yaml'), 'refusals: { TOO_FAR: "距离 {{distanceM}} 米，太远。" }');
  writeFileSync(join(root, 'domain', 'visits', 'en.yaml'), 'refusals: { TOO_FAR: "{{distanceM}} m is too far." }');
  const lock = '{"packages":{}}';
  writeFileSync(join(root, 'package-lock.json'), lock);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(project, 'node_modules', 'yaml'), join(root, 'node_modules', 'yaml'));
  writeFileSync(join(root, 'node_modules', '.lock-sha256'), createHash('sha256').update(lock).digest('hex'));
  const node = join(root, '.tools', 'node', 'node_modules', `node-${process.platform}-${process.arch}`);
  mkdirSync(join(node, 'bin'), { recursive: true });
  writeFileSync(join(node, 'package.json'), JSON.stringify({ version: NODE_VERSION }));
  symlinkSync(process.execPath, join(node, 'bin', 'node'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'bin', 'run.mjs'), ...args], { encoding: 'utf8' });
}

/** Starts the waiting command; answers with its process number once it runs. */
async function wait(log: string): Promise<{ runner: ChildProcess; pid: number; code: Promise<number | null> }> {
  const runner = spawn(process.execPath, [join(root, 'bin', 'run.mjs'), 'bench', 'wait', log], { stdio: ['ignore', 'pipe', 'inherit'] });
  const code = new Promise<number | null>((resolve) => runner.once('exit', resolve));
  const pid = await new Promise<number>((resolve) => runner.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString()))));
  return { runner, pid, code };
}

describe('node bin/run.mjs', () => {
  it('passes the arguments to the command and its exit code back', () => {
    const { status, stdout } = run('bench', '--month', '2026-09', '-x');
    expect(status).toBe(7);
    expect(JSON.parse(stdout)).toEqual({ args: ['--month', '2026-09', '-x'], node: process.version });
  });

  it('prints a refusal as its sentence in Chinese and English, and nothing else', () => {
    expect(run('bench', 'refuse')).toMatchObject({ status: 1, stderr: '距离 301 米，太远。\n301 m is too far.\n' });
  });

  it('shows a bug with the place where it happened', () => {
    const { status, stderr } = run('bench', 'break');
    expect(status).toBe(1);
    expect(stderr).toMatch(/a bug\n\s+at .*bench\.ts:\d+/);
  });

  it('lists the commands when the asked one is not there', () => {
    const { status, stderr } = run('bensh');
    expect(status).toBe(1);
    expect(stderr).toContain('There is no command "bensh".');
    expect(stderr).toMatch(/npm run bench .* measure the speed of the close/);
    expect(run('--help').status).toBe(0);
  });

  it('hands a Ctrl-C to the command once, though the terminal and npm both send it, and lets it finish', async () => {
    const log = join(root, 'once.log');
    const { runner, code } = await wait(log);
    runner.kill('SIGINT');
    await sleep(50);
    runner.kill('SIGINT');
    expect(await code).toBe(3);
    expect(readFileSync(log, 'utf8')).toBe('SIGINT closed');
  });

  it('has the command stop in order when it is killed itself', async () => {
    const log = join(root, 'killed.log');
    const { runner, code } = await wait(log);
    runner.kill('SIGKILL');
    await code;
    for (let tries = 0; tries < 100; tries++) {
      await sleep(50);
      if (readIfThere(log).endsWith('closed')) break;
    }
    expect(readIfThere(log)).toBe('SIGTERM closed');
  });
});

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
