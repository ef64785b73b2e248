import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kit/ids.ts';
import type { Caller } from '#server/testing.ts';
import { scale } from '../policy.ts';
import type { Answers, MatrixScale } from '../scale/model.ts';
import { gradeOnly } from '../scale/model.ts';
import { anotherPerson, openTestOffice, scoredCase } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { tryScale } from './rules.ts';

const DRAFT = readFileSync(join(import.meta.dirname, '../../../policy/cities/qinghe/assessments/scale-draft-2027.yaml'), 'utf8');

describe('trying an edition of the scale on past answers', () => {
  let office: TestOffice;
  let bureau: Caller;
  beforeAll(async () => {
    office = await openTestOffice('2026-08-03T01:00:00Z');
    bureau = await office.house.signedIn({ signInName: 'bureau', displayName: '许明哲', role: 'bureauOfficer', area: '9901' });
  });
  afterAll(() => office.house.close());

  /** A file part by hand: the test server takes bytes. */
  const upload = (caller: Caller, text: string, query = '') => caller('POST', `/api/scale/trials/file${query}`, Buffer.from(`--x\r\ncontent-disposition: form-data; name="file"; filename="draft.yaml"\r\ncontent-type: text/yaml\r\n\r\n${text}\r\n--x--\r\n`), { 'content-type': 'multipart/form-data; boundary=x' });
  const result = async (id: string) => (await bureau('GET', `/api/scale/trials/${id}`)).json();

  test('is the bureau\'s; what lies ready is listed with its mark, and what is not there is refused by name', async () => {
    expect((await office.agency('GET', '/api/scale/candidates')).statusCode).toBe(403);
    expect((await bureau('GET', '/api/scale/candidates')).json()).toMatchObject([{ id: 'qinghe-draft-2027', use: 'candidate', type: 'matrix' }, { id: 'demo-weighted', use: 'demonstration', type: 'weightedSum', status: 'unverified' }]);
    expect((await bureau('POST', '/api/scale/trials', { edition: 'national-2021' })).json()).toMatchObject({ code: 'SCALE_UNKNOWN', params: { known: 'demo-weighted, qinghe-draft-2027' } });
    expect((await bureau('POST', '/api/scale/trials', { edition: 'qinghe-draft-2027', fromOn: '2026-08-02', toOn: '2026-08-01' })).json().code).toBe('TRIAL_SPAN');
    const other = await office.house.signedIn({ signInName: 'bureau-02', displayName: '许明', role: 'bureauOfficer', area: '990101' });
    expect((await other('POST', '/api/scale/trials', { edition: 'qinghe-draft-2027', district: '990103' })).json()).toMatchObject({ status: 403, code: 'TRIAL_DISTRICT' });
  });

  test('shows whose grade would change with both decisions, stores nothing in the cases, and is on record', async () => {
    // Daily living 45 is moderate today and severe in the draft; cognition 5 is mild today and moderate in the draft.
    const { id: applicationId, assessmentId } = await scoredCase(office, await anotherPerson(office));
    const unchanged = await scoredCase(office, await anotherPerson(office));
    const owner = office.house.platform.databases.ownerDb;
    const answers = (await sql<{ answers: Answers }>`SELECT answers FROM assessments.assessment WHERE id = ${assessmentId}`.execute(owner)).rows[0]!.answers;
    const edged = { ...answers, 'adl.eating': 10, 'adl.dressing': 10, 'adl.grooming': 5, 'adl.bowel': 10, 'adl.bladder': 10 };
    await sql`UPDATE assessments.assessment SET answers = ${JSON.stringify(edged)}::jsonb, grade = 2 WHERE id = ${assessmentId}`.execute(owner);
    const before = await sql`SELECT id, grade, answers, superseded_at FROM assessments.assessment ORDER BY id`.execute(owner);
    const { id } = (await bureau('POST', '/api/scale/trials', { edition: 'qinghe-draft-2027', district: '990101', fromOn: '2026-08-01', toOn: '2026-08-31' })).json();
    expect(await result(id)).toMatchObject({
      scaleId: 'qinghe-draft-2027', assessments: 2, notComparable: 0, changed: 1, gains: 1, loses: 0, minGrade: 3, vectors: 2, triedBy: '许明哲', fileName: null,
      cells: [{ before: 2, after: 3, people: 1 }, { before: 3, after: 3, people: 1 }],
    });
    const { rows, total } = (await bureau('GET', `/api/scale/trials/${id}/changes`)).json();
    expect([total, rows[0]]).toMatchObject([1, { assessmentId, applicationId, before: 2, after: 3, assessedOn: '2026-08-03' }]);
    expect((await bureau('GET', `/api/scale/trials/${id}/changes?before=3`)).json().total).toBe(0);
    const both = (await bureau('GET', `/api/scale/trials/${id}/changes/${assessmentId}`)).json();
    expect(both).toMatchObject({ before: { scaleId: 'national-2021', grade: 2 }, after: { scaleId: 'qinghe-draft-2027', grade: 3 } });
    expect(both.after.reasons.find((one: { code: string }) => one.code === 'GRADE_CLASS_ADL').params).toMatchObject({ sum: 45, class: 'severe', max: 45 });
    expect((await bureau('GET', `/api/scale/trials/${id}/changes/${unchanged.assessmentId}`)).json().code).toBe('NOT_FOUND');
    expect((await sql`SELECT id, grade, answers, superseded_at FROM assessments.assessment ORDER BY id`.execute(owner)).rows).toEqual(before.rows);
    expect((await sql`SELECT data FROM platform.event WHERE kind = 'assessments.scaleTried' AND subject_id = ${id}`.execute(owner)).rows).toMatchObject([{ data: { scaleId: 'qinghe-draft-2027', assessments: 2, changed: 1 } }]);
    expect((await bureau('GET', '/api/scale/trials')).json().rows[0]).toMatchObject({ id, changed: 1, district: '990101' });
    // Days outside the period, and another district, hold nothing.
    const none = (await bureau('POST', '/api/scale/trials', { edition: 'qinghe-draft-2027', toOn: '2026-08-02' })).json();
    expect(await result(none.id)).toMatchObject({ assessments: 0, cells: [], district: null });
  });

  test('counts answers of other items as not comparable instead of guessing', async () => {
    const { id } = (await bureau('POST', '/api/scale/trials', { edition: 'demo-weighted' })).json();
    const shown = await result(id);
    expect(shown).toMatchObject({ changed: 0, vectors: 0, cells: [], status: 'unverified' });
    expect(shown.notComparable).toBe(shown.assessments);
  });

  test('takes an uploaded file, and refuses a faulty one with every fault in words', async () => {
    const made = await upload(bureau, DRAFT.replace('id: qinghe-draft-2027', 'id: another-draft'), '?district=990101');
    expect(await result(made.json().id)).toMatchObject({ scaleId: 'another-draft', fileName: 'draft.yaml', district: '990101' });
    const faulty = (await upload(bureau, DRAFT.replace('min: 50', 'min: 55').replace('severe: 5', 'severe: 9'))).json();
    expect(faulty).toMatchObject({ code: 'SCALE_FILE_FAULTY', params: { file: 'draft.yaml', faults: 2 }, errors: [{ code: 'SCALE_FILE_FAULT', params: { fault: expect.stringContaining('sum 50 of adl into 0 classes') } }, { params: { fault: expect.stringContaining('grade 9') } }] });
    expect((await upload(bureau, 'nothing: [')).json().errors[0].params.fault).toMatch(/not readable YAML/);
    expect((await sql<{ n: number }>`SELECT count(*) AS n FROM assessments.scale_trial WHERE scale_id = 'qinghe-draft-2027' AND file_name IS NOT NULL`.execute(office.house.platform.databases.ownerDb)).rows[0]!.n).toBe(0);
  });

  test('tries 20 000 assessments in seconds', async () => {
    const owner = office.house.platform.databases.ownerDb;
    const items = office.house.platform.policy.edition(scale, '2026-08-03').value as MatrixScale;
    await fill(owner, office, items, 20_000);
    const began = performance.now();
    const { id } = (await bureau('POST', '/api/scale/trials', { edition: 'qinghe-draft-2027', fromOn: '2025-01-01', toOn: '2025-12-31' })).json();
    const took = performance.now() - began;
    const shown = await result(id);
    expect(shown.assessments).toBe(20_000);
    expect(shown.changed).toBe((await bureau('GET', `/api/scale/trials/${id}/changes`)).json().total);
    console.log(`20 000 assessments, ${shown.vectors} distinct sets of answers, ${shown.changed} changed: tried in ${Math.round(took)} ms`);
    expect(took).toBeLessThan(10_000);
  }, 120_000);
});

