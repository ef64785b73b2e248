/** Acts on batches: open one, prove that its poster hung, record that it was missing, print it; and the receipt of an objection. */
import type { Static } from '@sinclair/typebox';
import { addDays, dayOf, daysBetween } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent, recordEvents } from '#platform/events/record.ts';
import type { FileAnswer, Upload } from '#platform/module.ts';
import { nextNumber } from '#platform/numbers.ts';
import type { BatchRecordSchema, InterruptionBodySchema, ReceiptSchema } from '../contract/batch.ts';
import { newlyMissing, noticeSpan, spanWithout } from '../rules.ts';
import type { Missing } from '../rules.ts';
import type { Notice } from '../store.ts';
import { findNoticeOf } from '../store.ts';
import { MAX_PICTURE_BYTES, pictureType } from './picture.ts';
import { posterPdf } from './poster.ts';
import type { Paper } from './poster.ts';
import { checkReceipt, findBatch, findPicture, insertBatch, insertCompletion, insertInterruption, insertProof, listCompletions, listInterruptions, listPosted, listProofs, lockBatch } from './store.ts';
import type { Batch, Interruption, Proof } from './store.ts';

/** Letters of a note that says why days do not count, as InterruptionBodySchema asks. */
const NOTE_MIN = 5;

/** Where a batch hangs out; without a community, in the whole township. */
export interface NewBatch {
  districtCode: string;
  townshipCode: string;
  community: string | null;
  /** How many notices will stand on its poster. */
  count: number;
}

/** Opens a batch; the caller publishes its notices into it in the same act. */
export async function openBatch(act: Act, { districtCode, townshipCode, community, count }: NewBatch): Promise<{ id: string; number: string; startsOn: Day; endsOn: Day }> {
  const { startsOn, endsOn, figure } = noticeSpan(act.today, act.policy);
  const id = newId<'noticeBatch'>(act.now.getTime());
  const number = await nextNumber(act, 'N');
  await insertBatch(act, { id, number, districtCode, townshipCode, community, startsOn, endsOn });
  await recordEvent(act, { districtCode, kind: 'notices.batchPublished', subjectType: 'noticeBatch', subjectId: id, townshipCode, data: { number, count, startsOn, endsOn, policy: figure.stamp } });
  return { id, number, startsOn, endsOn };
}

