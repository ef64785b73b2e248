/** `npm run account`: makes an account outside the demo world; its owner sets the password by a one-time link. */
import { parseArgs } from 'node:util';
import { createAccount } from '#platform/identity/accounts.ts';
import { inHouse } from '#server/in-house.ts';
import { setting } from '#server/settings.ts';

const HELP = `npm run account -- --name 账号 --display 姓名 --role 岗位 [--area 区划] [--institution 机构ID]
建立账号。没有默认密码：打印一个七天有效的一次性链接，本人打开后自己设置密码。
Makes an account. There is no default password: it prints a one-time link, valid for seven days, with which its owner sets one.
Roles: domain/roles.yaml
`;

/** Exit code 0 with the link; refusals ROLE_UNKNOWN, NAME_TAKEN. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean' }, name: { type: 'string' }, display: { type: 'string' }, role: { type: 'string' }, area: { type: 'string' }, institution: { type: 'string' } } });
  if (values.help || !values.name || !values.display || !values.role) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  const { name, display, role } = values as { name: string; display: string; role: string };
  const token = await inHouse(async (house) => {
    const made = await createAccount(house.platform.databases.ownerDb, { signInName: name, displayName: display, role, area: values.area ?? null, institutionId: values.institution ?? null }, new Date());
    return made.token;
  });
  const address = setting('PUBLIC_URL').replace('PORT', setting('PORT'));
  process.stdout.write(`一次性链接（七天有效） One-time link, valid for seven days:\n${address}/office/activate#${token}\n`);
  return 0;
}
