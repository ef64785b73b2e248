/** Photographs of a visit: checked by what they are, kept once, answered the same when they come again. */
import { createHash } from 'node:crypto';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { fileTypeOf, FILE_TYPES, PICTURE_TYPES } from '#platform/files/kind.ts';
import type { FileType } from '#platform/files/kind.ts';
import type { FileAnswer, Upload } from '#platform/module.ts';
import { getApplication } from '../../actions/case.ts';
import { scaleOf } from '../../actions/assess.ts';
import { MAX_EVIDENCE_BYTES } from '../model.ts';
import type { EvidenceSubject } from '../model.ts';
import { findEvidence, insertEvidence } from '../store/evidence.ts';
import type { Evidence } from '../store/evidence.ts';
import { findVisitOf, lockBy } from '../store/visit.ts';
import { getOwnVisit } from './own.ts';

interface EvidenceQuery {
  subject: EvidenceSubject;
  item?: string;
  takenAt: string;
  sha256: string;
}

/**
 * Keeps a photograph under the phone's id for it. The same again gets the same answer. Refuses with EVIDENCE_HASH when other bytes arrived
 * than were sent, EVIDENCE_OTHER when something else stands under the id, EVIDENCE_TYPE, EVIDENCE_TOO_LARGE, EVIDENCE_ITEM,
 * SITE_VISIT_CLOSED for a new one after handing in, SITE_VISIT_FOREIGN, NOT_FOUND.
 */
export async function keepEvidence(act: Act, visitId: string, evidenceId: string, query: EvidenceQuery, upload: Upload): Promise<Evidence> {
  const { bytes } = upload;
  if (createHash('sha256').update(bytes).digest('hex') !== query.sha256) refuse('EVIDENCE_HASH', {}, { status: 422 });
  // One call after the other about a visit: nothing slips in while it is handed in.
  await lockBy(act, `siteVisit:${visitId}`);
  const visit = await getOwnVisit(act, visitId);
  const item = query.item ?? null;
  const same = (one: Evidence): Evidence => (one.sha256 === query.sha256 && one.subject === query.subject && one.item === item ? one : refuse('EVIDENCE_OTHER', {}, { status: 409 }));
  const known = await findEvidence(act, visit, evidenceId);
  if (known) {
    const stored = same(known);
    // Kept again: a vault that was brought back without this file has it again.
    await act.platform.files.keep(bytes, upload.laidDown);
    return stored;
  }
  if (visit.state === 'submitted') refuse('SITE_VISIT_CLOSED', { submittedAt: visit.submittedAt }, { status: 409 });
  if (bytes.length > MAX_EVIDENCE_BYTES) refuse('EVIDENCE_TOO_LARGE', { maxMiB: MAX_EVIDENCE_BYTES / 1024 / 1024 }, { status: 413 });
  await demandItem(act, visit.applicationId, query.subject, item);
  const mediaType = await fileTypeOf(bytes);
  if (!(PICTURE_TYPES as readonly (FileType | undefined)[]).includes(mediaType)) refuse('EVIDENCE_TYPE', {});
  const { sha256 } = query;
  const made = await insertEvidence(act, visit, { id: evidenceId, subject: query.subject, item, sha256, bytes: bytes.length, mediaType: mediaType!, takenAt: query.takenAt });
  const stored = (await findEvidence(act, visit, evidenceId)) ?? refuse('EVIDENCE_OTHER', {}, { status: 409 });
  if (!made) return same(stored);
  // Last of all: what is refused leaves no file.
  await act.platform.files.keep(bytes, upload.laidDown);
  const { districtCode, personId, townshipCode, institutionId } = visit;
  await recordEvent(act, { districtCode, kind: 'assessments.siteEvidenceKept', subjectType: 'siteVisit', subjectId: visit.id, personId, townshipCode, institutionId, data: { evidenceId, subject: query.subject, item, sha256 } });
  return stored;
}

/** A photograph of an item names one of the case's own scale; others name none. */
async function demandItem(act: Act, applicationId: string, subject: EvidenceSubject, item: string | null): Promise<void> {
  if ((subject === 'item') !== (item !== null)) refuse('EVIDENCE_ITEM', { item: item ?? '' });
  if (item === null) return;
  const application = await getApplication(act, applicationId);
  if (!scaleOf(act, application).value.items.some((one) => one.code === item)) refuse('EVIDENCE_ITEM', { item });
}

/** The photograph of an assessment's visit; refuses with NOT_FOUND. */
export async function readEvidence(act: Act, assessmentId: string, evidenceId: string): Promise<FileAnswer> {
  const visit = (await findVisitOf(act, assessmentId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const evidence = (await findEvidence(act, visit, evidenceId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  return { mediaType: evidence.mediaType, fileName: `${evidence.id}.${FILE_TYPES[evidence.mediaType as FileType]}`, body: await act.platform.files.read(evidence.sha256), inline: true };
}
