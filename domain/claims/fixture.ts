/** A small district for the tests of the close: fictional people, plans and visits written straight into the tables, as an intake would leave them. */
import type pg from 'pg';
import { identityNumberFor } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { instantOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';

export const DISTRICT = '990102';
const TOWNSHIP = '990102001';
const LONG_AGO = '2026-01-01';
/** Counts over all fixtures of a test file, so that codes and identity numbers stay unique. */
const made = { counter: 0 };

export interface NewVisit {
  person: string;
  worker: string;
  institution: string;
  day: Day;
  /** Minutes of the office day. */
  from: number;
  until: number;
  item?: string;
  workerClass?: string;
  ref?: string;
  pair?: string;
  at?: [lng: number, lat: number];
}

/** Writes into a district on the owner's connection; every maker returns the id. */
export class Fixture {
  private readonly db: pg.Pool;
  private readonly districtCode: string;
  private intake: string | undefined;

  constructor(db: pg.Pool, districtCode = DISTRICT) {
    this.db = db;
    this.districtCode = districtCode;
  }

  async institution(name = '禾西居家护理站', kind = 'homeCare'): Promise<string> {
    const id = newId();
    const number = (made.counter += 1);
    await this.db.query(`INSERT INTO providers.institution (id, district_code, code, name, kind, credit_code, address, agreement_from_on, created_at) VALUES ($1, $2, $3, $4, $5, $6, '柳溪街道', $7, now())`,
      [id, this.districtCode, `H${this.districtCode}${number}`, name, kind, `91${id.replaceAll('-', '').slice(-16).toUpperCase()}`, LONG_AGO]);
    return id;
  }

  async filedPrice(institution: string, workerClass: string, hourlyFen: number, from: Day = LONG_AGO, to: Day | null = null): Promise<void> {
    await this.db.query('INSERT INTO providers.filed_price (institution_id, worker_class, from_on, to_on, hourly_price_fen) VALUES ($1, $2, $3, $4, $5)', [institution, workerClass, from, to, hourlyFen]);
  }

  async worker(institution: string, workerClass = 'carer'): Promise<string> {
    const id = newId();
    const number = (made.counter += 1);
    await this.db.query(`INSERT INTO workers.worker (id, district_code, institution_id, name, identity_number, worker_class, from_on, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, now())`,
      [id, this.districtCode, institution, `护理员${number}`, identityNumberFor('990102', '1980-01-01', number % 1000), workerClass, LONG_AGO]);
    return id;
  }

  /** A person; with a grade there is a conclusion from `from` to `until`. */
  async person(options: { grade?: number | null; from?: Day; until?: Day; endedOn?: Day; deceasedOn?: Day } = {}): Promise<string> {
    const id = newId();
    const number = (made.counter += 1);
    await this.db.query(
      `INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, deceased_on, origin, created_at)
       VALUES ($1, $2, $3, '柳溪社区', $4, '', $5, '1940-01-01', 2, '柳溪街道', $6, 'imported', now())`,
      [this.districtCode, id, `${this.districtCode}001`, `王桂兰${number}`, identityNumberFor('990102', `19${30 + Math.floor(made.counter / 1000)}-01-01`, number % 1000), options.deceasedOn ?? null]);
    if (options.grade !== null) await this.conclusion(id, options.grade ?? 5, options.from ?? LONG_AGO, options.until ?? '2027-12-31', options.endedOn ?? null);
    return id;
  }

  async conclusion(person: string, grade: number, from: Day, until: Day, endedOn: Day | null = null): Promise<void> {
    const decision = newId();
    const number = (made.counter += 1);
    await this.db.query(`INSERT INTO platform.decision (district_code, id, kind, subject_type, subject_id, person_id, township_code, decided_at, decided_on, value, reasons, facts, stamp)
      VALUES ($1, $2, 'assessments.grade', 'conclusion', $3, $3, $4, now(), $5, '{}', '[]', '{}', '{}')`, [this.districtCode, decision, person, TOWNSHIP, from]);
    await this.db.query(`INSERT INTO assessments.conclusion (district_code, id, number, person_id, township_code, grade, concluded_on, effective_on, valid_until_on, ended_on, origin, decision_id, check_code, concluded_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, 'imported', $10, $3, now())`, [this.districtCode, newId(), `C${number}`, person, `${this.districtCode}001`, grade, from, until, endedOn, decision]);
  }

  async plan(person: string, institution: string, options: { mode?: string; items?: { code: string; minutes?: number; timesPerDay?: number; carers?: number }[]; from?: Day; to?: Day; worker?: string; state?: string } = {}): Promise<string> {
    const id = newId();
    const number = (made.counter += 1);
    await this.db.query(`INSERT INTO plans.plan (district_code, id, number, person_id, township_code, mode, institution_id, worker_id, from_on, to_on, state, origin, proposed_at, confirmed_at, confirmed_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'imported', now(), now(), '本人')`,
      [this.districtCode, id, `P${number}`, person, `${this.districtCode}001`, options.mode ?? 'homeVisit', institution, options.worker ?? null, options.from ?? LONG_AGO, options.to ?? null, options.state ?? 'confirmed']);
    for (const item of options.items ?? [{ code: 'QH-L05' }]) {
      await this.db.query('INSERT INTO plans.item (district_code, plan_id, item_code, minutes, times_per_day, times_per_week, carers, person_id, township_code, institution_id) VALUES ($1, $2, $3, $4, $5, 28, $6, $7, $8, $9)',
        [this.districtCode, id, item.code, item.minutes ?? 60, item.timesPerDay ?? 4, item.carers ?? 1, person, `${this.districtCode}001`, institution]);
    }
    return id;
  }

  async stay(person: string, admittedOn: Day, dischargedOn: Day | null): Promise<void> {
    await this.db.query(`INSERT INTO people.hospital_stay (district_code, id, person_id, township_code, hospital, admitted_on, discharged_on, source, recorded_at) VALUES ($1, $2, $3, $4, '青禾市第一人民医院', $5, $6, 'test', now())`,
      [this.districtCode, newId(), person, `${this.districtCode}001`, admittedOn, dischargedOn]);
  }

  /** A pause of the benefit; without a last day it lasts. */
  async suspension(person: string, fromOn: Day, toOn: Day | null = null): Promise<void> {
    await this.db.query(`INSERT INTO assessments.suspension (district_code, id, person_id, township_code, reason, from_on, to_on, state, note, actor_name, recorded_at) VALUES ($1, $2, $3, $4, 'absent', $5, $6, $7, '回老家', 'test', now())`,
      [this.districtCode, newId(), person, `${this.districtCode}001`, fromOn, toOn, toOn === null ? 'paused' : 'lifted']);
  }

  async travelTime(from: string, to: string, minutes: number): Promise<void> {
    await this.db.query(`INSERT INTO visits.travel_time (district_code, from_person_id, to_person_id, minutes, source) VALUES ($1, $2, $3, $4, 'test')`, [this.districtCode, from, to, minutes]);
  }

  /** Visits in the order of their source; the reference is `ref`, else a running number. */
  async visits(visits: readonly NewVisit[]): Promise<string[]> {
    this.intake ??= await this.newIntake();
    const rows = visits.map((one, i) => ({
      id: newId(), person: one.person, worker: one.worker, institution: one.institution, day: one.day, class: one.workerClass ?? 'carer', item: one.item ?? 'QH-L05', started: instantOf(one.day, one.from), ended: instantOf(one.day, one.until),
      lng: one.at?.[0] ?? null, lat: one.at?.[1] ?? null, pair: one.pair ?? null, ref: one.ref ?? `v${(made.counter += 1)}`, seq: i,
    }));
    for (const month of new Set(rows.map((row) => `${row.day.slice(0, 7)}-01`))) await this.db.query(`SELECT platform.ensure_month('visits.visit', $1::date)`, [month]);
    await this.db.query(
      `INSERT INTO visits.visit (district_code, service_on, id, person_id, township_code, institution_id, worker_id, worker_class, item_code, started_at, ended_at, longitude, latitude, pair_ref, source_ref, source_seq, intake_id)
       SELECT $1, day, id, person, $3, institution, worker, class, item, started, ended, lng, lat, pair, ref, seq, $2::uuid
       FROM jsonb_to_recordset($4::jsonb) AS v (id uuid, person uuid, worker uuid, institution uuid, day date, class text, item text, started timestamptz, ended timestamptz, lng float8, lat float8, pair text, ref text, seq int)`,
      [this.districtCode, this.intake, `${this.districtCode}001`, JSON.stringify(rows)]);
    return rows.map((row) => row.id);
  }

  private async newIntake(): Promise<string> {
    const id = newId();
    await this.db.query(`INSERT INTO visits.intake (district_code, id, format, file_name, sha256, rows, visits, received_at) VALUES ($1, $2, 'world', 'fixture', 'x', 0, 0, now())`, [this.districtCode, id]);
    return id;
  }
}

/** Person, institution, carer and plan of one ordinary home: what most tests begin with. */
export async function ordinaryHome(fixture: Fixture, options: { grade?: number; planMin?: number } = {}): Promise<{ person: string; institution: string; worker: string }> {
  const institution = await fixture.institution();
  const worker = await fixture.worker(institution);
  const person = await fixture.person({ grade: options.grade ?? 5 });
  await fixture.plan(person, institution, { items: [{ code: 'QH-L05', minutes: options.planMin ?? 60 }] });
  return { person, institution, worker };
}
