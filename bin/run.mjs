// `node bin/run.mjs <command> …`: plain JavaScript that any Node ≥ 18 can run.
// It brings the project's own Node and the locked packages, then runs the command under that Node.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './own-node.mjs';
import { ensurePackages } from './packages.mjs';
import { GivenUp, say } from './say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  const bin = await alone(async () => {
    const folder = await ensureNode(root);
    await ensurePackages(root, folder);
    return folder;
  });
  process.exitCode = await runCommand(bin, process.argv.slice(2));
} catch (error) {
  if (!(error instanceof GivenUp)) throw error;
  if (error.detail) process.stderr.write(`${error.detail}\n\n`);
  process.stderr.write(`${error.zh}\n${error.en}\n`);
  process.exitCode = 1;
}

/**
 * Runs the command in a session of its own, so that a signal reaches it through us and exactly once: a Ctrl-C comes
 * from the terminal and again from npm, and the doubles are dropped. If we die, the broken channel tells the child.
 */
function runCommand(bin, args) {
  return new Promise((resolve) => {
    const child = spawn(join(bin, 'node'), [join(root, 'bin', 'command.ts'), ...args], {
      cwd: root,
      detached: true,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    });
    let last = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        const now = Date.now();
        if (now - last > 1000) child.kill(signal);
        last = now;
      });
    }
    child.on('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : code));
  });
}

/** Two commands started at once must not install into the same folder: the second waits for the first. */
async function alone(work) {
  const lock = join(root, '.tools', 'installing');
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; !take(lock); told = true) {
    if (!told) say('另一条命令正在安装，请稍候 …', 'Another command is installing; waiting for it …');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderLives(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function holderLives(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