/** A batch of the officer's area; refuses with NOT_FOUND. */
async function getBatch(act: Act, id: string): Promise<Batch> {
  return (await findBatch(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** A batch with proofs and interruptions. Refuses with NOT_FOUND. */
export async function readBatch(act: Act, id: string): Promise<Static<typeof BatchRecordSchema>> {
  const batch = await getBatch(act, id);
  return { ...batch, proofs: await listProofs(act, batch), interruptions: await listInterruptions(act, batch) };
}

/** The poster as PDF: masked, with the last day as it stands now; who was taken down is left out. Refuses with NOT_FOUND, POSTER_AGENCY_MISSING, DOCUMENT_CHARACTER_MISSING. */
export async function printPoster(act: Act, id: string, paper: Paper): Promise<FileAnswer> {
  const batch = await getBatch(act, id);
  const district = act.policy.about.districts?.find((one) => one.code === batch.districtCode);
  if (!district?.agency) refuse('POSTER_AGENCY_MISSING', { district: district?.name.zh ?? batch.districtCode, file: `policy/cities/${act.policy.about.city}/city.yaml` });
  const township = district.townships?.find((one) => one.code === batch.townshipCode)?.name ?? { zh: batch.townshipCode, en: batch.townshipCode };
  const body = await posterPdf({
    paper, number: batch.number, issuer: district.agency.name, district: district.name, township, community: batch.community, publishedOn: batch.publishedOn, startsOn: batch.startsOn, endsOn: batch.endsOn,
    days: noticeSpan(batch.publishedOn, act.policy).figure.value, interruptions: await listInterruptions(act, batch),
    rows: (await listPosted(act, batch)).map(({ community, maskedName, maskedNumber, content }) => ({ community, maskedName, maskedNumber, ...content })),
    objectAt: { address: district.agency.address, phone: district.agency.phone }, publicUrl: `${act.platform.publicUrl}/notices?batch=${encodeURIComponent(batch.number)}`,
  });
  return { mediaType: 'application/pdf', fileName: `${batch.number}-${paper}.pdf`, body };
}

/** A posting as it is proved; `late` answers what the days before a late one were: the poster did not hang, or it hung and only the photograph came later. */
export interface Posting {
  postedOn: Day;
  note?: string;
  late?: 'missing' | 'hung';
}

/**
 * Keeps a photograph of the hanging poster. Where the first one says that it was posted after the first day of the notice, whoever uploads it says why: the days before are
 * recorded as missing and the last day moves, or it hung in time. Once a result of the batch is concluded no day moves any more: what was found is put on record with its reason.
 * Refuses with NOT_FOUND, PROOF_NOT_PICTURE, PROOF_TOO_LARGE, PROOF_DAY, PROOF_TWICE, POSTING_LATE {missingDays} until that is said, POSTING_LATE_NOTE without the reason.
 */
export async function provePosting(act: Act, id: string, { postedOn, note, late }: Posting, { bytes, laidDown }: Upload): Promise<Proof> {
  await lockBatch(act, id);
  const batch = await getBatch(act, id);
  if (bytes.length > MAX_PICTURE_BYTES) refuse('PROOF_TOO_LARGE', { maxMiB: MAX_PICTURE_BYTES / 1024 / 1024 }, { status: 413 });
  const mediaType = await pictureType(bytes);
  if (!mediaType) refuse('PROOF_NOT_PICTURE');
  if (postedOn < batch.publishedOn || postedOn > act.today) refuse('PROOF_DAY', { postedOn, publishedOn: batch.publishedOn, today: act.today });
  const gap = await hungLate(act, batch, postedOn);
  if (gap) await explainLate(act, batch, gap, { postedOn, late, note: note?.trim() ?? '' });
  const proof = { id: newId<'postingProof'>(act.now.getTime()), postedOn, note: note?.trim() || null, mediaType, ...(await act.platform.files.keep(bytes, laidDown)), actorName: act.actor.name, recordedAt: act.now.toISOString() };
  if (!(await insertProof(act, batch, proof))) refuse('PROOF_TWICE', { number: batch.number }, { status: 409 });
  await recordEvent(act, {
    districtCode: batch.districtCode, kind: 'notices.postingProved', subjectType: 'noticeBatch', subjectId: id, townshipCode: batch.townshipCode, note: proof.note,
    data: { number: batch.number, postedOn, sha256: proof.sha256 },
  });
  return proof;
}

/** The days from the first one of the notice to the one before the first posting on record, where any of them counts and is not recorded as missing yet. */
async function hungLate(act: Act, batch: Batch, postedOn: Day): Promise<(Missing & { missingDays: number }) | undefined> {
  if (postedOn <= batch.startsOn || (await listProofs(act, batch)).length > 0) return undefined;
  const gap = { fromOn: batch.startsOn, toOn: addDays(postedOn, -1) };
  const missingDays = newlyMissing(batch.publishedOn, batch.endsOn, gap, await listInterruptions(act, batch), act.policy);
  return missingDays === 0 ? undefined : { ...gap, missingDays };
}

async function explainLate(act: Act, batch: Batch, gap: Missing & { missingDays: number }, said: { postedOn: Day; late: Posting['late']; note: string }): Promise<void> {
  const { fromOn, toOn, missingDays } = gap;
  const { postedOn, late, note } = said;
  if (late === undefined) refuse('POSTING_LATE', { postedOn, startsOn: batch.startsOn, missingDays }, { status: 409 });
  if (note.length < NOTE_MIN) refuse('POSTING_LATE_NOTE', {}, { errors: [{ column: 'note', value: note, code: 'POSTING_LATE_NOTE' }] });
  if (late === 'hung') return;
  const concluded = await listCompletions(act, batch);
  if (concluded.length === 0) return void (await interrupt(act, batch, { fromOn, toOn, note }));
  await recordEvent(act, {
    districtCode: batch.districtCode, kind: 'notices.missingFoundLate', subjectType: 'noticeBatch', subjectId: batch.id, townshipCode: batch.townshipCode, note,
    data: { number: batch.number, fromOn, toOn, missingDays, numbers: concluded.join('、') },
  });
}

/** A photograph of a poster, from the vault, or from its row while it was not carried over yet. Refuses with NOT_FOUND, FILE_NOT_HERE. */
export async function readPicture(act: Act, id: string): Promise<FileAnswer> {
  const found = (await findPicture(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  return { mediaType: found.mediaType, fileName: `${found.sha256.slice(0, 16)}.${found.mediaType === 'image/png' ? 'png' : 'jpg'}`, body: found.picture ?? (await act.platform.files.read(found.sha256)) };
}

/**
 * Records days on which the poster was missing: they are not counted, so the last day of every notice of the batch moves (rules.ts). When it is found
 * out after the last day, the poster is hung again from tomorrow until the full number has hung. Refuses with INTERRUPTION_CONCLUDED once a result of the
 * batch is concluded, INTERRUPTION_DAYS, INTERRUPTION_NOTHING.
 */
export async function interruptBatch(act: Act, id: string, body: Static<typeof InterruptionBodySchema>): Promise<Interruption> {
  await lockBatch(act, id);
  return interrupt(act, await getBatch(act, id), body);
}

async function interrupt(act: Act, batch: Batch, body: Static<typeof InterruptionBodySchema>): Promise<Interruption> {
  const { id } = batch;
  const { fromOn, toOn } = body;
  const concluded = await listCompletions(act, batch);
  if (concluded.length > 0) refuse('INTERRUPTION_CONCLUDED', { endsOn: batch.endsOn, numbers: concluded.join('、') }, { status: 409 });
  if (fromOn > toOn || toOn > act.today) refuse('INTERRUPTION_DAYS', { fromOn, toOn, today: act.today });
  const earlier = await listInterruptions(act, batch);
  const missingDays = newlyMissing(batch.publishedOn, batch.endsOn, body, earlier, act.policy);
  if (missingDays === 0) refuse('INTERRUPTION_NOTHING', { startsOn: batch.startsOn, endsOn: batch.endsOn });
  const gaps = [{ fromOn, toOn }, ...downSince(batch, act.today)];
  const { endsOn, figure } = spanWithout(batch.publishedOn, [...earlier, ...gaps], act.policy);
  const note = body.note.trim();
  const [gap, down] = gaps.map((one, at) => ({ ...one, missingDays: at === 0 ? missingDays : daysBetween(one.fromOn, one.toOn) + 1, endsOn, note }));
  for (const one of down ? [gap!, down] : [gap!]) await insertInterruption(act, batch, newId<'interruption'>(act.now.getTime()), one);
  const data = { number: batch.number, fromOn, toOn, missingDays, endsOn, policy: figure.stamp };
  const { districtCode, townshipCode } = batch;
  await recordEvent(act, { districtCode, kind: down ? 'notices.reopened' : 'notices.interrupted', subjectType: 'noticeBatch', subjectId: id, townshipCode, note, data });
  await recordEvents(act, (await listPosted(act, batch)).map((one) => ({ districtCode, kind: 'notices.prolonged', subjectType: 'notice', subjectId: one.id, personId: one.personId, townshipCode, note, data })));
  return gap!;
}

/** After its last day a poster is taken down: the days until it hangs again, tomorrow, do not count either. */
function downSince(batch: Batch, today: Day): Missing[] {
  return batch.state === 'ended' ? [{ fromOn: addDays(batch.endsOn, 1), toOn: today }] : [];
}

/** The notice about a subject, held: until this act ends nobody moves its last day. Undefined when there is none. */
export async function holdNoticeOf(act: Act, districtCode: string, subjectId: string): Promise<Notice | undefined> {
  const found = await findNoticeOf(act, districtCode, subjectId);
  if (!found?.batchId) return found;
  await lockBatch(act, found.batchId);
  return findNoticeOf(act, districtCode, subjectId);
}

/** Records that the result on a notice is concluded under `number`: its last day stays from now on. */
export async function completeNotice(act: Act, notice: Notice, number: string): Promise<void> {
  await insertCompletion(act, notice, number);
}

/** The receipt of an objection, for whoever knows its number and the contact left with it. Refuses with RECEIPT_UNKNOWN, whichever of the two is wrong. */
export async function readReceipt(act: Act, { number, contact }: { number: string; contact: string }): Promise<Static<typeof ReceiptSchema>> {
  const found = (await checkReceipt(act, number.trim().toUpperCase(), contact)) ?? refuse('RECEIPT_UNKNOWN', {}, { status: 404 });
  const { districtCode, answeredAt, ...receipt } = found;
  const district = act.policy.about.districts?.find((one) => one.code === districtCode);
  return {
    ...receipt, answeredOn: answeredAt === null ? null : dayOf(new Date(answeredAt)), districtZh: district?.name.zh ?? districtCode, districtEn: district?.name.en ?? districtCode,
    agencyZh: district?.agency?.name.zh ?? null, agencyEn: district?.agency?.name.en ?? null, agencyPhone: district?.agency?.phone ?? null,
  };
}
