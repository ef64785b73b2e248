/** What must hold in database and vault after a storm: everything acknowledged is there, and everything is there once. */
import type pg from 'pg';
import type { Vault } from '#platform/files/vault.ts';
import { contentSha256, sealOf } from './rules.ts';
import type { Acknowledged, Phone } from './testing-phones.ts';
import { sha256 } from './testing.ts';

/** Sentences of what is missing or other than acknowledged; none when all is well. */
export async function faultsAfter(owner: pg.Pool, files: Vault, known: Acknowledged): Promise<string[]> {
  const faults: string[] = [];
  const visits = new Map((await owner.query<{ id: string; revision: number }>('SELECT id, revision FROM assessments.site_visit')).rows.map((row) => [row.id, row.revision]));
  for (const [id, revision] of known.revisions) if ((visits.get(id) ?? 0) < revision) faults.push(`revision ${revision} of ${id} was acknowledged, ${visits.get(id) ?? 'nothing'} stands`);
  const evidence = new Map((await owner.query<{ id: string; sha256: string }>('SELECT id, sha256 FROM assessments.site_evidence')).rows.map((row) => [row.id, row.sha256]));
  for (const [id, hash] of known.evidence) if (evidence.get(id) !== hash) faults.push(`the photograph ${id} was acknowledged and is ${evidence.get(id) ?? 'gone'}`);
  const pieces = new Map((await owner.query<{ id: string; sha256: string }>(`SELECT site_visit_id || ':' || piece AS id, sha256 FROM assessments.site_video_piece`)).rows.map((row) => [row.id, row.sha256]));
  for (const [id, hash] of known.pieces) if (pieces.get(id) !== hash) faults.push(`the piece ${id} was acknowledged and is ${pieces.get(id) ?? 'gone'}`);
  for (const hash of [...evidence.values(), ...pieces.values()]) {
    const bytes = await files.read(hash).catch(() => undefined);
    if (!bytes || sha256(bytes) !== hash) faults.push(`the vault does not hold ${hash}`);
  }
  const assessments = (await owner.query<{ id: string; applicationId: string }>('SELECT id, application_id AS "applicationId" FROM assessments.assessment')).rows;
  for (const [applicationId, told] of known.assessments) {
    const there = assessments.filter((one) => one.applicationId === applicationId).map((one) => one.id);
    if (there.length !== 1 || told.size !== 1 || !told.has(there[0]!)) faults.push(`the case ${applicationId} has the assessments ${there.join(' ')}, told were ${[...told].join(' ')}`);
  }
  return faults;
}

/** What each phone held must stand on the server exactly once. */
export async function faultsOf(owner: pg.Pool, phones: readonly Phone[]): Promise<string[]> {
  const one = async <Row extends pg.QueryResultRow>(text: string, id: string): Promise<Row[]> => (await owner.query<Row>(text, [id])).rows;
  const faults: string[] = [];
  const same = (what: string, is: unknown, should: unknown): void => {
    if (JSON.stringify(is) !== JSON.stringify(should)) faults.push(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
  };
  for (const phone of phones) {
    const last = phone.revisions.at(-1)!;
    same('the visit', await one('SELECT revision, content_sha256, state FROM assessments.site_visit WHERE id = $1', phone.visitId), [{ revision: 3, content_sha256: contentSha256(last.content), state: 'submitted' }]);
    const kept = await one<{ revision: number; content_sha256: string }>('SELECT revision, content_sha256 FROM assessments.site_visit_revision WHERE site_visit_id = $1 ORDER BY revision', phone.visitId);
    const sent = phone.revisions.map(({ revision, content }) => ({ revision, content_sha256: contentSha256(content) }));
    // A revision that arrived after a newer one is answered and not kept.
    same('the revisions', kept, sent.filter((each) => kept.some((row) => row.revision === each.revision)));
    same('the photographs', await one('SELECT id, sha256 FROM assessments.site_evidence WHERE site_visit_id = $1 ORDER BY id', phone.visitId), phone.evidence.map(({ id, bytes }) => ({ id, sha256: sha256(bytes) })).sort((a, b) => (a.id < b.id ? -1 : 1)));
    const hashes = phone.film.map((bytes) => ({ sha256: sha256(bytes) }));
    same('the pieces', await one('SELECT sha256 FROM assessments.site_video_piece WHERE site_visit_id = $1 ORDER BY piece', phone.visitId), hashes);
    same('the seal', await one('SELECT seal_sha256 FROM assessments.site_video WHERE site_visit_id = $1', phone.visitId), [{ seal_sha256: sealOf(hashes) }]);
    same('the assessments', await one(`SELECT s.site_visit_id, a.state FROM assessments.assessment s JOIN assessments.application a ON a.id = s.application_id WHERE a.id = $1`, phone.applicationId), [{ site_visit_id: phone.visitId, state: 'scored' }]);
    const events = await one<{ kind: string; n: number }>('SELECT kind, count(*)::int AS n FROM platform.event WHERE subject_id = $1 GROUP BY kind ORDER BY kind', phone.visitId);
    same('the events', events, [{ kind: 'assessments.siteEvidenceKept', n: 3 }, { kind: 'assessments.siteVideoSealed', n: 1 }, { kind: 'assessments.siteVisitBegun', n: 1 }, { kind: 'assessments.siteVisitSubmitted', n: 1 }]);
  }
  return faults;
}
