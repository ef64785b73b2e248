/** The video in pieces: each is checked, kept once and counted; the whole is sealed when nothing is missing, and played back. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { Static } from '@sinclair/typebox';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { fileTypeOf } from '#platform/files/kind.ts';
import type { FileAnswer, Upload } from '#platform/module.ts';
import type { VideoManifestSchema } from '../contract/evidence.ts';
import { MAX_PIECE_BYTES, VIDEO_TYPES } from '../model.ts';
import type { Rendition } from '../model.ts';
import { sealOf } from '../rules.ts';
import { countPieces, findPiece, insertManifest, insertPiece, listManifests, listPieces, sealVideo } from '../store/evidence.ts';
import type { Manifest, Piece } from '../store/evidence.ts';
import { findVisitOf, lockBy } from '../store/visit.ts';
import type { SiteVisit } from '../store/visit.ts';
import { getOwnVisit } from './own.ts';
import { stateOf } from './video-state.ts';
import type { Video } from './video-state.ts';

/**
 * Keeps one piece. The same again gets the same answer. Refuses with VIDEO_PIECE_HASH when other bytes arrived than were sent,
 * VIDEO_PIECE_OTHER when other content stands under the number, VIDEO_PIECE_BEYOND past the told end, VIDEO_TYPE when the first
 * piece is no WebM or MP4 (or another than told), VIDEO_PIECE_TOO_LARGE, SITE_VISIT_FOREIGN, NOT_FOUND.
 */
export async function keepPiece(act: Act, visitId: string, rendition: Rendition, piece: number, told: string, upload: Upload): Promise<{ piece: number; sha256: string; bytes: number }> {
  const { bytes } = upload;
  if (createHash('sha256').update(bytes).digest('hex') !== told) refuse('VIDEO_PIECE_HASH', { piece });
  if (bytes.length > MAX_PIECE_BYTES) refuse('VIDEO_PIECE_TOO_LARGE', { maxMiB: MAX_PIECE_BYTES / 1024 / 1024 }, { status: 413 });
  if (bytes.length === 0) refuse('VIDEO_PIECE_HASH', { piece });
  const visit = await getOwnVisit(act, visitId);
  const mediaType = piece === 0 ? await videoTypeOf(bytes) : null;
  // From here on one call after the other: of the last two pieces the later one must see both.
  await lockBy(act, `siteVideo:${visit.id}:${rendition}`);
  const known = await findPiece(act, visit, rendition, piece);
  if (known && known.sha256 !== told) refuse('VIDEO_PIECE_OTHER', { piece }, { status: 409 });
  const manifest = await findManifest(act, visit, rendition);
  if (!known && manifest && piece >= manifest.pieces) refuse('VIDEO_PIECE_BEYOND', { piece, pieces: manifest.pieces }, { status: 409 });
  if (!known && manifest && mediaType !== null && mediaType !== manifest.mediaType) refuse('VIDEO_TYPE', { mediaType });
  // After every refusal: what is refused leaves no file. The same again is kept again, for a vault that was brought back without it.
  const { sha256, sizeBytes } = await act.platform.files.keep(bytes, upload.laidDown);
  if (known) return { piece, sha256, bytes: known.bytes };
  await insertPiece(act, visit, rendition, { piece, sha256, bytes: sizeBytes, mediaType });
  if (manifest) await sealWhenWhole(act, visit, manifest);
  return { piece, sha256, bytes: sizeBytes };
}

async function videoTypeOf(bytes: Uint8Array): Promise<string> {
  const mediaType = await fileTypeOf(bytes);
  return (VIDEO_TYPES as readonly string[]).includes(mediaType ?? '') ? mediaType! : refuse('VIDEO_TYPE', { mediaType: mediaType ?? '' });
}

/**
 * Takes the manifest of a finished rendition in and answers where it stands; sealed when nothing is missing. Refuses with
 * VIDEO_MANIFEST_OTHER when another was told, VIDEO_PIECE_BEYOND when a later piece has arrived, VIDEO_TAKES, VIDEO_TYPE.
 */
