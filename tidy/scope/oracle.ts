/**
 * Who may see what, worked out a second time: every row's place is read with the owner's connection, and a few lines of
 * TypeScript say who sees it. The policies of the database are not asked.
 */
import type pg from 'pg';

export interface Viewer {
  area: string | null;
  institutionId: string | null;
  persons: readonly string[];
}

/** Where a row lies: what decides who sees it. */
interface Place {
  table: string;
  /** Township where the row has one, else its district; null for rows that anybody may see. */
  area: string | null;
  /** A second area that also opens the row (an event carries both). */
  alsoArea?: string | null;
  institutions: string[];
  person: string | null;
}

export interface Oracle {
  /** Ids of a table that the viewer sees, or does not see. */
  seen(table: string, viewer: Viewer): string[];
  unseen(table: string, viewer: Viewer): string[];
  /** Townships or districts in which the viewer sees a row of a table. */
  areasSeen(table: string, viewer: Viewer): string[];
  /** What an answer must not contain: undefined when all is well, else a sentence. */
  faultOfId(id: string, viewer: Viewer): string | undefined;
  faultOfIdentityNumber(number: string, viewer: Viewer): string | undefined;
  faultOfPersonName(name: string, viewer: Viewer): string | undefined;
  faultOfSourceRef(ref: string, viewer: Viewer): string | undefined;
  faultOfArea(code: string, viewer: Viewer): string | undefined;
  isPersonName(name: string): boolean;
  /** District of an institution of the published register. */
  districtOfInstitution(id: string): string | undefined;
}

const HERE = `(SELECT coalesce(jsonb_agg(DISTINCT t.institution_id), '[]') FROM people.tie t WHERE t.district_code = x.district_code AND t.person_id = `;

/** table → [area, second area, institutions as jsonb, person]. */
const TABLES: Record<string, string> = {
  'people.person': `SELECT id, township_code AS area, NULL AS also, ${HERE} x.id) AS institutions, id AS person FROM people.person x`,
  'people.hospital_stay': `SELECT id, township_code AS area, NULL AS also, '[]'::jsonb AS institutions, person_id AS person FROM people.hospital_stay x`,
  'workers.worker': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM workers.worker x`,
  'workers.assessor': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM workers.worker x WHERE worker_class IN ('assessor', 'expert')`,
  'workers.suspension': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM workers.suspension x`,
  'assessments.dispatch_order': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, NULL AS person FROM assessments.dispatch_order x`,
  'assessments.interest': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM assessments.interest x`,
  'assessments.application': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, person_id AS person FROM assessments.application x`,
  'assessments.material': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array((SELECT a.assessment_institution_id FROM assessments.application a WHERE a.district_code = x.district_code AND a.id = x.application_id)) AS institutions, person_id AS person FROM assessments.material x`,
  'assessments.assessment': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, person_id AS person FROM assessments.assessment x`,
  'assessments.site_visit': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, NULL AS person FROM assessments.site_visit x`,
  'assessments.site_evidence': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, NULL AS person FROM assessments.site_evidence x`,
  'assessments.confirmation': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, person_id AS person FROM assessments.confirmation x`,
  'assessments.case_return': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, person_id AS person FROM assessments.case_return x`,
  'assessments.conclusion': `SELECT id, township_code AS area, NULL AS also, ${HERE} x.person_id) AS institutions, person_id AS person FROM assessments.conclusion x`,
  'assessments.delivery_proof': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(assessment_institution_id) AS institutions, NULL AS person FROM assessments.delivery_proof x`,
  'assessments.suspension': `SELECT id, township_code AS area, NULL AS also, ${HERE} x.person_id) AS institutions, person_id AS person FROM assessments.suspension x`,
  'assessments.recheck': `SELECT id, township_code AS area, NULL AS also, '[]'::jsonb AS institutions, person_id AS person FROM assessments.recheck x`,
  'assessments.fee_month': `SELECT id, district_code AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM assessments.fee_month x`,
  'assessments.fee_statement': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM assessments.fee_statement x`,
  'assessments.fee_line': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM assessments.fee_line x`,
  'assessments.complaint': `SELECT id, area_code AS area, NULL AS also, CASE WHEN EXISTS (SELECT 1 FROM assessments.complaint_answer w WHERE w.complaint_id = x.id AND w.upheld) THEN jsonb_build_array(institution_id) ELSE '[]'::jsonb END AS institutions, person_id AS person FROM assessments.complaint x`,
  'plans.plan': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, person_id AS person FROM plans.plan x`,
  'visits.visit': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, person_id AS person FROM visits.visit x`,
  'visits.intake': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM visits.intake x`,
  'claims.month_close': `SELECT id, district_code AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM claims.month_close x`,
  'claims.line': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, person_id AS person FROM claims.line x`,
  'claims.finding': `SELECT id, township_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, person_id AS person FROM claims.finding x`,
  'claims.statement': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM claims.statement x`,
  'claims.review': `SELECT id, district_code AS area, NULL AS also, jsonb_build_array(institution_id) AS institutions, NULL AS person FROM claims.review x`,
  'notices.notice': `SELECT id, NULL AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM notices.notice x`,
  'notices.posting_proof': `SELECT id, township_code AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM notices.posting_proof x`,
  'notices.objection': `SELECT id, township_code AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM notices.objection x`,
  'providers.institution': `SELECT id, NULL AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM providers.institution x`,
  'platform.event': `SELECT id, district_code AS area, township_code AS also, jsonb_build_array(institution_id) AS institutions, person_id AS person FROM platform.event x`,
  'platform.decision': `SELECT id, district_code AS area, township_code AS also, jsonb_build_array(institution_id) AS institutions, person_id AS person FROM platform.decision x`,
  'ledger.posting': `SELECT id, district_code AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM ledger.posting x`,
  'identity.account': `SELECT id, '-' AS area, NULL AS also, '[]'::jsonb AS institutions, NULL AS person FROM identity.account x`,
};

