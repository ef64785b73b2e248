/** `npm run migrate`: brings the database to the newest state without serving. */
import { openDatabase } from '#platform/db/embedded.ts';
import { prepareDatabase } from '#server/house.ts';
import { setting } from '#server/settings.ts';

const HELP = `npm run migrate
把数据库结构更新到最新，并写入岗位和行政区划；可重复执行。
Brings the database (DATABASE_URL, else the embedded one) to the newest state, with roles and divisions; safe to repeat.
`;

/** Exit code 0 when the database is up to date. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  const database = await openDatabase(process.env, (one) => process.stderr.write(`${one.zh}  ${one.en}\n`));
  try {
    let ran = 0;
    await prepareDatabase(database.url, setting('CITY'), (name) => {
      ran += 1;
      process.stdout.write(`  ${name}\n`);
    });
    process.stdout.write(ran === 0 ? '数据库已是最新。  The database is up to date.\n' : `完成 ${ran} 项迁移。  ${ran} migrations ran.\n`);
    return 0;
  } finally {
    await database.close();
  }
}