export async function tellManifest(act: Act, visitId: string, rendition: Rendition, body: Static<typeof VideoManifestSchema>): Promise<Video> {
  const visit = await getOwnVisit(act, visitId);
  await lockBy(act, `siteVideo:${visit.id}:${rendition}`);
  const told = { rendition, mediaType: body.mediaType, pieces: body.pieces, durationMs: body.durationMs, takes: takesOf(body) };
  const known = await findManifest(act, visit, rendition);
  if (known && !isDeepStrictEqual({ ...known, sealedAt: null, sealSha256: null }, { ...told, sealedAt: null, sealSha256: null })) refuse('VIDEO_MANIFEST_OTHER', { pieces: known.pieces }, { status: 409 });
  if (!known) {
    const { highest } = await countPieces(act, visit, rendition);
    if (highest >= body.pieces) refuse('VIDEO_PIECE_BEYOND', { piece: highest, pieces: body.pieces }, { status: 409 });
    const first = await findPiece(act, visit, rendition, 0);
    if (first && first.mediaType !== body.mediaType) refuse('VIDEO_TYPE', { mediaType: first.mediaType });
    await insertManifest(act, visit, told);
    await sealWhenWhole(act, visit, { ...told, sealedAt: null, sealSha256: null });
  }
  return stateOf(rendition, await listPieces(act, visit, rendition), await findManifest(act, visit, rendition));
}

/** Where takes begin: at 0 alone unless told; growing, within the pieces. Refuses with VIDEO_TAKES. */
function takesOf({ takes = [0], pieces }: Static<typeof VideoManifestSchema>): number[] {
  if (takes[0] !== 0 || takes.some((one, at) => at > 0 && one <= takes[at - 1]!) || takes.at(-1)! >= pieces) refuse('VIDEO_TAKES', { pieces });
  return takes;
}

async function sealWhenWhole(act: Act, visit: SiteVisit, manifest: Manifest): Promise<void> {
  const { rendition, pieces } = manifest;
  if (manifest.sealedAt !== null || (await countPieces(act, visit, rendition)).count < pieces) return;
  const sealSha256 = sealOf(await listPieces(act, visit, rendition));
  await sealVideo(act, visit, rendition, sealSha256);
  const { districtCode, personId, townshipCode, institutionId } = visit;
  await recordEvent(act, {
    districtCode, kind: 'assessments.siteVideoSealed', subjectType: 'siteVisit', subjectId: visit.id, personId, townshipCode, institutionId,
    data: { rendition, pieces, durationMs: manifest.durationMs, sealSha256, assessmentId: visit.assessmentId },
  });
}

async function findManifest(act: Act, visit: SiteVisit, rendition: Rendition): Promise<Manifest | undefined> {
  return (await listManifests(act, visit)).find((one) => one.rendition === rendition);
}

/** One take of the sealed video of an assessment's visit, piece after piece as one file. Refuses with NOT_FOUND, VIDEO_NOT_SEALED or FILE_NOT_HERE. */
export async function playVideo(act: Act, assessmentId: string, rendition: Rendition, take = 0): Promise<FileAnswer> {
  const visit = (await findVisitOf(act, assessmentId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const manifest = await findManifest(act, visit, rendition);
  if (!manifest || manifest.sealedAt === null) refuse('VIDEO_NOT_SEALED', { missing: manifest ? manifest.pieces - (await countPieces(act, visit, rendition)).count : null }, { status: 409 });
  const [first, until] = [manifest.takes[take] ?? refuse('NOT_FOUND', {}, { status: 404 }), manifest.takes[take + 1] ?? manifest.pieces];
  const pieces = (await listPieces(act, visit, rendition)).slice(first, until);
  const bytes = pieces.reduce((sum, one) => sum + one.bytes, 0);
  const { files } = act.platform;
  for (const one of [pieces[0]!, pieces.at(-1)!]) await files.demand(one.sha256);
  const part = (start: number, end: number): Readable => Readable.from(joined(pieces, start, end, (one, range) => files.stream(one.sha256, range)), { objectMode: false });
  return { mediaType: manifest.mediaType, fileName: `${rendition}-${take + 1}.${manifest.mediaType.slice('video/'.length)}`, body: { bytes, part }, inline: true };
}

/** The bytes `start` to `end` (both included) of the pieces laid one after the other. */
async function* joined(pieces: readonly Piece[], start: number, end: number, read: (piece: Piece, range: { start: number; end: number }) => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let at = 0;
  for (const piece of pieces) {
    const [first, last] = [Math.max(start, at) - at, Math.min(end, at + piece.bytes - 1) - at];
    if (first <= last) yield* read(piece, { start: first, end: last });
    at += piece.bytes;
    if (at > end) return;
  }
}
