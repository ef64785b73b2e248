/** From the visit to the insurer's check: a visit with film and photographs, experts who disagree, a check that waits, a case returned for the second time. */
import { instantOf } from '#kit/days.ts';
import { assert } from '#kit/refuse.ts';
import { idOf } from '../../chance.ts';
import { photoOfPaper, photoOfSignature, pieceOfFilm, sha256Of } from '../../files.ts';
import { caseOf } from '../../named-cases.ts';
import type { CaseName } from '../../named-cases.ts';
import { Tale, does } from '../tale.ts';
import type { Office } from '../tale.ts';

const CHECKED = { identityOfBoth: true, personsOnSite: true, guardianPresent: true, videoComplete: true, answersMatchEvidence: true, expertsIndependent: true };

export async function tellResults(office: Office): Promise<void> {
  const tale = (name: CaseName): Tale => new Tale(office, caseOf(name));
  await tellVisit(tale('姚金玲'));

  const cui = tale('崔守仁');
  await cui.file();
  await cui.accept();
  await cui.assessed();
  await cui.voice(0, 'assess-01', cui.day(8));
  await cui.voice(1, 'assess-01', cui.day(8), { note: '录像中能自己扶床站起，转移一项应给更高分。', reason: 'answersContradict', items: [{ code: 'adl.transfer' }] });

  const xiong = tale('熊桂香');
  await xiong.file();
  await xiong.accept();
  await xiong.assessed();
  await xiong.confirm();
  await sendBack(xiong, '2026-11-11', 'recordIncomplete', '邻里访谈一栏是空的。');
  await xiong.assess('assess-01', '2026-11-17');
  await xiong.confirm('assess-01', '2026-11-18');

  await tellReturned(tale('孟宪章'));
}

/** The insurer's check finds something. */
function sendBack(tale: Tale, on: string, reason: string, note: string): Promise<void> {
  return tale.once('insurer-01', on, 690, (act, { applicationId }) => does(act, 'POST /api/applications/{id}/check', {
    params: { id: applicationId }, body: { result: 'returned', checklist: { ...CHECKED, answersMatchEvidence: false }, reason, note, items: ['adl.walking'] },
  }));
}

/** Sent back by the insurer, mended, and sent back again. */
async function tellReturned(meng: Tale): Promise<void> {
  await meng.file();
  await meng.accept();
  await meng.assessed();
  await meng.confirm();
  await sendBack(meng, '2026-10-22', 'evidenceMissing', '平地行走一项没有照片，录像里也看不到。');
  await meng.assess('assess-01', '2026-10-29');
  await meng.confirm('assess-01', '2026-10-30');
  await sendBack(meng, '2026-11-13', 'answersContradict', '两次记录的平地行走得分不一致，没有说明原因。');
}

/** The visit of 姚金玲 as the assessor's phone brought it: contents in one revision, three photographs, the review film whole, of the full film two pieces of five. */
async function tellVisit(yao: Tale): Promise<void> {
  await yao.file();
  await yao.accept();
  await yao.dispatch();
  await yao.take('assess-01', yao.day(2), '2026-11-18');
  const on = '2026-11-18';
  const visitId = idOf(`site visit ${yao.one.name}`, instantOf(on, 575));
  const evidenceIds = ['adl.walking', 'guardianSignature', 'applicantIdentity'].map((what) => idOf(`evidence ${yao.one.name} ${what}`, instantOf(on, 590)));
  const params = { id: visitId };
  await yao.once('assessor-01', on, 640, (act, { applicationId }) => does(act, 'PUT /api/on-site/visits/{id}', {
    params, body: { applicationId, revision: 7, deviceId: 'demo-phone-0001', clockOffsetMs: 1200, content: { ...contentOf(yao, on), companionIds: [yao.office.actor('expert-01a').accountId], evidenceIds } },
  }));
  const pictures = [
    { subject: 'item', item: 'adl.walking', bytes: photoOfPaper(`${yao.one.name} walking`) }, { subject: 'guardianSignature', bytes: photoOfSignature(yao.one.applicant.name) }, { subject: 'applicantIdentity', bytes: photoOfPaper(`${yao.one.name} card`) },
  ];
  for (const [at, { bytes, ...what }] of pictures.entries()) {
    const query = { ...what, takenAt: instantOf(on, 590 + at).toISOString(), sha256: sha256Of(bytes) };
    await yao.once('assessor-01', on, 641 + at, (act) => does(act, 'PUT /api/on-site/visits/{id}/evidence/{evidenceId}', { params: { ...params, evidenceId: evidenceIds[at] }, query, upload: { fileName: 'photo.png', bytes } }));
  }
  await film(yao, visitId, on);
  await yao.once('assessor-01', on, 660, (act) => does(act, 'POST /api/on-site/visits/{id}/submit', { params, body: { revision: 7 } }));
}

