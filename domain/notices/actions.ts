/** Acts of public notices: publish, object, answer. */
import type { BodyOf } from '#kit/contract.ts';
import { newId } from '#kit/ids.ts';
import { maskIdentityNumber, maskName } from '#kit/mask.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { nextNumber } from '#platform/numbers.ts';
import type { noticesContract } from './contract.ts';
import { noticeSpan } from './rules.ts';
import { findNotice, findNoticeOf, findObjection, insertAnswer, insertNotice, insertObjection, insertWithdrawal } from './store.ts';
import type { NewNotice, Notice, Objection } from './store.ts';

type ObjectionBody = BodyOf<(typeof noticesContract)['POST /api/public/notices/{id}/objections']>;
type AnswerBody = BodyOf<(typeof noticesContract)['POST /api/notices/objections/{id}/answer']>;

export interface Publication {
  districtCode: string;
  /** What the notice is about; one notice per subject (an assessment). */
  subjectId: string;
  personId: string;
  townshipCode: string;
  community: string;
  /** Whole; stored masked. */
  name: string;
  identityNumber: string;
  content: Notice['content'];
  /** The batch on whose poster it stands (openBatch); none when it hangs by itself. */
  batchId?: string;
}

/** A notice; refuses with NOT_FOUND. */
export async function getNotice(act: Act, id: string): Promise<Notice> {
  return (await findNotice(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** A notice of the officer's own area; refuses with NOT_FOUND. */
export async function getOwnNotice(act: Act, id: string): Promise<Notice> {
  const notice = await getNotice(act, id);
  if (!act.actor.area || !notice.townshipCode.startsWith(act.actor.area)) refuse('NOT_FOUND', {}, { status: 404 });
  return notice;
}

/** Hangs out a notice, masked, for the statutory days (notices.days). It is never changed afterwards. */
export async function publishNotice(act: Act, publication: Publication): Promise<Pick<NewNotice, 'id' | 'startsOn' | 'endsOn'>> {
  const { startsOn, endsOn, figure } = noticeSpan(act.today, act.policy);
  const id = newId<'notice'>(act.now.getTime());
  const { name, identityNumber, ...rest } = publication;
  await insertNotice(act, { ...rest, id, maskedName: maskName(name), maskedNumber: maskIdentityNumber(identityNumber), startsOn, endsOn });
  await recordEvent(act, {
    districtCode: publication.districtCode, kind: 'notices.published', subjectType: 'notice', subjectId: id, personId: publication.personId, townshipCode: publication.townshipCode,
    data: { startsOn, endsOn, days: figure.value.count, policy: figure.stamp, about: publication.subjectId },
  });
  return { id, startsOn, endsOn };
}

/** Takes an objection from anybody while the notice runs. Refuses with NOTICE_OVER after its last day, with NOTICE_WITHDRAWN once it was taken down. */
export async function objectToNotice(act: Act, noticeId: string, body: ObjectionBody): Promise<{ id: string; number: string; receivedOn: string }> {
  const notice = await getNotice(act, noticeId);
  if (notice.state === 'withdrawn') refuse('NOTICE_WITHDRAWN', { withdrawnOn: notice.withdrawnOn }, { status: 409 });
  if (notice.state === 'ended') refuse('NOTICE_OVER', { endsOn: notice.endsOn }, { status: 409 });
  const id = newId<'objection'>(act.now.getTime());
  const number = await nextNumber(act, 'O');
  await insertObjection(act, notice, { id, number, fromName: body.name.trim(), contact: body.contact.trim(), statement: body.statement.trim() });
  await recordEvent(act, {
    districtCode: notice.districtCode, kind: 'notices.objected', subjectType: 'notice', subjectId: notice.id, personId: notice.personId, townshipCode: notice.townshipCode,
    data: { number, about: notice.subjectId },
  });
  return { id, number, receivedOn: act.today };
}

/**
 * Answers an objection, once. An upheld one takes the notice down; the case behind it hears of it by the event
 * `notices.objectionAnswered` (data: upheld, about). Refuses with OBJECTION_ANSWERED.
 */
export async function answerObjection(act: Act, objectionId: string, body: AnswerBody): Promise<Objection> {
  const objection = (await findObjection(act, objectionId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const notice = await getOwnNotice(act, objection.noticeId);
  if (!(await insertAnswer(act, notice, objectionId, { upheld: body.upheld, answer: body.answer.trim() }))) refuse('OBJECTION_ANSWERED', { number: objection.number }, { status: 409 });
  if (body.upheld) await insertWithdrawal(act, notice, objectionId);
  await recordEvent(act, {
    districtCode: notice.districtCode, kind: 'notices.objectionAnswered', subjectType: 'notice', subjectId: notice.id, personId: notice.personId, townshipCode: notice.townshipCode,
    note: body.answer.trim(), data: { number: objection.number, upheld: body.upheld, about: notice.subjectId },
  });
  const answered = await findObjection(act, objectionId);
  assert(answered, 'an objection that was just answered is still there');
  return answered;
}

/** Takes the notice of a subject down because its case ended; nothing where none runs. Safe to repeat. */
export async function takeDownNotice(act: Act, districtCode: string, subjectId: string): Promise<void> {
  const notice = await findNoticeOf(act, districtCode, subjectId);
  if (!notice || notice.state === 'withdrawn') return;
  await insertWithdrawal(act, notice, null);
  await recordEvent(act, { districtCode, kind: 'notices.takenDown', subjectType: 'notice', subjectId: notice.id, personId: notice.personId, townshipCode: notice.townshipCode, data: { about: subjectId } });
}
