/** The person, the claim to the identity number, and the stays in hospital. */
import { addDays, instantOf } from '#kit/days.ts';
import { searchText } from '#domain/people/index.ts';
import type { PastPerson } from '../dependants.ts';
import type { PastBook, Staff } from './book.ts';

export function writePerson(book: PastBook, one: PastPerson, staff: Staff): void {
  book.add('people.person', {
    district_code: one.district, id: one.id, township_code: one.home.townshipCode, community: one.home.community, name: one.name, search: searchText(one.name), identity_number: one.identityNumber,
    birth_on: one.birthOn, sex: one.sex, phone: one.phone, address: one.home.address, longitude: one.home.longitude, latitude: one.home.latitude, datum: 'WGS84', insured_kind: one.insuredKind,
    insured_from_on: '2024-01-01', deceased_on: null, origin: 'registered', source_ref: null, created_at: instantOf(one.filedOn, 560),
  });
  book.add('people.identity_register', { identity_number: one.identityNumber, district_code: one.district, person_id: one.id });
  book.event(one, staff.officer, 'people.registered', { subject: ['person', one.id], on: one.filedOn, minute: 560 });
  for (const stay of one.stays) {
    const toldOn = addDays(stay.dischargedOn, 1);
    book.add('people.hospital_stay', {
      district_code: one.district, id: stay.id, person_id: one.id, township_code: one.home.townshipCode, hospital: stay.hospital, admitted_on: stay.admittedOn, discharged_on: stay.dischargedOn, source: staff.officer.name,
      recorded_at: instantOf(toldOn, 600),
    });
    book.event(one, staff.officer, 'people.hospitalStayRecorded', { subject: ['person', one.id], on: toldOn, minute: 600 }, { hospital: stay.hospital, admittedOn: stay.admittedOn, dischargedOn: stay.dischargedOn });
  }
}
