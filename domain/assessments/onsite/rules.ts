/** Rules of the visit: what a revision decides, the chain of a video's pieces, what handing in still lacks. Pure. */
import { createHash } from 'node:crypto';
import type { SiteVisitContent } from './store/visit.ts';

/** SHA-256 of a content, the same for every order of its fields. */
export function contentSha256(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(inOrder(content))).digest('hex');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one)]));
}

export type RevisionFate = 'stands' | 'older' | 'newer' | 'taken';

/** What becomes of an arriving revision: the same again, an older one, a newer one, or another content under a number that is taken. */
export function fateOf(arriving: { revision: number; contentSha256: string }, standing: { revision: number; contentSha256: string }): RevisionFate {
  if (arriving.revision < standing.revision) return 'older';
  if (arriving.revision > standing.revision) return 'newer';
  return arriving.contentSha256 === standing.contentSha256 ? 'stands' : 'taken';
}

/** The seal of a video: h0 = p0, h(i) = sha256(h(i−1) ‖ p(i)) over the pieces' hashes in hexadecimal; it changes with any piece and with their order. */
export function sealOf(pieces: readonly { sha256: string }[]): string {
  return pieces.slice(1).reduce((chain, { sha256 }) => createHash('sha256').update(chain + sha256).digest('hex'), pieces[0]?.sha256 ?? '');
}

/** Numbers that are missing among those that arrived: below the expected count, or below the highest one while no count is known. */
export function missingPieces(arrived: readonly number[], expected: number | null): number[] {
  const there = new Set(arrived);
  const until = expected ?? Math.max(-1, ...arrived) + 1;
  return Array.from({ length: until }, (_, piece) => piece).filter((piece) => !there.has(piece));
}

/** The fields that handing in needs and that are still empty. */
export function lackingFields(content: SiteVisitContent): string[] {
  const filled: Record<string, boolean> = {
    arrivedAt: content.arrivedAt !== null,
    leftAt: content.leftAt !== null,
    placeText: content.placeText.trim() !== '',
    staffIdentityShown: content.staffIdentityShown,
    guardian: content.guardian !== null && content.guardian.name.trim() !== '',
    applicant: content.applicant !== null,
    consentAt: content.consentAt !== null,
    interviewNote: content.interviewNote.trim() !== '',
  };
  return Object.entries(filled).filter(([, one]) => !one).map(([field]) => field);
}

/** An instant of the phone on the server's clock. */
export function serverInstant(at: string, clockOffsetMs: number): Date {
  return new Date(new Date(at).getTime() - clockOffsetMs);
}
