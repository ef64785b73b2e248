/** Whose visit it is. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { findVisit } from '../store/visit.ts';
import type { SiteVisit } from '../store/visit.ts';

/** A visit in scope; refuses with NOT_FOUND. */
export async function getVisit(act: Act, id: string): Promise<SiteVisit> {
  return (await findVisit(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** The visit of the account that began it; refuses with NOT_FOUND or SITE_VISIT_FOREIGN. */
export async function getOwnVisit(act: Act, id: string): Promise<SiteVisit> {
  return own(act, await getVisit(act, id));
}

/** Refuses with SITE_VISIT_FOREIGN for any account but the one that began the visit. */
export function own(act: Act, visit: SiteVisit): SiteVisit {
  if (visit.accountId !== act.actor.accountId) refuse('SITE_VISIT_FOREIGN', {}, { status: 403 });
  return visit;
}
