/** What stands on the phone. One store per account: who signs in on a shared phone sees their own visits only. */
import type { EvidenceSubject, Rendition } from '#domain/assessments/onsite/model.ts';
import type { Companion, Content, ContradictionRules, OnSiteCase, OnSitePackage, ScaleEdition } from '../api.ts';

export const STEPS = ['arrive', 'persons', 'video', 'items', 'review', 'finish', 'send'] as const;
export type Step = (typeof STEPS)[number];

/** The orders as the server told them last. */
export interface KeptPackage extends Omit<OnSitePackage, 'total'> {
  /** This phone's clock minus the server's, in ms. */
  offsetMs: number;
  fetchedAt: string;
}

/** What a visit rests on, copied when it begins: it stays when the case is later taken from the list. */
export interface Ground {
  visitId: string;
  case: OnSiteCase;
  scale: ScaleEdition;
  rules: ContradictionRules;
  companions: Companion[];
}

/** A "no" of the server, as it was worded. */
export interface KeptRefusal {
  code: string;
  title: string;
  details: string[];
}

/** How far a finished visit is sent. */
export interface Sent {
  /** Revision that the server has acknowledged; 0: none. */
  revision: number;
  /** Renditions whose manifest the server has sealed. */
  sealed: Rendition[];
  made: { assessmentId: string; gradeZh: string; gradeEn: string; at: string } | null;
  refusal: KeptRefusal | null;
  /** The assessor asked for the full rendition to be sent over any network. */
  fullAsked: boolean;
}

export interface Visit {
  id: string;
  applicationId: string;
  /** Grows with every change of the content. */
  revision: number;
  content: Content;
  /** Where the assessor stands, to come back to. */
  step: Step;
  item: string | null;
  beganAt: string;
  changedAt: string;
  /** The phone's clock minus the server's when it was last measured, in ms. */
  offsetMs: number;
  /** Set when the assessor has finished: from then on it waits to be sent. */
  finishedAt: string | null;
  sent: Sent;
}

/** A photograph, a signature, or a piece of the video; its bytes stand apart under the same id. */
export interface Part {
  id: string;
  visitId: string;
  kind: 'evidence' | Rendition;
  /** Place in the rendition, from 0; of evidence the order in which it came. */
  number: number;
  /** Which running of the camera it belongs to. */
  take: number;
  subject: EvidenceSubject | null;
  item: string | null;
  mediaType: string;
  bytes: number;
  sha256: string;
  /** From when until when, as instants. */
  fromAt: string;
  takenAt: string;
  sent: boolean;
}

/** What remains of a visit on the phone once the server has everything. */
export interface Receipt {
  visitId: string;
  applicationId: string;
  number: string;
  personName: string;
  assessmentId: string;
  gradeZh: string;
  gradeEn: string;
  sentAt: string;
  answers: number;
  photos: number;
  lowPieces: number;
  fullPieces: number;
}
