/** The shared registers: institutions, filed prices, workers. */
import { WORKER_CLASSES, hourlyPriceFen } from '#domain/claims/policy.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { Client } from '../rows.ts';
import { insertRows } from '../rows.ts';
import { AGREEMENT_FROM, INSTITUTIONS, REGISTERED_AT, institution } from '../institutions.ts';
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
    id: one.id, district_code: one.district, institution_id: institution(one.institution).id, name: one.name, identity_number: one.identityNumber, worker_class: one.workerClass,
    certificate_number: one.certificateNumber, abilities: one.abilities, from_on: AGREEMENT_FROM, to_on: null, source_ref: null, created_at: REGISTERED_AT,
  })));
}
