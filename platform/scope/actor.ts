/** Who acts, in which role, and what they may see. The database enforces the scope; permissions are checked before an act begins. */
import { refuse } from '#kit/refuse.ts';

export interface Actor {
  /** Account id; the nil UUID for the public. */
  accountId: string;
  name: string;
  role: string;
  permissions: ReadonlySet<string>;
  /** Division prefix: 4 digits city, 6 district, 9 township. */
  area: string | null;
  institutionId: string | null;
  workerId: string | null;
  /** Persons for whom a family account stands. */
  persons: readonly { districtCode: string; personId: string }[];
}

export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Somebody who has not signed in: sees what is published, nothing else. */
export const PUBLIC: Actor = { accountId: NOBODY, name: 'public', role: 'public', permissions: new Set(['public']), area: null, institutionId: null, workerId: null, persons: [] };

/** The clock and the command line of the operator: acts for a whole area, with the permissions it is given. */
export function officeActor(area: string, permissions: readonly string[], name = '系统'): Actor {
  return { accountId: NOBODY, name, role: 'clock', permissions: new Set(permissions), area, institutionId: null, workerId: null, persons: [] };
}

/** True when the actor may do what needs this permission. */
export function may(actor: Actor, permission: string): boolean {
  if (permission === 'public') return true;
  if (permission === 'signedIn') return actor.accountId !== NOBODY || actor.role === 'clock';
  return actor.permissions.has(permission) || actor.permissions.has('*');
}

/** Refuses with SIGN_IN_NEEDED (401) or NOT_PERMITTED (403). */
export function demand(actor: Actor, permission: string): void {
  if (may(actor, permission)) return;
  if (actor.accountId === NOBODY && actor.role === 'public') refuse('SIGN_IN_NEEDED', {}, { status: 401 });
  refuse('NOT_PERMITTED', { permission }, { status: 403 });
}

const SAFE = /^[0-9a-zA-Z,-]*$/;

/** The SET LOCAL statements that put a transaction behind the wall (statements, not set_config: they also reach a cluster's workers). */
export function scopeStatements(actor: Actor): string {
  const settings: Record<string, string> = {
    'changhu.account': actor.accountId,
    'changhu.area': actor.area ?? '',
    'changhu.institution': actor.institutionId ?? '',
    'changhu.persons': actor.persons.map((one) => one.personId).join(','),
  };
  return Object.entries(settings)
    .map(([name, value]) => {
      if (!SAFE.test(value)) throw new Error(`the scope setting ${name} holds a character that no id or division code has`);
      return `SET LOCAL ${name} = '${value}'`;
    })
    .join('; ');
}
