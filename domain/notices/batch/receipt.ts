/** The receipt of an objection as PDF: that it was taken, when, under which number, and what became of it. It names nobody. */
import { dayOf } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { qrSvg } from '#platform/documents/qr.ts';
import { renderPdf } from '#platform/documents/render.ts';
import type { FileAnswer } from '#platform/module.ts';
import { readReceipt } from './actions.ts';

/** Minutes of the office's clock, `YYYY-MM-DD HH:mm`. */
function officeTime(at: string): string {
  const shifted = new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString();
  return `${dayOf(new Date(at))} ${shifted.slice(11, 16)}`;
}

/** For whoever knows number and contact. Refuses with RECEIPT_UNKNOWN, DOCUMENT_CHARACTER_MISSING. */
export async function printReceipt(act: Act, asked: { number: string; contact: string }): Promise<FileAnswer> {
  const receipt = await readReceipt(act, asked);
  const checkUrl = `${act.platform.publicUrl}/receipt`;
  const body = await renderPdf(new URL('receipt.typ', import.meta.url), {
    ...receipt, receivedTime: officeTime(receipt.receivedAt), issuer: { zh: receipt.agencyZh ?? receipt.districtZh, en: receipt.agencyEn ?? receipt.districtEn }, checkUrl, qr: qrSvg(checkUrl),
  });
  return { mediaType: 'application/pdf', fileName: `${receipt.number}.pdf`, body };
}
