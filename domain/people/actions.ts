/** Acts on the register of people. */
import type { BodyOf } from '#kit/contract.ts';
import { checkIdentityNumber } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { peopleContract } from './contract.ts';
import { searchText } from './model.ts';
import { areaExists, claimIdentity, findPerson, insertPerson, insertStay, markDeceased, staysOverlap } from './store.ts';
import type { Person } from './store.ts';

type Registration = BodyOf<(typeof peopleContract)['POST /api/people']>;
type Stay = BodyOf<(typeof peopleContract)['POST /api/people/{id}/hospital-stays']>;

/** A person in the actor's scope; refuses with NOT_FOUND. */
export async function getPerson(act: Act, id: string): Promise<Person> {
  return (await findPerson(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** Registers a person. Refuses with PERSON_IDENTITY_NUMBER (GB 11643), PERSON_DUPLICATE (whole city) or PERSON_AREA. */
export async function registerPerson(act: Act, body: Registration): Promise<{ id: string }> {
  const checked = checkIdentityNumber(body.identityNumber, act.today);
  if (!checked.ok) refuse('PERSON_IDENTITY_NUMBER', {}, { errors: [{ column: 'identityNumber', value: body.identityNumber, code: checked.code }] });
  const districtCode = body.townshipCode.slice(0, 6);
  if (!(await areaExists(act, body.townshipCode)) || !act.actor.area || !body.townshipCode.startsWith(act.actor.area)) refuse('PERSON_AREA', { township: body.townshipCode });
  const id = newId<'person'>(act.now.getTime());
  if (!(await claimIdentity(act, { id, districtCode, identityNumber: checked.number }))) {
    refuse('PERSON_DUPLICATE', {}, { status: 409, errors: [{ column: 'identityNumber', value: body.identityNumber, code: 'PERSON_DUPLICATE' }] });
  }
  await insertPerson(act, {
    id, districtCode, townshipCode: body.townshipCode, community: body.community, name: body.name.trim(), search: searchText(body.name), identityNumber: checked.number,
    birthOn: checked.birthOn, sex: checked.sex === 'male' ? 1 : 2, phone: body.phone ?? null, address: body.address, longitude: body.longitude ?? null, latitude: body.latitude ?? null,
    datum: body.longitude === undefined ? null : (body.datum ?? 'GCJ02'), insuredKind: body.insuredKind ?? null, insuredFromOn: body.insuredFromOn ?? null, origin: 'registered', sourceRef: null,
  });
  await recordEvent(act, { districtCode, kind: 'people.registered', subjectType: 'person', subjectId: id, personId: id, townshipCode: body.townshipCode });
  return { id };
}

/** Records a hospital stay; its days are taken out of the month close. Refuses with STAY_DAYS or STAY_OVERLAP. */
export async function recordStay(act: Act, personId: string, stay: Stay): Promise<{ id: string }> {
  const person = await getPerson(act, personId);
  const dischargedOn = stay.dischargedOn ?? null;
  if ((dischargedOn !== null && dischargedOn < stay.admittedOn) || stay.admittedOn > act.today) refuse('STAY_DAYS', { admittedOn: stay.admittedOn, dischargedOn });
  if (await staysOverlap(act, person, stay.admittedOn, dischargedOn)) refuse('STAY_OVERLAP', { admittedOn: stay.admittedOn }, { status: 409 });
  const id = newId<'hospitalStay'>(act.now.getTime());
  await insertStay(act, person, { id, kind: stay.kind ?? 'admission', hospital: stay.hospital, admittedOn: stay.admittedOn, dischargedOn, source: act.actor.name });
  await recordEvent(act, {
    districtCode: person.districtCode, kind: 'people.hospitalStayRecorded', subjectType: 'person', subjectId: person.id, personId: person.id, townshipCode: person.townshipCode,
    data: { kind: stay.kind ?? 'admission', hospital: stay.hospital, admittedOn: stay.admittedOn, dischargedOn },
  });
  return { id };
}

/** Records a death; who has open business with the person hears of it by the event `people.deathRecorded`. Refuses with NOT_FOUND, DEATH_DAY or DEATH_RECORDED. */
export async function recordDeath(act: Act, personId: string, body: { deceasedOn: string; source: string }): Promise<{ id: string }> {
  const person = await getPerson(act, personId);
  if (body.deceasedOn > act.today || body.deceasedOn < person.birthOn) refuse('DEATH_DAY', { deceasedOn: body.deceasedOn }, { errors: [{ column: 'deceasedOn', value: body.deceasedOn, code: 'DEATH_DAY' }] });
  if (!(await markDeceased(act, person, body.deceasedOn))) refuse('DEATH_RECORDED', {}, { status: 409 });
  const { districtCode, townshipCode, id } = person;
  await recordEvent(act, { districtCode, kind: 'people.deathRecorded', subjectType: 'person', subjectId: id, personId: id, townshipCode, note: body.source.trim(), data: { deceasedOn: body.deceasedOn } });
  return { id };
}
