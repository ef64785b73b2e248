/** `npm run dev`: the server under `node --watch`, the web under Vite; the database stays up between reloads. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Say } from '#platform/db/embedded.ts';

const ROOT = join(import.meta.dirname, '..');
const HELP = `npm run dev    程序改动后自动重启，网页改动后立即更新；先打开 Vite 打印的地址
               the server restarts and the web updates on change; open the address that Vite prints
PORT、DATA_DIR、DATABASE_URL 与 npm start 相同  the same as for npm start
`;
const say: Say = ({ zh, en }) => void process.stdout.write(`${zh}  ${en}\n`);

export async function run(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const port = process.env['PORT'] ?? '8080';
  const database = await openDatabase(process.env, say);
  const children = [start(['--watch', '--watch-preserve-output', join('bin', 'command.ts'), 'start', ...args], { WEB_BUILD: 'skip', PORT: port })];
  if (existsSync(join(ROOT, 'web', 'vite.config.ts'))) {
    children.push(start([join('node_modules', 'vite', 'bin', 'vite.js'), '--config', join('web', 'vite.config.ts')], { API_URL: `http://localhost:${port}` }));
  }
  await untilStopped(children);
  await database.close();
  return 0;
}

function start(args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
}

/** Ends when told to stop, or when one of the two ends by itself; then both are stopped. */
async function untilStopped(children: ChildProcess[]): Promise<void> {
  const ends = children.map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve())));
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await Promise.race([told, ...ends]);
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(ends);
}