/**
 * Rows that a visible record names although they are not shown themselves: a visit its carer and the file it came from, a package the accounts of those who may come along, a visit on site those who came, an order the decision behind it, a conclusion the decision behind it, an application the
 * decision on its acceptance, a statement its postings. The id may stand in the answer; asking for it is answered NOT_FOUND.
 */
const NAMED = `
  SELECT DISTINCT worker_id AS id, township_code AS area, institution_id, person_id AS person FROM visits.visit
  UNION SELECT DISTINCT intake_id, township_code, institution_id, person_id FROM visits.visit
  UNION SELECT DISTINCT worker_id, township_code, institution_id, person_id FROM plans.plan WHERE worker_id IS NOT NULL
  UNION SELECT a.id, i.district_code, i.id, NULL FROM identity.account a JOIN providers.institution i ON i.kind = 'assessment' AND (i.id = a.institution_id OR (a.institution_id IS NULL AND starts_with(i.district_code, a.area))) WHERE a.role_code IN ('assessor', 'assessmentExpert')
  UNION SELECT decision_id, township_code, assessment_institution_id, person_id FROM assessments.application WHERE decision_id IS NOT NULL
  UNION SELECT DISTINCT assessor_account_id, township_code, assessment_institution_id, person_id FROM assessments.assessment
  UNION SELECT DISTINCT application_id, township_code, assessment_institution_id, person_id FROM assessments.assessment
  UNION SELECT x, township_code, assessment_institution_id, NULL FROM assessments.site_visit, unnest(companion_ids || account_id) AS x
  UNION SELECT x, township_code, assessment_institution_id, NULL FROM assessments.dispatch_order, unnest(ARRAY[decision_id, application_id]) AS x
  UNION SELECT c.decision_id, c.township_code, t.institution_id, c.person_id FROM assessments.conclusion c JOIN people.tie t ON t.district_code = c.district_code AND t.person_id = c.person_id
  UNION SELECT m.decision_id, m.district_code, i.id, NULL FROM assessments.quality_month m, providers.institution i WHERE i.kind = 'assessment'
  UNION SELECT conclusion_id, district_code, institution_id, NULL FROM assessments.fee_line
  UNION SELECT x, district_code, institution_id, NULL FROM assessments.fee_statement, unnest(ARRAY[pending_posting_id, paid_posting_id]) AS x WHERE x IS NOT NULL
  UNION SELECT x, district_code, institution_id, NULL FROM claims.statement, unnest(ARRAY[pending_posting_id, paid_posting_id]) AS x WHERE x IS NOT NULL`;

