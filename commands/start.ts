/** `npm start`: database, migrations, the fictional city on first start, server. Shows what it is doing; Ctrl-C stops everything in order. */
import { createServer } from 'node:net';
import { openDatabase } from '#platform/db/embedded.ts';
import { createAccount } from '#platform/identity/accounts.ts';
import { connect } from '#platform/db/connect.ts';
import { prepareDatabase } from '#server/house.ts';
import { serve } from '#server/main.ts';
import { SETTINGS, setting } from '#server/settings.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#world/accounts.ts';
import { loadWorld } from '#world/load.ts';
import { ensureWebBuilt } from '../bin/build-web.ts';

const say = (zh: string, en: string) => process.stdout.write(`${zh}  ${en}\n`);

function help(): string {
  const rows = SETTINGS.map((one) => `  ${one.name.padEnd(17)} ${(one.unless || '–').padEnd(24)} ${one.about.zh} / ${one.about.en}\n`);
  return `npm start\n启动程序，环境变量如下。  Starts the program; the environment may set:\n${rows.join('')}`;
}

/** True when nobody listens on the port yet. */
function portIsFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** Serves until SIGINT or SIGTERM; exit code 0 after a clean stop. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(help());
    return 0;
  }
  const port = Number(setting('PORT'));
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    say(`PORT 应为 1 到 65535 的整数，现在是"${setting('PORT')}"。`, `PORT must be a whole number from 1 to 65535, not "${setting('PORT')}".`);
    return 1;
  }
  if (!/^[1-9]\d{0,6}$/.test(setting('PUBLIC_PER_MIN'))) {
    say(`PUBLIC_PER_MIN 应为大于 0 的整数，现在是“${setting('PUBLIC_PER_MIN')}”。`, `PUBLIC_PER_MIN must be a whole number above 0, not "${setting('PUBLIC_PER_MIN')}".`);
    return 1;
  }
  if (!['demo', 'none'].includes(setting('WORLD'))) {
    say(`WORLD 只能是 demo（演示城市）或 none（空库），现在是“${setting('WORLD')}”。`, `WORLD is demo (the fictional city) or none (an empty database), not "${setting('WORLD')}".`);
    return 1;
  }
  if (!(await portIsFree(port, setting('HOST')))) {
    say(`端口 ${port} 已被占用。请先停掉占用它的程序，或换一个端口：PORT=8081 npm start`, `Port ${port} is in use. Stop the program that holds it, or choose another: PORT=8081 npm start`);
    return 1;
  }
  await ensureWebBuilt();
  const database = await openDatabase(process.env, (one) => say(one.zh, one.en));
  try {
    return await serveUntilStopped(database.url);
  } finally {
    await database.close();
  }
}

async function serveUntilStopped(databaseUrl: string): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  say('正在更新数据库结构……', 'Bringing the database up to date …');
  await prepareDatabase(databaseUrl, setting('CITY'));
  const demo = setting('WORLD') !== 'none';
  if (demo) await loadWorld(databaseUrl, (one) => say(one.zh, one.en));
  else await inviteFirstOfficer(databaseUrl);
  const running = await serve(databaseUrl);
  say(`\n长护已启动：${running.address}`, `Changhu is serving at ${running.address}`);
  await printAccounts(databaseUrl);
  say('按 Ctrl-C 停止。', 'Press Ctrl-C to stop.');
  await stopped;
  say('正在停止……', 'Stopping …');
  await running.close();
  return 0;
}

/** The demo accounts that this database really holds. */
async function printAccounts(databaseUrl: string): Promise<void> {
  const databases = connect({ url: databaseUrl, max: 1 });
  const { rows } = await databases.owner.query<{ name: string }>('SELECT sign_in_name AS name FROM identity.account WHERE demo AND disabled_at IS NULL');
  await databases.close();
  const held = new Set(rows.map((row) => row.name));
  if (held.size === 0) return;
  say(`演示账号（仅限虚构的青禾市），密码都是 ${DEMO_PASSWORD}`, `Demo accounts of the fictional city, all with the password ${DEMO_PASSWORD}`);
  for (const one of DEMO_ACCOUNTS.filter((account) => account.shown && held.has(account.signInName))) process.stdout.write(`  ${one.signInName.padEnd(16)} ${one.about.zh}  ${one.about.en}\n`);
}

/** An empty installation has no account and no default password: its first officer gets a one-time link, once. */
async function inviteFirstOfficer(databaseUrl: string): Promise<void> {
  const databases = connect({ url: databaseUrl, max: 2 });
  try {
    const { rows } = await databases.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM identity.account');
    if (rows[0]!.n > 0) return;
    const { rows: areas } = await databases.owner.query<{ code: string }>('SELECT code FROM platform.area ORDER BY length(code), code LIMIT 1');
    const made = await createAccount(databases.ownerDb, { signInName: 'bureau', displayName: '首位管理员', role: 'bureauOfficer', area: areas[0]?.code ?? null }, new Date());
    const address = setting('PUBLIC_URL').replace('PORT', setting('PORT'));
    say(`首位管理员的一次性链接（七天有效）：${address}/office/activate#${made.token}`, 'One-time link of the first officer, valid for seven days.');
  } finally {
    await databases.close();
  }
}
