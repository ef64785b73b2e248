/** Front door of notices. */
import { defineModule } from '#platform/module.ts';
import { answerObjection, getNotice, getOwnNotice, objectToNotice } from './actions.ts';
import { noticesContract } from './contract.ts';
import { policyNeeds } from './policy.ts';
import { listNotices, listObjections, publicPart } from './store.ts';

export { objectToNotice, publishNotice } from './actions.ts';
export type { Publication } from './actions.ts';
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
  },
  { policy: policyNeeds },
);
