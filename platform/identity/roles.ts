/** Roles as data: domain/roles.yaml is written to identity.role at every migration. */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { parse } from 'yaml';
import type { Db } from '../db/connect.ts';

export interface Role {
  code: string;
  zh: string;
  en: string;
  /** Desk of the web that opens after sign-in. */
  desk: string;
  permissions: string[];
}

/** Reads the roles file: code → {zh, en, desk, permissions}. */
export function readRoles(file: URL): Role[] {
  const parsed = parse(readFileSync(file, 'utf8')) as Record<string, Omit<Role, 'code'>>;
  return Object.entries(parsed).map(([code, role]) => ({ code, ...role }));
}

/** Makes identity.role equal to the file. */
export async function writeRoles(db: Db, roles: readonly Role[]): Promise<void> {
  for (const role of roles) {
    await sql`INSERT INTO identity.role (code, name_zh, name_en, desk, permissions) VALUES (${role.code}, ${role.zh}, ${role.en}, ${role.desk}, ${role.permissions})
      ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, desk = excluded.desk, permissions = excluded.permissions`.execute(db);
  }
}
