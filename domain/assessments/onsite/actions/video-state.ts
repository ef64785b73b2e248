/** What has arrived of a visit's video, and what is missing. */
import type { Static } from '@sinclair/typebox';
import type { Act } from '#platform/act.ts';
import type { VideoSchema } from '../contract/evidence.ts';
import { RENDITIONS } from '../model.ts';
import type { Rendition } from '../model.ts';
import { missingPieces } from '../rules.ts';
import { listManifests, listPieces } from '../store/evidence.ts';
import type { Manifest, Piece } from '../store/evidence.ts';
import type { SiteVisit } from '../store/visit.ts';

export type Video = Static<typeof VideoSchema>;

/** Of the missing numbers an answer names so many. */
const NAMED = 500;

/** Where both renditions stand; those of which nothing has arrived too. */
export async function videoState(act: Act, visit: SiteVisit): Promise<Video[]> {
  const manifests = await listManifests(act, visit);
  const states: Video[] = [];
  for (const rendition of RENDITIONS) states.push(stateOf(rendition, await listPieces(act, visit, rendition), manifests.find((one) => one.rendition === rendition)));
  return states;
}

/** Where one rendition stands, from its pieces and manifest. */
export function stateOf(rendition: Rendition, pieces: readonly Piece[], manifest: Manifest | undefined): Video {
  return {
    rendition, pieces: manifest?.pieces ?? null, mediaType: manifest?.mediaType ?? pieces[0]?.mediaType ?? null, durationMs: manifest?.durationMs ?? null,
    ...(manifest ? { takes: manifest.takes } : {}),
    received: pieces.length, bytes: pieces.reduce((sum, one) => sum + one.bytes, 0), missing: missingPieces(pieces.map((one) => one.piece), manifest?.pieces ?? null).slice(0, NAMED),
    sealedAt: manifest?.sealedAt ?? null, sealSha256: manifest?.sealSha256 ?? null,
  };
}
