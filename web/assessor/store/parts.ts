/** Photographs, signatures and pieces of the video: hashed, then kept with their bytes in one transaction. */
import type { EvidenceSubject } from '#domain/assessments/onsite/model.ts';
import { newId } from '../../../kit/ids.ts';
import type { Phone } from './open.ts';
import { sha256Of } from './pieces.ts';
import type { Part } from './shapes.ts';

export interface NewPiece {
  kind: 'low' | 'full';
  take: number;
  mediaType: string;
  bytes: ArrayBuffer;
  fromAt: Date;
  takenAt: Date;
}

export interface NewEvidence {
  subject: EvidenceSubject;
  item: string | null;
  mediaType: string;
  bytes: ArrayBuffer;
  takenAt: Date;
}

/** Keeps a piece behind the last one of its rendition. Rejects when the phone is full: then nothing of it stands. */
export function addPiece(phone: Phone, visitId: string, piece: NewPiece): Promise<Part> {
  return addPart(phone, visitId, piece.bytes, { kind: piece.kind, take: piece.take, subject: null, item: null, mediaType: piece.mediaType, fromAt: piece.fromAt.toISOString(), takenAt: piece.takenAt.toISOString() });
}

/** Keeps a photograph or signature; a new signature of the same person takes the place of the old one. */
export async function addEvidence(phone: Phone, visitId: string, one: NewEvidence): Promise<Part> {
  const takenAt = one.takenAt.toISOString();
  const part = await addPart(phone, visitId, one.bytes, { kind: 'evidence', take: 0, subject: one.subject, item: one.item, mediaType: one.mediaType, fromAt: takenAt, takenAt });
  if (one.subject === 'companionSignature' || one.subject === 'guardianSignature') {
    for (const old of await partsOf(phone, visitId)) if (old.subject === one.subject && old.id !== part.id && !old.sent) await dropPart(phone, old.id);
  }
  return part;
}

type About = Omit<Part, 'id' | 'visitId' | 'number' | 'bytes' | 'sha256' | 'sent'>;

async function addPart(phone: Phone, visitId: string, bytes: ArrayBuffer, about: About): Promise<Part> {
  const sha256 = await sha256Of(bytes);
  const tx = phone.transaction(['parts', 'bytes'], 'readwrite', { durability: 'strict' });
  const before = (await tx.objectStore('parts').index('visit').getAll(visitId)).filter((one) => one.kind === about.kind);
  const number = before.reduce((most, one) => Math.max(most, one.number + 1), 0);
  const part: Part = { ...about, id: newId(Date.parse(about.takenAt)), visitId, number, bytes: bytes.byteLength, sha256, sent: false };
  await tx.objectStore('parts').put(part);
  await tx.objectStore('bytes').put(bytes, part.id);
  await tx.done;
  return part;
}

/** The parts of a visit in the order in which they came. */
export async function partsOf(phone: Phone, visitId: string): Promise<Part[]> {
  const parts = await phone.getAllFromIndex('parts', 'visit', visitId);
  return parts.sort((a, b) => a.kind.localeCompare(b.kind) || a.number - b.number);
}

export const bytesOf = (phone: Phone, id: string): Promise<ArrayBuffer | undefined> => phone.get('bytes', id);

/** Deletes a photograph that was not sent yet; one that the server has stays. */
export async function dropPart(phone: Phone, id: string): Promise<void> {
  const tx = phone.transaction(['parts', 'bytes'], 'readwrite');
  const part = await tx.objectStore('parts').get(id);
  if (part && !part.sent) await Promise.all([tx.objectStore('parts').delete(id), tx.objectStore('bytes').delete(id)]);
  await tx.done;
}

/** Marks a part as acknowledged by the server. */
export async function markSent(phone: Phone, id: string): Promise<void> {
  const tx = phone.transaction('parts', 'readwrite', { durability: 'strict' });
  const part = await tx.store.get(id);
  if (part) await tx.store.put({ ...part, sent: true });
  await tx.done;
}

/** How long a rendition runs, its takes one after the other, in ms. */
export function durationOf(parts: readonly Part[]): number {
  const takes = [...new Set(parts.map((one) => one.take))].map((take) => parts.filter((one) => one.take === take));
  return takes.reduce((sum, take) => sum + Math.max(...take.map((one) => Date.parse(one.takenAt))) - Math.min(...take.map((one) => Date.parse(one.fromAt))), 0);
}

/** Numbers of the pieces with which a take begins. */
export function takeBeginnings(parts: readonly Part[]): number[] {
  return parts.filter((one, at) => at === 0 || parts[at - 1]!.take !== one.take).map((one) => one.number);
}
