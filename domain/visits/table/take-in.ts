/** Takes in a file of visits, CSV or Excel: all or nothing, with one error for each thing that is wrong. */
import { createHash } from 'node:crypto';
import type { Month } from '#kit/days.ts';
import { monthOf } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import type { InputError } from '#kit/refuse.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { readRows } from '#platform/files/read-rows.ts';
import { catalogue, getInstitution } from '#domain/providers/index.ts';
import type { Progress } from '../hhcrsp/take-in.ts';
import type { IncomingRow } from '../store/incoming.ts';
import { addIncoming, checkIncoming, closeIncoming, incomingDays, incomingTotals, insertIncoming, openIncoming, resolveIncoming } from '../store/incoming.ts';
import type { IntakeFormat } from '../store/intakes.ts';
import { findSameFile, insertIntake } from '../store/intakes.ts';
import { openMonths, shareMonths } from '../store/lock.ts';
import { VISIT_COLUMNS } from './columns.ts';

export interface VisitsFile {
  fileName: string;
  bytes: Uint8Array;
  format: Exclude<IntakeFormat, 'hhcrsp'>;
  districtCode?: string | undefined;
}

export interface TableTakenIn {
  intakeId: string;
  already: boolean;
  rows: number;
  visits: number;
}

const PORTION = 5000;
const SHOWN = 500;

/**
 * Takes in a file of visits of one district. The same file again adds nothing and says so, also when its month has been closed
 * since; so does one whose rows are all known.
 * Refuses with VISITS_DISTRICT, VISITS_FILE_EMPTY (a header and no row), or VISITS_FILE_REJECTED (how many rows are bad, at most 500 errors; nothing is written), and
 * with what readRows refuses.
 */
export async function takeInTable(act: Act, file: VisitsFile, progress: Progress = () => undefined): Promise<TableTakenIn> {
  const districtCode = await districtOf(act, file.districtCode);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const known = await findSameFile(act, districtCode, sha256);
  if (known) return { intakeId: known.id, already: true, rows: known.rows, visits: 0 };
  await openIncoming(act);
  const read = await readInto(act, file, progress);
  if (read.rows === 0) refuse('VISITS_FILE_EMPTY', { fileName: file.fileName });
  const days = await incomingDays(act);
  const months: Month[] = [...new Set(days.map(monthOf))];
  const editions = days.flatMap((day) => (act.policy.has(catalogue, day) ? [{ day, ...act.policy.edition(catalogue, day) }] : []));
  // Days to come and days without a catalogue are refused below: a misspelt year makes no months.
  await openMonths(act, editions.filter((one) => one.day <= act.today).map((one) => monthOf(one.day)));
  const closedMonths = [...(await shareMonths(act, districtCode, months))];
  progress({ zh: '核对', en: 'checking' }, read.rows, read.rows);
  await resolveIncoming(act, districtCode);
  const faults = await checkIncoming(act, {
    catalogue: editions.map((one) => ({ day: one.day, edition: one.id, codes: one.value.items.map((item) => item.code) })), onlyInstitution: act.actor.institutionId, closedMonths,
  });
  reject(read, faults.map(({ row, column, value, code }) => ({ row, column, value, code })), faults[0]?.rejected ?? 0);
  const { fresh, institutionId } = await incomingTotals(act);
  const intakeId = newId<'intake'>(act.now.getTime());
  await insertIntake(act, { districtCode, id: intakeId, format: file.format, fileName: file.fileName, sha256, institutionId: act.actor.institutionId ?? institutionId, rows: read.rows, visits: fresh });
  progress({ zh: '写入', en: 'writing' }, read.rows, read.rows);
  await insertIncoming(act, districtCode, intakeId);
  await closeIncoming(act);
  await recordEvent(act, { districtCode, kind: 'visits.fileTakenIn', subjectType: 'intake', subjectId: intakeId, institutionId: act.actor.institutionId ?? institutionId, data: { fileName: file.fileName, rows: read.rows, visits: fresh } });
  return { intakeId, already: fresh === 0, rows: read.rows, visits: fresh };
}

/** The district that the visits belong to: as told, else the actor's own district, else the institution's. */
async function districtOf(act: Act, told: string | undefined): Promise<string> {
  const { area, institutionId } = act.actor;
  if (institutionId !== null && area === null) {
    const own = (await getInstitution(act, institutionId)).districtCode;
    return told === undefined || told === own ? own : refuse('VISITS_DISTRICT', { district: told });
  }
  const district = told ?? (area !== null && area.length >= 6 ? area.slice(0, 6) : undefined);
  if (district === undefined || area === null || !(district.startsWith(area) || area.startsWith(district))) refuse('VISITS_DISTRICT', { district: district ?? null });
  return district;
}

interface Read {
  rows: number;
  errors: InputError[];
  badRows: number;
}

/** Rows whose cells are well go into the temporary table; the others are only counted, with their first errors. */
async function readInto(act: Act, file: VisitsFile, progress: Progress): Promise<Read> {
  const read: Read = { rows: 0, errors: [], badRows: 0 };
  let portion: IncomingRow[] = [];
  const flush = async () => {
    if (portion.length > 0) await addIncoming(act, portion);
    portion = [];
    progress({ zh: '读取', en: 'reading' }, read.rows, read.rows);
  };
  for await (const { row, cells, errors } of readRows({ name: file.fileName, bytes: file.bytes }, VISIT_COLUMNS)) {
    read.rows += 1;
    if (errors.length > 0) {
      read.badRows += 1;
      if (read.errors.length < SHOWN) read.errors.push(...errors);
      continue;
    }
    portion.push({ n: row, ...(cells as unknown as Omit<IncomingRow, 'n'>), carer: upper(cells['carer']), person: upper(cells['person']) });
    if (portion.length === PORTION) await flush();
  }
  await flush();
  return read;
}

const upper = (text: string | undefined): string => (text ?? '').toUpperCase();

function reject(read: Read, faults: InputError[], badRows: number): void {
  const rejected = read.badRows + badRows;
  if (rejected === 0) return;
  const errors = [...read.errors, ...faults].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)).slice(0, SHOWN);
  refuse('VISITS_FILE_REJECTED', { rejected, rows: read.rows, shown: errors.length }, { errors });
}
