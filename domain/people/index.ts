/** Front door of people. */
import { defineModule } from '#platform/module.ts';
import { getPerson, recordDeath, recordStay, registerPerson } from './actions.ts';
import { peopleContract } from './contract.ts';
import { listAreas, listPeople, listStays } from './store.ts';

export { getPerson, recordDeath, registerPerson, recordStay } from './actions.ts';
export { importPeople, insertTies } from './import.ts';
export type { ImportedPerson } from './import.ts';
export { endAssessmentTie, findAcuteStay, findPerson, insertTie, listStays } from './store.ts';
export { findRegistered } from './registered.ts';
export { searchText } from './model.ts';
export type { HospitalStay, Person } from './store.ts';

export const people = defineModule('people', import.meta.url, peopleContract, {
  'GET /api/areas': (act) => listAreas(act),
  'GET /api/people': (act, { query }) => listPeople(act, query),
  'POST /api/people': (act, { body }) => registerPerson(act, body),
  'GET /api/people/{id}': (act, { params }) => getPerson(act, params.id),
  'GET /api/people/{id}/hospital-stays': (act, { params }) => listStays(act, params.id),
  'POST /api/people/{id}/hospital-stays': (act, { params, body }) => recordStay(act, params.id, body),
  'POST /api/people/{id}/death': (act, { params, body }) => recordDeath(act, params.id, body),
});
