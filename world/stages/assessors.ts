/** The register of assessors and experts: everybody admitted with a certificate, trained in the spring; one suspended. */
import { admitAssessor, recordTraining } from '#domain/workers/index.ts';
import type { House } from '#server/house.ts';
import { WORKERS } from '../workers.ts';
import type { Worker } from '../workers.ts';
import { actors } from './accounts.ts';
import { actAt } from './road.ts';

const ADMITTED_ON = '2024-12-05';
const TRAINED_ON = '2026-03-12';

export async function admitAssessors(house: House): Promise<void> {
  const actor = await actors(house);
  const { owner } = house.platform.databases;
  const known = async (table: string): Promise<Set<string>> => new Set((await owner.query<{ id: string }>(`SELECT worker_id AS id FROM workers.${table}`)).rows.map((row) => row.id));
  const [admitted, trained] = [await known('admission'), await known('training')];
  for (const [at, one] of WORKERS.filter(({ workerClass }) => workerClass === 'assessor' || workerClass === 'expert').entries()) {
    const agency = actor(`agency-${one.district.slice(4)}`);
    if (!admitted.has(one.id)) {
      await actAt(house, agency, ADMITTED_ON, 540 + at, (act) => admitAssessor(act, one.id, {
        qualification: qualificationOf(one), certificateNumber: one.certificateNumber!, certificateUntilOn: one.key === 'assess-01/assessor-3' ? '2026-12-31' : '2027-12-04', admittedOn: ADMITTED_ON,
      }));
    }
    if (!trained.has(one.id)) await actAt(house, agency, TRAINED_ON, 600 + at, (act) => recordTraining(act, one.id, { topic: '国家标准实操与现场沟通', hours: 24, heldOn: TRAINED_ON, passed: one.key !== 'assess-01b/assessor-3' }));
  }
}

const qualificationOf = ({ workerClass }: Worker): string => (workerClass === 'expert' ? '副主任医师（老年医学）' : '护师，失能评估培训合格');
