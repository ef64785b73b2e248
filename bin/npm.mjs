// Runs npm under a chosen Node, keeps its output in a file, and shows the end of that file only when npm fails.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { give, say } from './say.mjs';

/**
 * @param {{ root: string, node: string, cwd: string, log: string, args: string[] }} job
 *   `node` is the executable npm runs under; `log` the file name under `.tools/log`.
 */
export async function npm({ root, node, cwd, log, args }) {
  const cli = npmCli();
  const logs = join(root, '.tools', 'log');
  mkdirSync(logs, { recursive: true });
  const file = join(logs, log);
  const out = openSync(file, 'w');
  const begun = Date.now();
  const beat = setInterval(() => {
    const seconds = Math.round((Date.now() - begun) / 1000);
    say(`……仍在安装，已用 ${seconds} 秒`, `… still installing, ${seconds} s`);
  }, 15_000);
  const code = await new Promise((resolve) => {
    const child = spawn(node, [cli, ...args], { cwd, env: environment(node), stdio: ['ignore', out, out] });
    child.on('error', () => resolve(127));
    child.on('exit', (status, signal) => resolve(signal ? 128 : status));
  });
  clearInterval(beat);
  closeSync(out);
  if (code !== 0) {
    give(
      `npm 安装失败（退出码 ${code}）。请看下面的输出，检查网络与磁盘空间后重试；完整日志：${file}`,
      `npm failed with exit code ${code}. Read its last lines below, check network and disk space, and try again; full log: ${file}`,
      readFileSync(file, 'utf8').trimEnd().split('\n').slice(-25).join('\n'),
    );
  }
}

/** npm's program file: the npm that called us, else the one on PATH. */
function npmCli() {
  const caller = process.env.npm_execpath;
  if (caller?.endsWith('npm-cli.js') && existsSync(caller)) return caller;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const found = join(folder, 'npm');
    if (folder && existsSync(found)) {
      const real = realpathSync(found);
      if (real.endsWith('.js')) return real;
      const beside = join(dirname(real), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
      if (existsSync(beside)) return beside;
    }
  }
  return give(
    '找不到 npm。请先安装 npm（Debian：apt install npm），再重试。',
    'npm was not found. Install it first (Debian: apt install npm) and try again.',
  );
}

/** The caller's environment without what a calling npm or NODE_ENV would impose on the inner one. */
function environment(node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  for (const key of Object.keys(env)) {
    if (/^npm_(config_(local_prefix|global_prefix|prefix|global|omit|include|only|production)|command|lifecycle_|package_)/i.test(key)) delete env[key];
  }
  delete env.NODE_ENV;
  delete env.NODE_OPTIONS;
  return env;
}
