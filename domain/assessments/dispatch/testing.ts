/** A district with two assessment institutions whose people stand in the register, for the tests of dispatch. */
import { sql } from 'kysely';
import { addWorker, admitAssessor, recordTraining } from '#domain/workers/index.ts';
import { registerInstitution } from '#domain/providers/index.ts';
import { dayOf } from '#kit/days.ts';
import { creditCodeFor } from '#kit/credit-code.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import type { Caller } from '#server/testing.ts';
import { findAccountByName } from '#platform/identity/accounts.ts';
import { filingFor, openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';

export interface Person {
  workerId: string;
  accountId: string;
  name: string;
  identityNumber: string;
  caller: Caller;
}

export interface DispatchOffice extends TestOffice {
  /** Of the first institution and of the second one of the same district. */
  secondInstitutionId: string;
  officer: Caller;
  secondOfficer: Caller;
  people: { assessor: Person; expert: Person; spare: Person };
  secondPeople: { assessor: Person; expert: Person };
}

let made = 0;

/** A worker in the register with an account; `admitted: false` leaves the entry out. */
export async function sentPerson(office: TestOffice, institutionId: string, name: string, workerClass: 'assessor' | 'expert', more: { admitted?: boolean; hours?: number; phone?: string; address?: string; identityNumber?: string } = {}): Promise<Person> {
  made += 1;
  const identityNumber = more.identityNumber ?? identityNumberFor('990101', '1980-06-06', 100 + made);
  const { house } = office;
  const workerId = (await house.act((act) => addWorker(act, { institutionId, name, identityNumber, workerClass, fromOn: '2024-01-01' }))).id;
  if (more.admitted !== false) {
    await house.act((act) => admitAssessor(act, workerId, {
      qualification: '执业医师', certificateNumber: `PG-${made}`, certificateUntilOn: '2028-12-31', admittedOn: '2024-01-01', ...(more.phone === undefined ? {} : { phone: more.phone }), ...(more.address === undefined ? {} : { address: more.address }),
    }));
    await house.act((act) => recordTraining(act, workerId, { topic: '失能等级评估标准', hours: more.hours ?? 16, heldOn: act.today, passed: true }));
  }
  const signInName = `sent-${made}`;
  const caller = await house.signedIn({ signInName, displayName: name, role: workerClass === 'assessor' ? 'assessor' : 'assessmentExpert', institutionId, workerId });
  const account = await findAccountByName(house.platform.databases.ownerDb, signInName);
  return { workerId, accountId: account!.id, name, identityNumber, caller };
}

/** Opens the office with a second institution in the district; the people of both are admitted and trained. */
export async function openDispatchOffice(nowAt: string): Promise<DispatchOffice> {
  const office = await openTestOffice(nowAt);
  const { house, institutionId } = office;
  const secondInstitutionId = (await house.act((act) => registerInstitution(act, { code: 'QH-PG-02', name: '禾东明正评估所', kind: 'assessment', districtCode: '990101', creditCode: creditCodeFor('990101', 102), address: '文昌街 2 号', agreementFromOn: '2026-01-01' }))).id;
  const officer = await house.signedIn({ signInName: 'assess-office-01', displayName: '尹思源', role: 'assessmentOfficer', institutionId });
  const secondOfficer = await house.signedIn({ signInName: 'assess-office-02', displayName: '邱月', role: 'assessmentOfficer', institutionId: secondInstitutionId });
  const people = { assessor: await sentPerson(office, institutionId, '方敏', 'assessor'), expert: await sentPerson(office, institutionId, '顾文澜', 'expert'), spare: await sentPerson(office, institutionId, '于洋', 'assessor') };
  const secondPeople = { assessor: await sentPerson(office, secondInstitutionId, '贾明', 'assessor'), expert: await sentPerson(office, secondInstitutionId, '薛立言', 'expert') };
  return { ...office, secondInstitutionId, officer, secondOfficer, people, secondPeople };
}

/** An accepted case of a person; how it was accepted (pre-review, papers) is another capability's test, so the state is set. Returns its id. */
export async function acceptedCase(office: TestOffice, personId: string): Promise<string> {
  const { house } = office;
  const filed = (await office.agency('POST', '/api/applications', filingFor(personId))).json() as { id?: string };
  if (filed.id === undefined) throw new Error(`the case was not filed: ${JSON.stringify(filed)}`);
  await sql`UPDATE assessments.application SET state = 'accepted', accepted_on = ${dayOf(house.clock.now)} WHERE id = ${filed.id}`.execute(house.platform.databases.ownerDb);
  return filed.id;
}