/** Reads the place of every row. Call it again after something was written. */
export async function readOracle(owner: pg.Pool): Promise<Oracle> {
  const places = new Map<string, Place>();
  const byTable = new Map<string, string[]>();
  const lasting = await readLasting(owner);
  for (const [table, select] of Object.entries(TABLES)) {
    const { rows } = await owner.query<{ id: string; area: string | null; also: string | null; institutions: (string | null)[]; person: string | null }>(`SELECT * FROM (${select}) places ORDER BY id`);
    for (const row of rows) places.set(row.id, { table, area: row.area, alsoArea: row.also, institutions: row.institutions.filter((one) => one !== null), person: row.person });
    byTable.set(table, sortBy(rows.map((row) => row.id), (id) => lasting(places.get(id)!)));
  }
  const named = await readNamed(owner);
  const people = await owner.query<{ id: string; name: string; number: string; district: string; township: string }>('SELECT id, name, identity_number AS number, district_code AS district, township_code AS township FROM people.person');
  const workers = await owner.query<{ id: string; number: string }>('SELECT id, identity_number AS number FROM workers.worker');
  const refs = await owner.query<{ ref: string; ids: string[] }>('SELECT source_ref AS ref, array_agg(id) AS ids FROM visits.visit GROUP BY source_ref');
  const institutions = await owner.query<{ id: string; district: string }>('SELECT id, district_code AS district FROM providers.institution');
  const districts = new Map(institutions.rows.map((one) => [one.id, one.district]));
  const bearers = group([...people.rows, ...workers.rows], (row) => row.number);
  const names = group(people.rows, (row) => row.name);
  const refIds = new Map(refs.rows.map((row) => [row.ref, row.ids]));
  const sees = (id: string, viewer: Viewer): boolean => opens(places.get(id), viewer) || (named.get(id) ?? []).some((place) => opens(place, viewer));
  const areasOf = memo((viewer: Viewer) => knownAreas(viewer, people.rows.filter((one) => sees(one.id, viewer)), institutions.rows));
  const unlessSome = (some: readonly { id: string }[] | undefined, viewer: Viewer, sentence: string): string | undefined => (some === undefined || some.some((one) => sees(one.id, viewer)) ? undefined : sentence);
  return {
    seen: (table, viewer) => byTable.get(table)!.filter((id) => opens(places.get(id), viewer)),
    unseen: (table, viewer) => byTable.get(table)!.filter((id) => !opens(places.get(id), viewer)),
    areasSeen: (table, viewer) => [...new Set(byTable.get(table)!.map((id) => places.get(id)).filter((place) => opens(place, viewer)).flatMap((place) => place!.area ?? []))],
    faultOfId: (id, viewer) => (!places.has(id) || sees(id, viewer) ? undefined : `shows ${id} of ${places.get(id)!.table}, which lies outside`),
    faultOfIdentityNumber: (number, viewer) => unlessSome(bearers.get(number), viewer, `shows the identity number ${number} of somebody outside`),
    faultOfPersonName: (name, viewer) => unlessSome(names.get(name), viewer, `names ${name}, a person outside`),
    faultOfSourceRef: (ref, viewer) => unlessSome(refIds.get(ref)?.map((id) => ({ id })), viewer, `shows ${ref}, the reference of a visit outside`),
    faultOfArea: (code, viewer) => (areasOf(viewer)(code) ? undefined : `shows something of ${code}, an area outside`),
    isPersonName: (name) => names.has(name),
    districtOfInstitution: (id) => districts.get(id),
  };
}

function opens(place: Place | undefined, viewer: Viewer): boolean {
  if (!place) return false;
  if (place.area === null) return true;
  const { area } = viewer;
  if (area !== null && (place.area.startsWith(area) || (place.alsoArea ?? '').startsWith(area))) return true;
  if (viewer.institutionId !== null && place.institutions.includes(viewer.institutionId)) return true;
  return place.person !== null && viewer.persons.includes(place.person);
}

/** A place in words that stay when the city is made anew: ids carry chance, and a seed should find rows of the same place again. */
async function readLasting(owner: pg.Pool): Promise<(place: Place) => string> {
  const { rows } = await owner.query<{ id: string; word: string }>('SELECT id, identity_number AS word FROM people.person UNION ALL SELECT id, code FROM providers.institution');
  const words = new Map(rows.map((row) => [row.id, row.word]));
  return ({ area, alsoArea, person, institutions }) => [area, alsoArea, words.get(person ?? ''), ...institutions.map((one) => words.get(one)).sort()].join(' ');
}

/** In the order of the words, else as they stood. */
function sortBy(ids: readonly string[], wordOf: (id: string) => string): string[] {
  return ids.map((id) => ({ id, word: wordOf(id) })).sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : 0)).map((one) => one.id);
}

async function readNamed(owner: pg.Pool): Promise<Map<string, Place[]>> {
  const { rows } = await owner.query<{ id: string; area: string; institution_id: string | null; person: string | null }>(NAMED);
  return new Map([...group(rows, (row) => row.id)].map(([id, some]) => [id, some.map((row) => ({ table: 'named', area: row.area, institutions: row.institution_id === null ? [] : [row.institution_id], person: row.person }))]));
}

/** Areas that may stand in an answer: the own one, those above and below it, and those of the people one may see. */
function knownAreas(viewer: Viewer, people: readonly { district: string; township: string }[], institutions: readonly { id: string; district: string }[]): (code: string) => boolean {
  const own = institutions.find((one) => one.id === viewer.institutionId)?.district;
  const known = new Set([...people.flatMap((one) => [one.district, one.township]), ...(own === undefined ? [] : [own])]);
  return (code) => known.has(code) || (viewer.area !== null && (code.startsWith(viewer.area) || viewer.area.startsWith(code)));
}

function group<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

function memo<T extends object, R>(make: (key: T) => R): (key: T) => R {
  const made = new Map<T, R>();
  return (key) => {
    const held = made.get(key) ?? make(key);
    made.set(key, held);
    return held;
  };
}
