/** The endpoints of the expiry queue: a page, and the whole of it as a workbook. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { loadWords, sentence } from '#platform/words/words.ts';
import type { Act } from '#platform/act.ts';
import { writeExcel } from '#platform/files/write.ts';
import type { OutputRow } from '#platform/files/write.ts';
import type { FileAnswer, Routes } from '#platform/module.ts';
import type { expiryQueueContract } from './contract.ts';
import { listExpiring } from './store.ts';
import type { ExpiryQuery } from './store.ts';

const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WORDS = loadWords([{ name: 'plans', words: new URL('../', import.meta.url) }]);
const word = (code: string, params: Record<string, unknown> = {}): string => sentence(WORDS, 'zh', 'expiry', code, params);
const AT_A_TIME = 200;

export const expiryQueueRoutes: Routes<typeof expiryQueueContract> = {
  'GET /api/conclusions/expiring': (act, { query }) => listExpiring(act, query),
  'GET /api/conclusions/expiring.xlsx': (act, { query }) => exportExpiring(act, query),
};

/** The queue as a workbook, page by page, in the order of the screen. */
async function exportExpiring(act: Act, query: ExpiryQuery): Promise<FileAnswer> {
  const kinds = { number: 'code', personName: 'text', township: 'text', community: 'text', phone: 'code', grade: 'integer', lastDayOn: 'day', daysLeft: 'integer', group: 'text', care: 'text', application: 'code', reminded: 'text' } as const;
  const columns = Object.entries(kinds).map(([code, kind]) => ({ code, title: word(code), kind }));
  const output = new PassThrough();
  const [body] = await Promise.all([buffer(output), writeExcel(output, [{ name: word('sheet'), columns, rows: rowsOf(act, query) }], act.now)]);
  return { mediaType: EXCEL, fileName: `${word('sheet')}-${act.today}.xlsx`, body };
}

async function* rowsOf(act: Act, query: ExpiryQuery): AsyncGenerator<OutputRow> {
  for (let page = 1, more = true; more; page += 1) {
    const { rows } = await listExpiring(act, { ...query, page, pageSize: AT_A_TIME });
    for (const one of rows) {
      yield {
        number: one.number, personName: one.personName, township: one.townshipZh, community: one.community, phone: one.phone, grade: one.grade, lastDayOn: one.lastDayOn, daysLeft: one.daysLeft, group: word(one.group),
        care: one.careRuns ? one.institutionName : null, application: one.application?.number ?? null, reminded: one.reminders.map((each) => word('remindedOn', { day: each.remindedOn, days: each.thresholdDays })).join('；'),
      };
    }
    more = rows.length === AT_A_TIME;
  }
}
