/** `npm run account`: makes an account outside the demo world (its owner sets the password by a one-time link), lists accounts, closes one, renews a link. */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { isId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Db } from '#platform/db/connect.ts';
import { createAccount, deskOf, disableAccount, renewLink } from '#platform/identity/accounts.ts';
import { findRegistered } from '#domain/people/index.ts';
import { inHouse } from '#server/in-house.ts';
import { setting } from '#server/settings.ts';

const HELP = `npm run account -- --name 账号 --display 姓名 --role 岗位 [--area 区划] [--institution 机构编码 [--worker 公民身份号码]]
npm run account -- --name 账号 --display 姓名 --role family --person 公民身份号码 [--person …]
npm run account -- --list
npm run account -- --name 账号 --renew | --disable | --enable
建立账号。没有默认密码：打印一个七天有效的一次性链接，本人打开后自己设置密码。
家属账号用 --person 写明为谁办理，可写多位；这些人须已登记。
Makes an account. There is no default password: it prints a one-time link, valid for seven days, with which its owner sets one.
A family account names with --person, once or more often, for whom it stands; they must be registered.
评估员、评估专家用 --worker 写明是该机构登记的哪一位，其入库、培训和暂停才对得上账号。
Assessors and experts name with --worker who they are among the institution's workers: admission, training and suspension then hold for the account.
市级专家库的专家没有机构：--area 写市的四位区划，--worker 写其公民身份号码。
An expert of the city's list has no institution: --area with the city's four digits, --worker with the identity number.
--renew：本人忘记密码或链接过期时换一个新链接，旧密码和已登录的会话立即失效。--disable：停用，从下一次请求起无法操作；--enable：恢复。
--renew: a new link when the password is lost or the link has lapsed; the old password and open sessions end at once. --disable closes the account from its next request on; --enable opens it again.
岗位 Roles: domain/roles.yaml
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = { help: flag, list: flag, renew: flag, disable: flag, enable: flag, name: text, display: text, role: text, area: text, institution: text, worker: text, person: { type: 'string', multiple: true } } as const;

/** Exit code 0 with the link; refusals ROLE_UNKNOWN, NAME_TAKEN and those of `makeAccount`. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { name, display, role } = values;
  if (values.list) return inHouse((house) => listAccounts(house.platform.databases.ownerDb));
  if (name && (values.renew || values.disable || values.enable)) return inHouse((house) => changeAccount(house.platform.databases.ownerDb, name, values.renew ? 'renew' : values.disable ? 'disable' : 'enable', new Date()));
  if (values.help || !name || !display || !role) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  const wanted = { name, display, role, area: values.area ?? null, institution: values.institution ?? null, worker: values.worker ?? null, persons: values.person ?? [] };
  const path = await inHouse((house) => makeAccount(house.platform.databases.ownerDb, wanted, new Date()));
  sayLink(path);
  return 0;
}

function sayLink(path: string): void {
  const address = setting('PUBLIC_URL').replace('PORT', setting('PORT'));
  process.stdout.write(`一次性链接（七天有效） One-time link, valid for seven days:\n${address}${path}\n`);
}

/** Renews the link of an account, closes it, or opens it again. Refuses with ACCOUNT_UNKNOWN. */
export async function changeAccount(db: Db, name: string, how: 'renew' | 'disable' | 'enable', now: Date): Promise<number> {
  if (how === 'renew') {
    const { token, desk } = await renewLink(db, name, now);
    sayLink(`/${desk === 'family' ? 'family' : 'office'}/activate#${token}`);
    return 0;
  }
  await disableAccount(db, name, how === 'disable', now);
  process.stdout.write(how === 'disable' ? `账号 ${name} 已停用。 The account ${name} is closed.\n` : `账号 ${name} 已恢复。 The account ${name} is open again.\n`);
  return 0;
}

/** Prints every account: name, person, role, scope, and whether it is closed or still without a password. */
export async function listAccounts(db: Db): Promise<number> {
  const { rows } = await sql<{ name: string; display: string; role: string; scope: string; state: string }>`
    SELECT a.sign_in_name AS name, a.display_name AS display, a.role_code AS role, coalesce(a.area, identity.institution_name(a.institution_id), (SELECT count(*) || ' 人 persons' FROM identity.account_person p WHERE p.account_id = a.id)) AS scope,
      CASE WHEN a.disabled_at IS NOT NULL THEN '已停用 closed' WHEN a.password_hash IS NULL THEN '待设密码 no password yet' ELSE '' END AS state
    FROM identity.account a ORDER BY a.sign_in_name`.execute(db);
  for (const { name, display, role, scope, state } of rows) process.stdout.write(`${[name, display, role, scope, state].join('\t').trimEnd()}\n`);
  return 0;
}

