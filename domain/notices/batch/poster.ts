/** The poster (公示): what hangs in the community, and its way to the template poster.typ. Only masked names and numbers reach it. */
import type { Bilingual } from '#kit/contract.ts';
import type { Day } from '#kit/days.ts';
import { assert } from '#kit/refuse.ts';
import { qrSvg } from '#platform/documents/qr.ts';
import { renderPdf } from '#platform/documents/render.ts';

export type Paper = 'a3' | 'a4';

export interface Poster {
  paper: Paper;
  /** Number of the batch, e.g. `QH-N-2026-000012`. */
  number: string;
  issuer: Bilingual;
  district: Bilingual;
  township: Bilingual;
  /** Null when it hangs for the whole township. */
  community: string | null;
  publishedOn: Day;
  startsOn: Day;
  endsOn: Day;
  days: { count: number; unit: 'calendarDay' | 'workingDay' };
  interruptions: { fromOn: Day; toOn: Day; endsOn: Day; note: string }[];
  rows: { community: string; maskedName: string; maskedNumber: string; grade: number; gradeZh: string; gradeEn: string }[];
  objectAt: { address: string; phone: string };
  /** Public page of the batch; also in the QR code. */
  publicUrl: string;
}

/** The poster as PDF, upright; the same poster gives the same bytes. Refuses DOCUMENT_CHARACTER_MISSING. */
export function posterPdf(poster: Poster): Promise<Buffer> {
  for (const one of poster.rows) assert(one.maskedNumber.includes('*') && /\*/.test(one.maskedName), 'a poster shows masked names and numbers only');
  return renderPdf(new URL('poster.typ', import.meta.url), { ...poster, qr: qrSvg(poster.publicUrl) });
}
