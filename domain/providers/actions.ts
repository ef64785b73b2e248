/** Acts on the register of institutions, and the catalogue that held on a day. */
import type { BodyOf, OutputOf } from '#kit/contract.ts';
import { checkCreditCode } from '#kit/credit-code.ts';
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { yuan } from '#kit/money.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { providersContract } from './contract.ts';
import { catalogue } from './policy.ts';
import type { FiledPrice, Institution, NewInstitution } from './store.ts';
import { districtExists, endPrice, findInstitution, findInstitutionBySource, findPriceMeeting, insertInstitution, insertPrice, institutionTaken, listAcrossTheWall } from './store.ts';

type Registration = BodyOf<(typeof providersContract)['POST /api/institutions']>;
type Filing = BodyOf<(typeof providersContract)['POST /api/institutions/{id}/prices']>;
type CatalogueOn = OutputOf<(typeof providersContract)['GET /api/catalogue']>;

/** An institution of the register; refuses with NOT_FOUND. */
export async function getInstitution(act: Act, id: string): Promise<Institution> {
  return (await findInstitution(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** Refuses with INSTITUTION_AREA what lies outside the actor's area. */
export function demandArea(act: Act, districtCode: string): void {
  if (!act.actor.area || !districtCode.startsWith(act.actor.area)) refuse('INSTITUTION_AREA', { district: districtCode });
}

/** Registers an institution. Refuses with INSTITUTION_CREDIT_CODE (GB 32100), INSTITUTION_ACROSS (it owns an institution on the other side of the wall between assessment and care), INSTITUTION_DUPLICATE, INSTITUTION_AREA, INSTITUTION_AGREEMENT_DAYS or INSTITUTION_LOCATION. */
export async function registerInstitution(act: Act, body: Registration): Promise<{ id: string }> {
  const checked = checkCreditCode(body.creditCode);
  if (!checked.ok) refuse('INSTITUTION_CREDIT_CODE', {}, { errors: [{ column: 'creditCode', value: body.creditCode, code: checked.code }] });
  demandArea(act, body.districtCode);
  if (!(await districtExists(act, body.districtCode))) refuse('INSTITUTION_AREA', { district: body.districtCode });
  if (body.agreementToOn !== undefined && body.agreementToOn < body.agreementFromOn) refuse('INSTITUTION_AGREEMENT_DAYS');
  if ((body.longitude === undefined) !== (body.latitude === undefined)) refuse('INSTITUTION_LOCATION');
  if (await institutionTaken(act, body.code, checked.creditCode)) refuse('INSTITUTION_DUPLICATE', { code: body.code }, { status: 409 });
  const across = await listAcrossTheWall(act, checked.creditCode, body.kind === 'assessment' ? 'assessment' : 'care');
  if (across[0]) refuse('INSTITUTION_ACROSS', { name: body.name.trim(), other: across[0].institutionName }, { status: 409 });
  const id = newId<'institution'>(act.now.getTime());
  await insertInstitution(act, {
    id, districtCode: body.districtCode, code: body.code, name: body.name.trim(), kind: body.kind, creditCode: checked.creditCode, address: body.address, phone: body.phone ?? null,
    longitude: body.longitude ?? null, latitude: body.latitude ?? null, capacity: body.capacity ?? null, agreementFromOn: body.agreementFromOn, agreementToOn: body.agreementToOn ?? null, sourceRef: null,
  });
  await recordEvent(act, { districtCode: body.districtCode, kind: 'providers.registered', subjectType: 'institution', subjectId: id, institutionId: id, data: { name: body.name.trim(), code: body.code } });
  return { id };
}

/** The institution of a file, by its source reference: found again, or registered with the first free code and credit code. */
export async function importInstitution(act: Act, wanted: Omit<NewInstitution, 'id' | 'creditCode' | 'sourceRef'> & { sourceRef: string; creditCodeAt(attempt: number): string }): Promise<{ id: string; added: boolean }> {
  const known = await findInstitutionBySource(act, wanted.sourceRef);
  if (known) return { id: known.id, added: false };
  demandArea(act, wanted.districtCode);
  const { creditCodeAt, ...institution } = wanted;
  let attempt = 0;
  while (await institutionTaken(act, institution.code, creditCodeAt(attempt))) {
    attempt += 1;
    if (attempt > 50) refuse('INSTITUTION_DUPLICATE', { code: institution.code }, { status: 409 });
  }
  const id = newId<'institution'>(act.now.getTime());
  await insertInstitution(act, { ...institution, id, creditCode: creditCodeAt(attempt) });
  await recordEvent(act, { districtCode: institution.districtCode, kind: 'providers.registered', subjectType: 'institution', subjectId: id, institutionId: id, data: { name: institution.name, code: institution.code } });
  return { id, added: true };
}

/**
 * Files an hourly price from a day on. One that was filed without a last day ends where the new one begins, from today on at the earliest.
 * Refuses with PRICE_DAYS, PRICE_FOLLOWS_PAST (what was already charged keeps its price), or PRICE_OVERLAP when a filed price holds on one of the days.
 */
export async function filePrice(act: Act, institutionId: string, body: Filing): Promise<FiledPrice> {
  const institution = await getInstitution(act, institutionId);
  demandArea(act, institution.districtCode);
  const toOn = body.toOn ?? null;
  if (toOn !== null && toOn <= body.fromOn) refuse('PRICE_DAYS');
  const other = await endOpenPrice(act, institution, body, await findPriceMeeting(act, institutionId, body.workerClass, body.fromOn, toOn));
  if (other) refuse('PRICE_OVERLAP', { fromOn: other.fromOn, toOn: other.toOn }, { status: 409 });
  const price = { workerClass: body.workerClass, fromOn: body.fromOn, toOn, hourlyPriceFen: body.hourlyPriceFen };
  await insertPrice(act, institutionId, price);
  await recordEvent(act, {
    districtCode: institution.districtCode, kind: 'providers.priceFiled', subjectType: 'institution', subjectId: institutionId, institutionId,
    data: { workerClass: body.workerClass, fromOn: body.fromOn, hourlyPriceFen: body.hourlyPriceFen, hourlyPrice: yuan(body.hourlyPriceFen) },
  });
  return price;
}

/** Ends a price without a last day on the day before the new one begins; returns the price that is still in the way. */
async function endOpenPrice(act: Act, institution: Institution, body: Filing, meeting: FiledPrice | undefined): Promise<FiledPrice | undefined> {
  if (!meeting || meeting.toOn !== null || meeting.fromOn >= body.fromOn) return meeting;
  if (body.fromOn < act.today) refuse('PRICE_FOLLOWS_PAST', { today: act.today }, { errors: [{ column: 'fromOn', value: body.fromOn, code: 'PRICE_FOLLOWS_PAST', params: { today: act.today } }] });
  await endPrice(act, institution.id, meeting, body.fromOn);
  const { workerClass, hourlyPriceFen } = meeting;
  await recordEvent(act, {
    districtCode: institution.districtCode, kind: 'providers.priceEnded', subjectType: 'institution', subjectId: institution.id, institutionId: institution.id, data: { workerClass, toOn: body.fromOn, hourlyPriceFen, hourlyPrice: yuan(hourlyPriceFen) },
  });
  return findPriceMeeting(act, institution.id, body.workerClass, body.fromOn, body.toOn ?? null);
}

/** The city's edition of the catalogue on a day; refuses with CATALOGUE_NONE when none held yet. */
export function getCatalogue(act: Act, on: Day): CatalogueOn {
  if (!act.policy.has(catalogue, on)) refuse('CATALOGUE_NONE', { on }, { status: 404 });
  const edition = act.policy.edition(catalogue, on);
  const items = edition.value.items.map(({ code, group, zh, en, referenceMin, nurseOnly, origin, status }) => ({ code, group, zh, en, referenceMin, nurseOnly, origin, status }));
  return { id: edition.id, on, fromOn: edition.from, toOn: edition.to, status: edition.status, file: edition.file, sources: edition.sources, items };
}
