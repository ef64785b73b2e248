/** SQL of the end of conclusions: reminders as a set, and the last case a person filed. */
import { sql } from 'kysely';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';

export interface Reminded {
  districtCode: string;
  conclusionId: string;
  number: string;
  thresholdDays: number;
  personId: string;
  personName: string;
  townshipCode: string;
  lastDayOn: Day;
  phone: string | null;
}

const REMIND = sqlFile(new URL('./remind.sql', import.meta.url));

/** Records the reminders that fall due today, as one set; returns the new ones. Safe to repeat. */
export function insertReminders(act: Act, thresholds: readonly number[], minGrade: number): Promise<Reminded[]> {
  return runSql<Reminded>(act.db, REMIND, { thresholds: [...thresholds], minGrade, today: act.today, now: act.now });
}

/** The day of the last reminder of a conclusion, or null. */
export async function lastReminderOn(act: Act, conclusionId: string): Promise<Day | null> {
  const { rows } = await sql<{ on: Day | null }>`SELECT max(reminded_on) AS on FROM assessments.reminder WHERE conclusion_id = ${conclusionId}`.execute(act.db);
  return rows[0]?.on ?? null;
}

export interface LastFiling {
  number: string;
  applicantName: string;
  relation: string;
  contactPhone: string;
  disabledSinceOn: Day | null;
  materials: string[];
}

/** The latest application that somebody filed for a person (not the agency's own), or undefined. */
export async function findLastFiling(act: Act, personId: string): Promise<LastFiling | undefined> {
  const { rows } = await sql<LastFiling>`SELECT number, applicant_name, relation, contact_phone, disabled_since_on, materials FROM assessments.application WHERE person_id = ${personId} AND kind <> 'spotCheck' ORDER BY id DESC LIMIT 1`.execute(act.db);
  return rows[0];
}
