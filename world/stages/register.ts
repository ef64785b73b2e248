/** The shared registers: institutions, filed prices, workers. */
import { WORKER_CLASSES, hourlyPriceFen } from '#domain/claims/policy.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { Client } from '../rows.ts';
import { insertRows } from '../rows.ts';
import { AGREEMENT_FROM, INSTITUTIONS, REGISTERED_AT, institution } from '../institutions.ts';
import { idOf } from '../chance.ts';
import { WORKERS } from '../workers.ts';

/** Institutions file a share of the city's price, anew when the city changes it. */
function filedPrices(policy: PolicyBook) {
  const edges = [AGREEMENT_FROM, '2026-01-01'];
  return INSTITUTIONS.flatMap((one) => (one.filedPercent === null ? [] : edges.flatMap((from, i) => {
    const price = policy.figure(hourlyPriceFen, from).value;
    return WORKER_CLASSES.map((workerClass) => ({ institution_id: one.id, worker_class: workerClass, from_on: from, to_on: edges[i + 1] ?? null, hourly_price_fen: Math.round((price[workerClass] * one.filedPercent!) / 100) }));
  })));
}

export async function loadRegister(client: Client, policy: PolicyBook): Promise<void> {
  await insertRows(client, 'providers.institution', INSTITUTIONS.map((one) => ({
    id: one.id, district_code: one.district, code: one.code, name: one.name, kind: one.kind, credit_code: one.creditCode, address: one.address, phone: one.phone,
    longitude: one.longitude, latitude: one.latitude, capacity: one.capacity, agreement_from_on: AGREEMENT_FROM, agreement_to_on: null, source_ref: null, created_at: REGISTERED_AT,
  })));
  await insertRows(client, 'providers.filed_price', filedPrices(policy));
  await insertRows(client, 'workers.worker', WORKERS.map((one) => ({
    id: one.id, district_code: one.district, institution_id: one.institution === null ? null : institution(one.institution).id, name: one.name, identity_number: one.identityNumber, worker_class: one.workerClass,
    certificate_number: one.certificateNumber, abilities: one.abilities, from_on: AGREEMENT_FROM, to_on: null, source_ref: null, created_at: REGISTERED_AT,
  })));
  await loadAssessors(client);
}

const QUALIFICATION = { assessor: '护理学专业，执业护士', expert: '临床执业医师，副主任医师' } as const;
const TRAINER = '青禾市医疗保障经办中心';

/** Assessors and experts stand in their register before the story begins: admitted with the programme, trained twice a year. */
async function loadAssessors(client: Client): Promise<void> {
  const people = WORKERS.flatMap((one) => (one.workerClass === 'assessor' || one.workerClass === 'expert' ? [{ ...one, register: one.workerClass }] : []));
  const about = (one: (typeof people)[number]) => ({ district_code: one.district, worker_id: one.id, institution_id: one.institution === null ? null : institution(one.institution).id, actor_name: TRAINER });
  await insertRows(client, 'workers.admission', people.map((one, at) => ({
    ...about(one), id: idOf(`admission ${one.key}`, REGISTERED_AT), register: one.register, qualification: QUALIFICATION[one.register], certificate_number: one.certificateNumber ?? one.key,
    certificate_until_on: at % 7 === 3 ? '2027-01-15' : '2028-12-31', admitted_on: AGREEMENT_FROM, recorded_at: REGISTERED_AT,
  })));
  await insertRows(client, 'workers.training', people.flatMap((one) => TRAININGS.map(({ heldOn, topic }) => ({
    ...about(one), id: idOf(`training ${one.key} ${heldOn}`, new Date(`${heldOn}T09:00:00Z`)), topic, hours: 8, held_on: heldOn, passed: true, recorded_at: new Date(`${heldOn}T09:00:00Z`),
  }))));
}

const TRAININGS = ['2024', '2025', '2026'].flatMap((year) => [{ heldOn: `${year}-03-14`, topic: '失能等级评估标准与操作' }, { heldOn: `${year}-09-12`, topic: '回避、隐私与现场记录' }]);
