/** Shapes of photographs and of the video in two renditions. */
import { Type } from '@sinclair/typebox';
import { IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';
import { EVIDENCE_SUBJECTS, RENDITIONS, VIDEO_TYPES } from '../model.ts';

export const Sha256Schema = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the bytes, hexadecimal' });
export const EvidenceSubjectSchema = Type.Union(EVIDENCE_SUBJECTS.map((one) => Type.Literal(one)));
export const RenditionSchema = Type.Union(RENDITIONS.map((one) => Type.Literal(one)));

export const EvidenceSchema = Type.Object({
  id: IdSchema,
  subject: EvidenceSubjectSchema,
  item: Nullable(Type.String()),
  sha256: Sha256Schema,
  bytes: Type.Integer(),
  mediaType: Type.String(),
  takenAt: InstantSchema,
  receivedAt: InstantSchema,
});

/** Told once, when the recording is over; another content for the same rendition is refused. */
export const VideoManifestSchema = Type.Object(
  {
    mediaType: Type.Union(VIDEO_TYPES.map((one) => Type.Literal(one))),
    pieces: Type.Integer({ minimum: 1, maximum: 10000 }),
    durationMs: Type.Integer({ minimum: 1, maximum: 86_400_000 }),
    /** Numbers of the pieces with which a take begins, the first of them 0: a phone that died and went on has several, each a film of its own. */
    takes: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 9999 }), { minItems: 1, maxItems: 100 })),
  },
  { additionalProperties: false },
);

/** Where a rendition stands: what arrived, what is missing, and the seal once everything is there. */
export const VideoSchema = Type.Object({
  rendition: RenditionSchema,
  /** Null until the phone has told its manifest; then so many pieces are expected. */
  pieces: Nullable(Type.Integer()),
  mediaType: Nullable(Type.String()),
  durationMs: Nullable(Type.Integer()),
  takes: Type.Optional(Type.Array(Type.Integer())),
  received: Type.Integer(),
  bytes: Type.Integer(),
  /** Numbers that are missing: below the expected count, or below the highest that arrived while no manifest is there. The first 500. */
  missing: Type.Array(Type.Integer()),
  sealedAt: Nullable(InstantSchema),
  /** SHA-256 over the chained hashes of the pieces: h0 = p0, h(i) = sha256(h(i-1) ‖ p(i)), over the pieces' own hashes in hexadecimal. */
  sealSha256: Nullable(Sha256Schema),
});