/** Many people with an assessment each, written as sets by the owner; answers drawn in SQL, grades by the national edition. */
async function fill(owner: TestOffice['house']['platform']['databases']['ownerDb'], office: TestOffice, edition: MatrixScale, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => {
    const answers = Object.fromEntries(edition.items.map((item, place) => [item.code, item.options[Math.floor((at * 2_654_435_761 + place * 40_503 * (at + 1)) / 997) % item.options.length]!.points]));
    return { person: newId(1_700_000_000_000 + at), application: newId(1_700_000_000_000 + at), assessment: newId(1_700_000_000_000 + at), number: `T-${at}`, at, answers, grade: gradeOnly(edition, answers) };
  });
  await sql`WITH many AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (person uuid, application uuid, assessment uuid, number text, at int, answers jsonb, grade smallint)),
    p AS (INSERT INTO people.person (district_code, id, township_code, community, name, search, identity_number, birth_on, sex, address, origin, created_at)
      SELECT '990101', person, '990101001', '槐荫社区', '试算' || at, '试算' || at, lpad(at::text, 17, '0') || '0', '1940-01-01', 1, '槐荫街道', 'imported', '2025-01-01' FROM many),
    a AS (INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since)
      SELECT '990101', application, number, person, '990101001', 'initial', '2025-03-01', '2025-03-01', '试', 'self', '139', '2024-01-01', 'concluded', '2025-04-01' FROM many)
    INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_name, guardian_name, on_site_at, place, scale_id, answers, points, grade, decision_id, recorded_at)
      SELECT '990101', assessment, application, person, '990101001', ${office.institutionId}, ${office.personId}, '孙丽', '周明远', '王', '2025-03-10', '槐荫', 'national-2021', answers, '{}', grade,
        (SELECT id FROM platform.decision WHERE district_code = '990101' LIMIT 1), '2025-03-10' FROM many`.execute(owner);
}

