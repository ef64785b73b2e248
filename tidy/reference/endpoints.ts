/** docs/reference/permissions.md and api.md: who may do what, and every endpoint. */
import type { TSchema } from '@sinclair/typebox';
import type { Endpoint } from '#kit/contract.ts';
import { identityContract } from '#platform/identity/contract.ts';
import { readRoles } from '#platform/identity/roles.ts';
import { modules } from '#server/modules.ts';
import { byText, code, page, table } from './markdown.ts';

interface Entry {
  module: string;
  key: string;
  endpoint: Endpoint;
}

/** Every endpoint of the house: sign-in first, then the modules in river order. */
export function entries(): Entry[] {
  const contracts: { name: string; contract: Record<string, Endpoint> }[] = [{ name: 'identity', contract: identityContract }, ...modules];
  return contracts.flatMap((module) => Object.entries(module.contract).map(([key, endpoint]) => ({ module: module.name, key, endpoint })));
}

export function permissionsPage(): string {
  const roles = readRoles(new URL('../../domain/roles.yaml', import.meta.url));
  const all = entries();
  const held = new Set([...roles.flatMap((role) => role.permissions), ...all.map((one) => one.endpoint.permission)]);
  const permissions = [...held].sort(byText);
  const rows = permissions.map((permission) => [
    code(permission),
    permission === 'public' ? '任何人 anybody' : permission === 'signedIn' ? '任何已登录者 anybody signed in' : roles.filter((role) => role.permissions.includes(permission)).map((role) => role.zh).join('、'),
    all.filter((one) => one.endpoint.permission === permission).map((one) => `${code(one.key)}${one.endpoint.fourEyes ? ' 👥' : ''}`).join('<br>'),
  ]);
  return page(
    '权限 · Permissions',
    {
      zh: '岗位、权限与接口。岗位写在 `domain/roles.yaml`；权限只说能不能办，能看到哪些行由数据库的行级安全决定（`tables.md`）。👥 表示须由不同的人办理。',
      en: 'Roles, permissions and endpoints. Roles are data in `domain/roles.yaml`; a permission says whether an act may be done, the database\'s row-level security says on which rows (`tables.md`). 👥 marks acts that need other eyes than the act before.',
    },
    `## 岗位 · Roles\n\n${table(['岗位 code', '中文', 'English', '工作台 desk', '权限 permissions'], roles.map((role) => [code(role.code), role.zh, role.en, role.desk, [...role.permissions].sort(byText).join(', ')]))}`,
    `## 权限 · Permissions\n\n${table(['权限 permission', '岗位 roles', '接口 endpoints'], rows)}`,
    `## 须由不同的人办理 · Four eyes\n\n${table(['接口 endpoint', '此前办过这些事的人不能办 not by who did'], all.filter((one) => one.endpoint.fourEyes).map((one) => [code(one.key), one.endpoint.fourEyes!.map(code).join(', ')]))}`,
  );
}

export function apiPage(): string {
  const all = entries();
  const names = [...new Set(all.map((one) => one.module))];
  const parts = names.map((name) => {
    const rows = all.filter((one) => one.module === name).map(({ key, endpoint }) => [
      code(key), `${endpoint.summary.zh}<br>${endpoint.summary.en}`, code(endpoint.permission), inputOf(endpoint), endpoint.file ? code(endpoint.file) : shapeOf(endpoint.output),
      [...(endpoint.fourEyes ? [`👥 ${endpoint.fourEyes.join(', ')}`] : []), ...(endpoint.refusals ?? [])].join('<br>'),
    ]);
    return `## ${name}\n\n${table(['接口 endpoint', '说明 summary', '权限 permission', '输入 takes', '输出 gives', '拒绝 refusals'], rows)}`;
  });
  return page(
    '接口 · API',
    {
      zh: '每个接口一行；运行中的程序在 `/api/openapi.json` 提供 OpenAPI 3.1，在 `/api/reference` 提供可读页面。拒绝的答复是 RFC 9457 问题，代码见 `refusals.md`。带 `*` 的字段可省略。写操作可带 `Idempotency-Key`。',
      en: 'One line per endpoint; the running program serves OpenAPI 3.1 at `/api/openapi.json` and a page to read it at `/api/reference`. Refusals are RFC 9457 problems, by code in `refusals.md`. Fields with `*` may be left out. Writing requests may carry an `Idempotency-Key`.',
    },
    ...parts,
  );
}

function inputOf(endpoint: Endpoint): string {
  const parts: [string, TSchema | undefined][] = [['path', endpoint.params], ['query', endpoint.query], ['body', endpoint.body]];
  const said = parts.filter(([, schema]) => schema).map(([name, schema]) => `${name}: ${fieldsOf(schema!)}`);
  return [...said, ...(endpoint.upload ? ['file: multipart'] : [])].join('<br>');
}

function fieldsOf(schema: TSchema): string {
  const properties = (schema['properties'] ?? {}) as Record<string, TSchema>;
  const required = (schema['required'] ?? []) as string[];
  return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}*`)).join(', ') || '–';
}

/** An answer in one line: a page of rows, a list, or its fields. */
function shapeOf(schema: TSchema): string {
  if (schema['type'] === 'array') return `[ ${fieldsOf(schema['items'] as TSchema)} ]`;
  const properties = schema['properties'] as Record<string, TSchema> | undefined;
  if (properties?.['rows'] && properties['total']) return `${shapeOf(properties['rows'])} + total`;
  return properties ? fieldsOf(schema) : String(schema['type'] ?? '–');
}
