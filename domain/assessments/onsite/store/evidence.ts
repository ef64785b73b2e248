/** SQL of photographs and of the pieces of videos. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Act } from '#platform/act.ts';
import type { EvidenceSchema } from '../contract/evidence.ts';
import type { EvidenceSubject, Rendition } from '../model.ts';
import type { SiteVisit } from './visit.ts';

export type Evidence = Static<typeof EvidenceSchema>;

const EVIDENCE = sql`e.id, e.subject, e.item, e.sha256, e.size_bytes AS bytes, e.media_type, e.taken_at, e.received_at`;

/** Photographs of a visit, in the order of taking. */
export async function listEvidence(act: Act, visit: Pick<SiteVisit, 'districtCode' | 'id'>): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`SELECT ${EVIDENCE} FROM assessments.site_evidence e WHERE e.district_code = ${visit.districtCode} AND e.site_visit_id = ${visit.id} ORDER BY e.taken_at, e.id LIMIT 500`.execute(act.db);
  return rows;
}

/** A photograph of a visit, or undefined. */
export async function findEvidence(act: Act, visit: Pick<SiteVisit, 'districtCode' | 'id'>, id: string): Promise<Evidence | undefined> {
  const { rows } = await sql<Evidence>`SELECT ${EVIDENCE} FROM assessments.site_evidence e WHERE e.district_code = ${visit.districtCode} AND e.site_visit_id = ${visit.id} AND e.id = ${id}`.execute(act.db);
  return rows[0];
}

export interface NewEvidence {
  id: string;
  subject: EvidenceSubject;
  item: string | null;
  sha256: string;
  bytes: number;
  mediaType: string;
  takenAt: string;
}

/** Stores a photograph; false when its id is taken. */
export async function insertEvidence(act: Act, visit: SiteVisit, one: NewEvidence): Promise<boolean> {
  const { rows } = await sql`INSERT INTO assessments.site_evidence (district_code, id, site_visit_id, township_code, assessment_institution_id, subject, item, sha256, size_bytes, media_type, taken_at, received_at)
    VALUES (${visit.districtCode}, ${one.id}, ${visit.id}, ${visit.townshipCode}, ${visit.institutionId}, ${one.subject}, ${one.item}, ${one.sha256}, ${one.bytes}, ${one.mediaType}, ${one.takenAt}, ${act.now})
    ON CONFLICT DO NOTHING RETURNING id`.execute(act.db);
  return rows.length > 0;
}

/** A piece as it lies in the vault. */
export interface Piece {
  piece: number;
  sha256: string;
  bytes: number;
  /** Of piece 0 by its content. */
  mediaType: string | null;
}

/** Pieces of a rendition in their order. */
export async function listPieces(act: Act, visit: Pick<SiteVisit, 'districtCode' | 'id'>, rendition: Rendition): Promise<Piece[]> {
  const { rows } = await sql<Piece>`SELECT p.piece, p.sha256, p.size_bytes AS bytes, p.media_type FROM assessments.site_video_piece p
    WHERE p.district_code = ${visit.districtCode} AND p.site_visit_id = ${visit.id} AND p.rendition = ${rendition} ORDER BY p.piece`.execute(act.db);
  return rows;
}

export async function findPiece(act: Act, visit: SiteVisit, rendition: Rendition, piece: number): Promise<Piece | undefined> {
  const { rows } = await sql<Piece>`SELECT p.piece, p.sha256, p.size_bytes AS bytes, p.media_type FROM assessments.site_video_piece p
    WHERE p.district_code = ${visit.districtCode} AND p.site_visit_id = ${visit.id} AND p.rendition = ${rendition} AND p.piece = ${piece}`.execute(act.db);
  return rows[0];
}

/** The highest number that arrived (−1: none) and how many did. */
export async function countPieces(act: Act, visit: SiteVisit, rendition: Rendition): Promise<{ count: number; highest: number }> {
  const { rows } = await sql<{ count: number; highest: number }>`SELECT count(*) AS count, coalesce(max(p.piece), -1) AS highest FROM assessments.site_video_piece p
    WHERE p.district_code = ${visit.districtCode} AND p.site_visit_id = ${visit.id} AND p.rendition = ${rendition}`.execute(act.db);
  return rows[0]!;
}

export async function insertPiece(act: Act, visit: SiteVisit, rendition: Rendition, one: Piece): Promise<void> {
  await sql`INSERT INTO assessments.site_video_piece (district_code, site_visit_id, rendition, piece, township_code, assessment_institution_id, sha256, size_bytes, media_type, received_at)
    VALUES (${visit.districtCode}, ${visit.id}, ${rendition}, ${one.piece}, ${visit.townshipCode}, ${visit.institutionId}, ${one.sha256}, ${one.bytes}, ${one.mediaType}, ${act.now})`.execute(act.db);
}

/** The manifest of a rendition, with its seal. */
export interface Manifest {
  rendition: Rendition;
  mediaType: string;
  pieces: number;
  durationMs: number;
  /** Pieces with which a take begins, the first of them 0. */
  takes: number[];
  sealedAt: string | null;
  sealSha256: string | null;
}

/** Manifests of a visit's renditions. */
export async function listManifests(act: Act, visit: Pick<SiteVisit, 'districtCode' | 'id'>): Promise<Manifest[]> {
  const { rows } = await sql<Manifest>`SELECT m.rendition, m.media_type, m.pieces, m.duration_ms, m.takes, m.sealed_at, m.seal_sha256 FROM assessments.site_video m
    WHERE m.district_code = ${visit.districtCode} AND m.site_visit_id = ${visit.id}`.execute(act.db);
  return rows;
}

export async function insertManifest(act: Act, visit: SiteVisit, one: Pick<Manifest, 'rendition' | 'mediaType' | 'pieces' | 'durationMs' | 'takes'>): Promise<void> {
  await sql`INSERT INTO assessments.site_video (district_code, site_visit_id, rendition, township_code, assessment_institution_id, media_type, pieces, duration_ms, takes, told_at)
    VALUES (${visit.districtCode}, ${visit.id}, ${one.rendition}, ${visit.townshipCode}, ${visit.institutionId}, ${one.mediaType}, ${one.pieces}, ${one.durationMs}, ${[...one.takes]}::int[], ${act.now})`.execute(act.db);
}

export async function sealVideo(act: Act, visit: SiteVisit, rendition: Rendition, sealSha256: string): Promise<void> {
  await sql`UPDATE assessments.site_video SET sealed_at = ${act.now}, seal_sha256 = ${sealSha256} WHERE district_code = ${visit.districtCode} AND site_visit_id = ${visit.id} AND rendition = ${rendition}`.execute(act.db);
}
