/** Shapes of a visit: what the phone writes, what stands on the server, and what a reviewer reads. */
import { Type } from '@sinclair/typebox';
import { DaySchema, IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';
import { GUARDIAN_RELATIONS, IDENTITY_CHECKS, IDENTITY_DOCUMENTS, SITE_VISIT_STATES } from '../model.ts';
import { EvidenceSchema, VideoSchema } from './evidence.ts';

const NoteSchema = Type.String({ maxLength: 2000 });
const NameSchema = Type.String({ maxLength: 60 });
const strict = { additionalProperties: false } as const;
const DatumSchema = Type.Union([Type.Literal('WGS84'), Type.Literal('GCJ02')]);

export const SitePlaceSchema = Type.Object(
  { lng: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }), accuracyM: Type.Number({ minimum: 0, maximum: 1_000_000 }), datum: DatumSchema, takenAt: InstantSchema },
  strict,
);

export const SiteAnswerSchema = Type.Object({ points: Type.Integer({ minimum: 0, maximum: 100 }), note: Type.Optional(NoteSchema), answeredAt: InstantSchema }, strict);

/** Who stood for the applicant: a full identity number, or its last four characters. */
export const SiteGuardianSchema = Type.Object(
  {
    name: NameSchema,
    relation: Type.Union(GUARDIAN_RELATIONS.map((one) => Type.Literal(one))),
    identityNumber: Type.String({ pattern: '^([0-9]{17}[0-9X]|[0-9]{3}[0-9X])$' }),
    checkedBy: Type.Union(IDENTITY_CHECKS.map((one) => Type.Literal(one))),
  },
  strict,
);

/** What the assessor read on the applicant's document; the server compares it with the person's number. */
export const SiteApplicantSchema = Type.Object({ document: Type.Union(IDENTITY_DOCUMENTS.map((one) => Type.Literal(one))), identityNumber: Type.String({ pattern: '^[0-9]{17}[0-9X]$' }) }, strict);

/** The visit as the phone holds it. What is not known yet is null or left empty; only handing in asks for all of it. */
export const SiteVisitContentSchema = Type.Object(
  {
    arrivedAt: Nullable(InstantSchema),
    leftAt: Nullable(InstantSchema),
    place: Nullable(SitePlaceSchema),
    /** Where the visit took place, in words, e.g. the address; for a person who is not at home. */
    placeText: Type.String({ maxLength: 200 }),
    /** Why no position was taken, and why nothing was recorded where the city lets that pass, in the assessor's words. */
    placeMissing: Type.Optional(Type.String({ maxLength: 200 })),
    videoMissing: Type.Optional(Type.String({ maxLength: 200 })),
    /** Accounts of those who came along: experts and further assessors of the package's list, without the assessor's own. */
    companionIds: Type.Array(IdSchema, { maxItems: 5, uniqueItems: true }),
    /** The assessors showed their own cards to the family. */
    staffIdentityShown: Type.Boolean(),
    guardian: Nullable(SiteGuardianSchema),
    applicant: Nullable(SiteApplicantSchema),
    /** Person and guardian agree to the recording and the use of the answers. */
    consentAt: Nullable(InstantSchema),
    interviewNote: NoteSchema,
    neighbourNote: NoteSchema,
    /** Item code → chosen points. */
    answers: Type.Record(Type.String({ maxLength: 60 }), SiteAnswerSchema),
    /** Contradiction code → the assessor's remark. */
    remarks: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 500 })),
    /** Photographs that belong to the visit: handing in waits until each of them has arrived. */
    evidenceIds: Type.Array(IdSchema, { maxItems: 200, uniqueItems: true }),
  },
  strict,
);

export const SiteVisitBodySchema = Type.Object(
  {
    applicationId: IdSchema,
    /** Counted by the phone, strictly growing with every change of the content. */
    revision: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    deviceId: Type.String({ minLength: 8, maxLength: 100 }),
    /** Whose visit the phone holds: another assessor may have signed in on it since. */
    accountId: Type.Optional(IdSchema),
    /** Phone's clock minus the server's, in ms, as the phone last measured it: instants in the content are the phone's own, the server takes the offset off. */
    clockOffsetMs: Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 }),
    content: SiteVisitContentSchema,
  },
  strict,
);

const StateSchema = Type.Union(SITE_VISIT_STATES.map((one) => Type.Literal(one)));

/** What stands on the server after the call: of an older revision the newer one that stands. */
export const SiteVisitStandingSchema = Type.Object({
  id: IdSchema,
  applicationId: IdSchema,
  state: StateSchema,
  revision: Type.Integer(),
  /** SHA-256 of what stands (contentSha256 of the canonical JSON of the content). */
  contentSha256: Type.String(),
  content: SiteVisitContentSchema,
  receivedAt: InstantSchema,
  /** Null while no number was entered; false: another person's number, handing in will be refused. */
  identityMatches: Nullable(Type.Boolean()),
  /** Metres to the last known point of the person's home; null where none is known. */
  distanceM: Nullable(Type.Integer()),
  evidence: Type.Array(EvidenceSchema),
  video: Type.Array(VideoSchema),
  /** The assessment that the visit became. */
  assessmentId: Nullable(IdSchema),
});

/** One side of a contradiction: item and chosen option with their words. */
const SideSchema = Type.Object({ item: Type.String(), itemZh: Type.String(), itemEn: Type.String(), points: Type.Integer(), optionZh: Type.String(), optionEn: Type.String() });
export const ContradictionSchema = Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), sides: Type.Array(SideSchema) });

const PersonSchema = Type.Object({ accountId: IdSchema, name: Type.String(), expert: Type.Boolean() });

/** What a reviewer reads of the visit behind an assessment. Identity numbers are masked. */
export const SiteVisitReadingSchema = Type.Object({
  id: IdSchema,
  assessmentId: IdSchema,
  applicationId: IdSchema,
  assessor: PersonSchema,
  companions: Type.Array(PersonSchema),
  arrivedAt: InstantSchema,
  leftAt: InstantSchema,
  durationMin: Type.Integer(),
  place: Nullable(SitePlaceSchema),
  placeText: Type.String(),
  placeMissing: Nullable(Type.String()),
  videoMissing: Nullable(Type.String()),
  distanceM: Nullable(Type.Integer()),
  guardian: Type.Object({ name: Type.String(), relation: Type.String(), identityNumberMasked: Type.String(), checkedBy: Type.String() }),
  applicantDocument: Type.String(),
  consentAt: InstantSchema,
  interviewNote: Type.String(),
  neighbourNote: Type.String(),
  /** Notes and instants item by item, in the scale's order. */
  items: Type.Array(Type.Object({ item: Type.String(), itemZh: Type.String(), itemEn: Type.String(), points: Type.Integer(), optionZh: Type.String(), optionEn: Type.String(), note: Nullable(Type.String()), answeredAt: InstantSchema })),
  contradictions: Type.Array(Type.Composite([ContradictionSchema, Type.Object({ remark: Type.String() })])),
  evidence: Type.Array(EvidenceSchema),
  video: Type.Array(VideoSchema),
  /** Whether the video is demanded of this case; until when the full rendition must be there. */
  videoRequired: Type.Boolean(),
  videoFullDueOn: Nullable(DaySchema),
  deviceId: Type.String(),
  clockOffsetMs: Type.Integer(),
  revision: Type.Integer(),
  submittedAt: InstantSchema,
});
