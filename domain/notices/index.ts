/** Front door of notices. */
import { defineModule } from '#platform/module.ts';
import { answerObjection, getNotice, getOwnNotice, objectToNotice } from './actions.ts';
import { interruptBatch, printPoster, provePosting, readBatch, readPicture, readReceipt } from './batch/actions.ts';
import { carryPictures } from './batch/carry.ts';
import { printReceipt } from './batch/receipt.ts';
import { listBatches } from './batch/store.ts';
import { noticesContract } from './contract.ts';
import { policyNeeds } from './policy.ts';
import { listNotices, listObjections, publicPart } from './store.ts';

export { objectToNotice, publishNotice, takeDownNotice } from './actions.ts';
export type { Publication } from './actions.ts';
export { completeNotice, holdNoticeOf, openBatch } from './batch/actions.ts';
export type { NewBatch } from './batch/actions.ts';
export { carryPictures } from './batch/carry.ts';
export { noticeState } from './model.ts';
export type { NoticeState } from './model.ts';
export { findNotice, findNoticeOf, openObjections } from './store.ts';
export type { Notice } from './store.ts';

export const notices = defineModule(
  'notices',
  import.meta.url,
  noticesContract,
  {
    'GET /api/public/notices': async (act, { query }) => {
      const page = await listNotices(act, query, null);
      return { rows: page.rows.map(publicPart), total: page.total };
    },
    'GET /api/public/notices/{id}': async (act, { params }) => publicPart(await getNotice(act, params.id)),
    'POST /api/public/notices/{id}/objections': (act, { params, body }) => objectToNotice(act, params.id, body),
    'GET /api/notices': (act, { query }) => listNotices(act, query, act.actor.area ?? '-'),
    'GET /api/notices/{id}': (act, { params }) => getOwnNotice(act, params.id),
    'GET /api/notices/{id}/objections': async (act, { params, query }) => {
      const notice = await getOwnNotice(act, params.id);
      return listObjections(act, notice.id, query);
    },
    'POST /api/notices/objections/{id}/answer': (act, { params, body }) => answerObjection(act, params.id, body),
    'POST /api/public/objections/receipt': (act, { body }) => readReceipt(act, body),
    'POST /api/public/objections/receipt.pdf': (act, { body }) => printReceipt(act, body),
    'GET /api/notices/batches': async (act, { query }) => {
      const page = await listBatches(act, query);
      return { rows: page.rows.map(({ firstEndsOn: _first, ...row }) => row), total: page.total };
    },
    'GET /api/notices/batches/{id}': (act, { params }) => readBatch(act, params.id),
    'GET /api/notices/batches/{id}/poster.pdf': (act, { params, query }) => printPoster(act, params.id, query.paper ?? 'a4'),
    'POST /api/notices/batches/{id}/proofs': (act, { params, query, upload }) => provePosting(act, params.id, query, upload),
    'GET /api/notices/proofs/{id}/picture': (act, { params }) => readPicture(act, params.id),
    'POST /api/notices/batches/{id}/interruptions': (act, { params, body }) => interruptBatch(act, params.id, body),
  },
  {
    policy: policyNeeds,
    timed: [{
      job: 'notices.carryPictures',
      cron: '50 2 * * *',
      run: async (act) => {
        const done = await carryPictures(act);
        if (done.carried + done.kept > 0) act.platform.log.warn(done, 'photographs of posters were carried from their rows to the vault');
      },
    }],
  },
);
