/** Posters of three communities: with a photograph, without one near the last day, and one that was missing for two days. */
import { openBatch } from '#domain/notices/index.ts';
import { publishResult } from '#domain/assessments/index.ts';
import { POSTED, POSTERS } from '../../applicants.ts';
import { photoOfPaper } from '../../files.ts';
import { actAt, walk, whereStands } from '../road.ts';
import { Tale, does } from '../tale.ts';
import type { Office } from '../tale.ts';

export async function tellPosters(office: Office): Promise<void> {
  const { house, actor } = office;
  for (const [p, poster] of POSTERS.entries()) {
    const people = POSTED[p]!;
    const first = new Tale(office, people[0]!);
    if ((await whereStands(house, people[0]!)).state !== 'onNotice') {
      for (const one of people) await walk(house, actor, { ...one, reached: 'confirmed' });
      const ids = await Promise.all(people.map(async (one) => (await whereStands(house, one)).applicationId!));
      // One poster for the community: what the office's batch does, for these results alone.
      await actAt(house, actor('agency-01'), poster.publishedOn, 545, async (act) => {
        const batch = await openBatch(act, { districtCode: '990101', townshipCode: poster.township, community: poster.community, count: ids.length });
        for (const id of ids) await publishResult(act, id, batch.id);
      });
    }
    await prove(office, first, poster);
  }
}

async function prove(office: Office, first: Tale, poster: (typeof POSTERS)[number]): Promise<void> {
  const { owner } = office.house.platform.databases;
  const { batchId } = await first.stands();
  const has = async (table: string): Promise<boolean> => (await owner.query(`SELECT 1 FROM notices.${table} WHERE batch_id = $1`, [batchId])).rows.length > 0;
  const by = office.actor(poster.township === '990101001' ? 'township-01' : 'agency-01');
  if (poster.proved && !(await has('posting_proof'))) {
    await actAt(office.house, by, poster.publishedOn, 630, (act) => does(act, 'POST /api/notices/batches/{id}/proofs', {
      params: { id: batchId }, query: { postedOn: poster.publishedOn, note: `${poster.community}公告栏` }, upload: { fileName: '公示栏.png', bytes: photoOfPaper(`poster ${poster.community}`) },
    }));
  }
  if ('missing' in poster && !(await has('interruption'))) {
    const { fromOn, toOn, note } = poster.missing;
    await actAt(office.house, office.actor('agency-01'), '2026-11-16', 580, (act) => does(act, 'POST /api/notices/batches/{id}/interruptions', { params: { id: batchId }, body: { fromOn, toOn, note } }));
  }
}