/** Both renditions arrive piece by piece; kept once, so a loading that was killed brings them again without harm. */
async function film(yao: Tale, visitId: string, on: string): Promise<void> {
  const seen = await yao.office.house.platform.databases.owner.query('SELECT state FROM assessments.site_visit WHERE id = $1', [visitId]);
  assert(seen.rows.length === 1, 'the visit that the film belongs to is there');
  if (seen.rows[0]!.state === 'submitted') return;
  await yao.once('assessor-01', on, 650, async (act) => {
    for (const [rendition, pieces, arrived] of [['low', 2, 2], ['full', 5, 2]] as const) {
      for (let piece = 0; piece < arrived; piece += 1) {
        const bytes = pieceOfFilm(`${yao.one.name} ${rendition}`, piece);
        await does(act, 'PUT /api/on-site/visits/{id}/video/{rendition}/{piece}', { params: { id: visitId, rendition, piece }, query: { sha256: sha256Of(bytes) }, upload: { fileName: 'piece', bytes } });
      }
      await does(act, 'PUT /api/on-site/visits/{id}/video/{rendition}', { params: { id: visitId, rendition }, body: { mediaType: 'video/webm', pieces, durationMs: 1_920_000 } });
    }
  });
}

/** Bed-bound, yet climbs stairs: the assessor explains it. */
function contentOf(yao: Tale, on: string): Record<string, unknown> {
  const at = (minute: number): string => instantOf(on, minute).toISOString();
  const points: Record<string, number> = { ...yao.answers(), 'adl.walking': 0, 'adl.stairs': 5 };
  return {
    arrivedAt: at(575), leftAt: at(632), place: { lng: yao.one.longitude + 0.0002, lat: yao.one.latitude - 0.0001, accuracyM: 14, datum: 'WGS84', takenAt: at(576) }, placeText: yao.one.address, staffIdentityShown: true,
    guardian: { name: yao.one.applicant.name, relation: 'child', identityNumber: '0017', checkedBy: 'identityCard' }, applicant: { document: 'identityCard', identityNumber: yao.one.identityNumber }, consentAt: at(578),
    interviewNote: '女儿说母亲一年多没有下过楼，吃饭要喂。', neighbourNote: '楼下邻居：很久没见她出门。',
    answers: Object.fromEntries(Object.entries(points).map(([item, one], n) => [item, { points: one, answeredAt: at(582 + n), ...(item === 'adl.walking' ? { note: '扶到床边即腿软，未能迈步。' } : {}) }])),
    remarks: REMARKS,
  };
}

/** One remark for whatever the rule points out here. */
const REMARKS = {
  BED_BOUND_CLIMBS_STAIRS: '上下楼一项按三个月前的康复记录填写，今日现场未能试，家属说已做不到。',
  CANNOT_SIT_WALKS: '已当场复核，以录像为准。', BED_BOUND_TRANSFERS_ALONE: '已当场复核，以录像为准。', CANNOT_TRANSFER_TOILETS_ALONE: '已当场复核，以录像为准。', CANNOT_TRANSFER_BATHES_ALONE: '已当场复核，以录像为准。',
  FED_YET_DRESSES_ALONE: '已当场复核，以录像为准。', CANNOT_DRESS_TOILETS_ALONE: '已当场复核，以录像为准。', INCONTINENT_TOILETS_ALONE: '已当场复核，以录像为准。', BED_BOUND_GOES_OUT: '已当场复核，以录像为准。',
  MUTE_YET_RECALLS: '已当场复核，以录像为准。', MUTE_YET_KNOWS_TIME: '已当场复核，以录像为准。',
};
