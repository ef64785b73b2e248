/** Random people at their desks: every role, in random areas, institutions and families, and some who belong nowhere. */
import type { NewAccount } from '#platform/identity/accounts.ts';
import type { Role } from '#platform/identity/roles.ts';
import { CARE_DISTRICTS } from '#world/today.ts';
import type { Viewer } from './oracle.ts';
import type { Chance } from './random.ts';
import type { Pools } from './targets.ts';

export interface RandomActor {
  account: Omit<NewAccount, 'demoPassword'>;
  viewer: Viewer;
  permissions: ReadonlySet<string>;
}

/**
 * Two of each role (more with a greater depth), drawn at random, and one of each kind that should see nothing. Of the two with an area one works where the story is
 * told and every kind of record lies, the other elsewhere: so each act has somebody who may do it and has its subject inside, and somebody who has it outside.
 */
export function drawActors(roles: readonly Role[], pools: Pools, chance: Chance, copies = 2): RandomActor[] {
  const drawn = roles.flatMap((role) => Array.from({ length: copies }, (_, copy) => copy).map((copy) => actorOf(role, `${role.code}-${copy}`, scopeFor(role, pools, chance, copy))));
  const byCode = (code: string): Role => roles.find((one) => one.code === code)!;
  return [
    ...drawn,
    actorOf(byCode('agencyOfficer'), 'of-another-city', { area: '990201' }),
    actorOf(byCode('institutionOfficer'), 'of-no-institution', {}),
    actorOf(byCode('family'), 'of-nobody', {}),
  ];
}

const STORY_DISTRICT = CARE_DISTRICTS[0];

type Scope = Partial<{ area: string; institutionId: string; persons: { districtCode: string; personId: string }[] }>;

function actorOf(role: Role, name: string, scope: Scope): RandomActor {
  const persons = scope.persons ?? [];
  return {
    account: { signInName: `scope-${name}`, displayName: name, role: role.code, area: scope.area ?? null, institutionId: scope.institutionId ?? null, persons },
    viewer: { area: scope.area ?? null, institutionId: scope.institutionId ?? null, persons: persons.map((one) => one.personId) },
    permissions: new Set(role.permissions),
  };
}

function scopeFor(role: Role, pools: Pools, chance: Chance, copy: number): Scope {
  const care = [...new Set(pools.closes.map((one) => one.district))];
  const withCare = care.filter((one) => (one === STORY_DISTRICT) === (copy === 0));
  const institutionOf = (...kinds: string[]): Scope => ({ institutionId: chance.pick(pools.institutions.filter((one) => kinds.includes(one.kind))).id });
  const drawn: Record<string, () => Scope> = {
    bureauOfficer: () => ({ area: '9901' }),
    fundAccountant: () => ({ area: copy === 0 ? '9901' : chance.pick(care) }),
    townshipOfficer: () => ({ area: chance.pick(pools.townships.filter((one) => withCare.includes(one.slice(0, 6)))) }),
    assessmentOfficer: () => institutionOf('assessment'),
    assessor: () => institutionOf('assessment'),
    assessmentExpert: () => institutionOf('assessment'),
    institutionOfficer: () => (copy === 0 ? institutionOf('homeCare') : institutionOf('homeCare', 'careHome', 'individualCarers')),
    family: () => ({ persons: Array.from({ length: 1 + copy }, () => chance.pick(pools.persons)).map((one) => ({ districtCode: one.district, personId: one.id })) }),
  };
  return drawn[role.code]?.() ?? { area: chance.pick(withCare) };
}