/** Roles that see what is their institution's and never a whole district; experts may belong to a district's list. */
const OF_AN_INSTITUTION: readonly string[] = ['institutionOfficer', 'assessmentOfficer', 'assessor'];

export interface WantedAccount {
  name: string;
  display: string;
  role: string;
  area: string | null;
  /** Code of the institution in the register (or its id). */
  institution: string | null;
  /** Identity number of the worker of that institution whom the account stands for. */
  worker?: string | null;
  /** Identity numbers of the persons for whom a family account stands. */
  persons: readonly string[];
}

/**
 * Makes the account and returns the path of its one-time link, in the portal of its desk. Refuses with ROLE_UNKNOWN, NAME_TAKEN,
 * ACCOUNT_PERSON_MISSING (a family account for nobody), ACCOUNT_PERSON_ROLE (persons and areas do not go together), ACCOUNT_PERSON_UNKNOWN,
 * ACCOUNT_AREA_UNKNOWN, ACCOUNT_INSTITUTION_UNKNOWN, ACCOUNT_WORKER_UNKNOWN, ACCOUNT_ROLE_INSTITUTION (a district for a role that belongs to an institution),
 * ACCOUNT_SCOPE_MISSING (a role of the office that would see nothing).
 */
export async function makeAccount(db: Db, wanted: WantedAccount, now: Date): Promise<string> {
  const family = (await deskOf(db, wanted.role)) === 'family';
  const numbers = [...new Set(wanted.persons.map((one) => one.trim().toUpperCase()))];
  // Rows are seen by area, by institution or by person: a family with an area would see its neighbours.
  if (family ? wanted.area !== null || wanted.institution !== null : numbers.length > 0) refuse('ACCOUNT_PERSON_ROLE', { role: wanted.role });
  if (family && numbers.length === 0) refuse('ACCOUNT_PERSON_MISSING', { role: wanted.role });
  const persons = await findRegistered(db, numbers);
  const unknown = numbers.filter((one) => !persons.some((person) => person.identityNumber === one));
  if (unknown.length > 0) refuse('ACCOUNT_PERSON_UNKNOWN', { numbers: unknown.join(', ') });
  const { institutionId, workerId } = await scopeOf(db, wanted);
  const { token } = await createAccount(db, { signInName: wanted.name, displayName: wanted.display, role: wanted.role, area: wanted.area, institutionId, workerId, persons }, now);
  return `/${family ? 'family' : 'office'}/activate#${token}`;
}

/** The area must be a known division, the institution and the worker registered ones: a wrong prefix would open too much, or nothing. */
async function scopeOf(db: Db, wanted: WantedAccount): Promise<{ institutionId: string | null; workerId: string | null }> {
  const { area, institution, worker } = wanted;
  if (area !== null && (await sql`SELECT 1 FROM platform.area WHERE code = ${area}`.execute(db)).rows.length === 0) refuse('ACCOUNT_AREA_UNKNOWN', { area });
  if (area !== null && OF_AN_INSTITUTION.includes(wanted.role)) refuse('ACCOUNT_ROLE_INSTITUTION', { role: wanted.role });
  if (area === null && institution === null && wanted.persons.length === 0) refuse('ACCOUNT_SCOPE_MISSING', { role: wanted.role });
  if (institution === null) {
    if (!worker) return { institutionId: null, workerId: null };
    // An expert of the city's own list has no institution; the account works in the city's area.
    const listed = await sql<{ id: string }>`SELECT id FROM workers.worker WHERE institution_id IS NULL AND district_code = ${`${area ?? ''}00`} AND identity_number = ${worker.trim().toUpperCase()}`.execute(db);
    return { institutionId: null, workerId: listed.rows[0]?.id ?? refuse('ACCOUNT_WORKER_UNKNOWN', { worker }) };
  }
  const { rows } = await sql<{ id: string }>`SELECT id FROM providers.institution WHERE code = ${institution} OR id = ${isId(institution) ? institution : null}`.execute(db);
  const institutionId = rows[0]?.id ?? refuse('ACCOUNT_INSTITUTION_UNKNOWN', { institution });
  if (!worker) return { institutionId, workerId: null };
  const found = await sql<{ id: string }>`SELECT id FROM workers.worker WHERE institution_id = ${institutionId} AND identity_number = ${worker.trim().toUpperCase()}`.execute(db);
  return { institutionId, workerId: found.rows[0]?.id ?? refuse('ACCOUNT_WORKER_UNKNOWN', { worker }) };
}
