/** The pre-review sheet (预审告知书): what was seen and said, the statement on housekeeping, and a line to sign. Before the pre-review it is printed blank. */
import type { Act } from '#platform/act.ts';
import { renderPdf } from '#platform/documents/render.ts';
import type { FileAnswer } from '#platform/module.ts';
import { getApplication } from '../actions/case.ts';
import { headOf, worded } from '../materials/letters.ts';
import { listFor } from './actions.ts';
import { listPreReviews } from './store.ts';

/** The sheet as PDF, with the latest pre-review filled in. Refuses with NOT_FOUND, PRE_REVIEW_LIST, LETTER_AGENCY_MISSING, DOCUMENT_CHARACTER_MISSING. */
export async function printSheet(act: Act, id: string): Promise<FileAnswer> {
  const application = await getApplication(act, id);
  const list = listFor(act, application);
  const head = await headOf(act, application);
  const done = (await listPreReviews(act, application))[0];
  const number = `${application.number}-P`;
  const body = await renderPdf(new URL('sheet.typ', import.meta.url), {
    ...head, number, applicationNumber: application.number, issuedOn: done?.reviewedOn ?? act.today, statement: list.value.statement,
    checks: list.value.checks.map((check) => ({ zh: check.zh, en: check.en, options: check.options.map((option) => ({ zh: option.zh, en: option.en, chosen: done?.answers[check.code] === option.code })) })),
    done: done ? { result: worded('values', done.result), reason: done.reason, insists: done.insists, toldName: done.toldName, toldRelation: worded('values', done.toldRelation), by: done.actorName, reviewedOn: done.reviewedOn, ticked: done.acknowledged === 'tick' } : null,
  });
  return { mediaType: 'application/pdf', fileName: `${number}.pdf`, body };
}