describe('the rule of a trial', () => {
  test('counts people per cell, gains and losses on both sides of the lowest grade with a benefit', () => {
    const one = (points: number[]) => Object.fromEntries(points.map((value, at) => [`i${at}`, value]));
    const weighted = {
      type: 'weightedSum' as const, grades: [], dimensions: [{ code: 'a', zh: 'a', en: 'a', status: 'unverified' as const, source: { document: 'x' }, weightBp: 10_000, take: 'sum' as const }],
      items: [0, 1].map((at) => ({ code: `i${at}`, dimension: 'a', zh: 'i', en: 'i', status: 'unverified' as const, source: { document: 'x' }, weightBp: 5000, options: [0, 100].map((points) => ({ points, zh: 'o', en: 'o' })) })),
      bands: { status: 'unverified' as const, source: { document: 'x' }, of: [{ min: 0, max: 4999, grade: 0 }, { min: 5000, max: 9999, grade: 2 }, { min: 10_000, max: 10_000, grade: 4 }] },
    };
    const outcome = tryScale(weighted, [
      { key: 'a', answers: one([0, 0]), before: 3, people: 5 }, { key: 'b', answers: one([100, 0]), before: 2, people: 7 }, { key: 'c', answers: one([100, 100]), before: 2, people: 11 },
      { key: 'd', answers: one([100]), before: 2, people: 2 }, { key: 'e', answers: one([50, 0]), before: 2, people: 1 },
    ], 3);
    expect(outcome).toEqual({
      assessments: 26, notComparable: 3, changed: 16, gains: 11, loses: 5, vectors: 3,
      cells: [{ before: 2, after: 2, people: 7 }, { before: 2, after: 4, people: 11 }, { before: 3, after: 0, people: 5 }], changes: [{ key: 'a', before: 3, after: 0 }, { key: 'c', before: 2, after: 4 }],
    });
  });
});
