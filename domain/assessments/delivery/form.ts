/** The form to be signed when a letter is handed over (送达回证), with everything known filled in. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { renderPdf } from '#platform/documents/render.ts';
import type { FileAnswer } from '#platform/module.ts';
import { getPerson } from '#domain/people/index.ts';
import { gradeNamed } from '../actions/case.ts';
import { agencyOf } from '../actions/letter.ts';
import { getConclusion } from '../actions/read.ts';
import { deliveryDue } from './rules.ts';
import { findAddressee } from './store.ts';

/** The form as PDF; names are whole, it goes to the person. Refuses with NOT_FOUND, LETTER_OF_IMPORTED, LETTER_AGENCY_MISSING, DOCUMENT_CHARACTER_MISSING. */
export async function printDeliveryForm(act: Act, conclusionId: string): Promise<FileAnswer> {
  const conclusion = await getConclusion(act, conclusionId);
  if (conclusion.origin === 'imported') refuse('LETTER_OF_IMPORTED', { number: conclusion.number });
  const person = await getPerson(act, conclusion.personId);
  const to = await findAddressee(act, conclusionId);
  const { agency, district } = agencyOf(act, conclusion.districtCode);
  const { gradeZh, gradeEn } = gradeNamed(act, conclusion.grade, conclusion.scaleId);
  const body = await renderPdf(new URL('form.typ', import.meta.url), {
    number: conclusion.number, issuer: agency.name, issuedOn: conclusion.concludedOn, district, person: { name: person.name, identityNumber: person.identityNumber, address: `${person.townshipZh} ${person.community} ${person.address}` },
    grade: { zh: gradeZh, en: gradeEn }, dueOn: deliveryDue(to?.filedOn ?? null, conclusion.concludedOn, act.policy).dueOn, applicantName: to?.applicantName ?? null, phone: to?.phone ?? null, agencyPhone: agency.phone, agencyAddress: agency.address,
  });
  return { mediaType: 'application/pdf', fileName: `${conclusion.number}-delivery.pdf`, body };
}
