/** The conclusion letter (评估结论书): what it says, and its way to the template letter.typ. It goes to the person, so names are whole. */
import type { Bilingual } from '#kit/contract.ts';
import type { Day } from '#kit/days.ts';
import type { SourceStatus } from '#kit/decision.ts';
import { assert } from '#kit/refuse.ts';
import { qrSvg } from '#platform/documents/qr.ts';
import { renderPdf } from '#platform/documents/render.ts';

/** One rule that led to the grade, in the words of the reader, with the documents it rests on. */
export interface LetterReason {
  sentence: Bilingual;
  sources: { title: string; article?: string; status: SourceStatus }[];
}

export interface ConclusionLetter {
  /** Document number, e.g. `青护评〔2026〕990102-000017号`. */
  number: string;
  issuedOn: Day;
  /** The agency that issues the letter. */
  issuer: Bilingual;
  /** Kind of the case in words: initial, end of term, review … */
  kind: Bilingual;
  /** The conclusion before this one, where there was one. */
  before: { number: string; level: number; name: Bilingual } | null;
  person: { name: string; identityNumber: string; district: Bilingual };
  assessment: {
    institution: Bilingual;
    assessedOn: Day;
    /** Name of the scale's edition, e.g. 长期护理失能等级评估标准（试行）. */
    scale: Bilingual;
    /** The experts who confirmed the conclusion, at least two. */
    experts: string[];
  };
  grade: { level: number; name: Bilingual; status: SourceStatus };
  /** Points of each first-level indicator, their maximum, and the class they fall into or their share of the score. */
  sums: { dimension: Bilingual; points: string; maxPoints: string; impairment: Bilingual }[];
  /** The rules in the order in which they fired. */
  reasons: LetterReason[];
  notice: { startsOn: Day; endsOn: Day; days: number };
  effectiveOn: Day;
  validUntilOn: Day;
  /** A re-assessment may be asked for so many days after receipt; `untilOn` counts from `receivedOn`, or from the conclusion while no receipt is on record. */
  objection: { to: Bilingual; untilOn: Day; receivedOn: Day | null; days: { count: number; unit: 'calendarDay' | 'workingDay' }; address: string; phone: string };
  /** Public address where number and grade can be checked; also in the QR code. */
  verifyUrl: string;
}

/** Data of a letter → input of letter.typ. */
export function letterInput(letter: ConclusionLetter) {
  assert(letter.reasons.length > 0, 'a conclusion letter gives its reasons');
  assert(letter.assessment.experts.length >= 2, 'at least two experts confirm a conclusion');
  assert(letter.effectiveOn <= letter.validUntilOn, 'a conclusion ends after it begins');
  const unverified = letter.grade.status === 'unverified'
    || letter.reasons.some((reason) => reason.sources.some((source) => source.status === 'unverified'));
  return { ...letter, anyUnverified: unverified, qr: qrSvg(letter.verifyUrl) };
}

/** The letter as PDF; the same letter gives the same bytes. Refuses DOCUMENT_CHARACTER_MISSING. */
export function conclusionLetterPdf(letter: ConclusionLetter): Promise<Buffer> {
  return renderPdf(new URL('letter.typ', import.meta.url), letterInput(letter));
}
