/** What an assessor takes along to work without network. */
import { Type } from '@sinclair/typebox';
import { DaySchema, IdSchema, InstantSchema, Nullable } from '#kit/schemas.ts';
import { ApplicationKindSchema } from '../../contract/application.ts';
import { ScaleEditionSchema } from '../../contract/grading.ts';
import { ContradictionRules } from '../contradiction-rules.ts';

export const OnSiteCaseSchema = Type.Object({
  applicationId: IdSchema,
  number: Type.String(),
  kind: ApplicationKindSchema,
  filedOn: DaySchema,
  personId: IdSchema,
  personName: Type.String(),
  identityNumber: Type.String(),
  identityNumberMasked: Type.String(),
  bornOn: Nullable(DaySchema),
  sex: Nullable(Type.String()),
  address: Type.String(),
  community: Type.String(),
  districtCode: Type.String(),
  townshipCode: Type.String(),
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  applicantName: Type.String(),
  relation: Type.String(),
  contactPhone: Type.String(),
  statement: Nullable(Type.String()),
  /** Last day for the visit; null where `calendarMissing` names the file of the working days. */
  dueOn: Nullable(DaySchema),
  calendarMissing: Nullable(Type.String()),
  overdue: Type.Boolean(),
  /** Grade of the conclusion that the case follows or looks at again. */
  gradeBefore: Nullable(Type.Integer()),
  /** The accounts that the institution sent; null: open to every assessor of it. */
  assignedTo: Nullable(IdSchema),
  assignedExpert: Nullable(IdSchema),
  /** What the institution's office has still to do before anybody may begin: take the order, or send somebody; null where nothing is awaited or the city does not ask for it. */
  orderWaits: Nullable(Type.Union([Type.Literal('taking'), Type.Literal('sending')])),
  /** Appointment with the family, where one was made: day and times of day (HH:MM). */
  appointmentOn: Nullable(DaySchema),
  windowFrom: Nullable(Type.String()),
  windowTo: Nullable(Type.String()),
  /** Why a result of this case came back, where it did: by whom, the reason, the items in doubt, the words, the last day for the new assessment. */
  returned: Nullable(Type.Object({ nth: Type.Integer(), by: Type.String(), reason: Type.String(), items: Type.Array(Type.String()), note: Nullable(Type.String()), returnedOn: DaySchema, dueOn: Nullable(DaySchema), mayMend: Type.Array(Type.String({ description: 'of whom one comes again: who was on site, or who was sent anew; none where the case was dispatched anew' })) })),
  /** Edition of the scale, and of the contradictions, that the case keeps. */
  scaleId: Type.String(),
  contradictionsId: Type.String(),
  policy: Type.Object({ personsOnSite: Type.Integer(), expertsOnSite: Type.Integer(), guardianRequired: Type.Boolean(), videoRequired: Type.Boolean(), videoFullWorkingDays: Nullable(Type.Integer()) }),
  /** Visits of the case that stand open on the server, newest first. */
  visits: Type.Array(Type.Object({ id: IdSchema, accountId: IdSchema, assessorName: Type.String(), revision: Type.Integer(), state: Type.String() })),
});

export const OnSitePackageSchema = Type.Object({
  serverAt: InstantSchema,
  today: DaySchema,
  /** SHA-256 of the content of this page without `serverAt`: the same stamp, nothing new. */
  stamp: Type.String(),
  institutionName: Nullable(Type.String()),
  cases: Type.Array(OnSiteCaseSchema),
  total: Type.Integer(),
  scales: Type.Array(ScaleEditionSchema),
  contradictions: Type.Array(Type.Object({ id: Type.String(), status: Type.String(), rules: ContradictionRules })),
  /** Who may come along: experts of the institution or of the area, and the institution's other assessors. */
  companions: Type.Array(Type.Object({ accountId: IdSchema, name: Type.String(), expert: Type.Boolean(), institutionId: Nullable(IdSchema), area: Nullable(Type.String()) })),
  /** Limits the phone must keep, in bytes. */
  limits: Type.Object({ evidenceBytes: Type.Integer(), pieceBytes: Type.Integer() }),
});
