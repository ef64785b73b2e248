/** Trying an edition on past answers. The trial is on record; no case is touched. */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { Upload } from '#platform/module.ts';
import { readEdition } from '#platform/policy/index.ts';
import type { EditionOn, WrittenEdition } from '#platform/policy/index.ts';
import { benefitMinGrade, scale } from '../policy.ts';
import { gradeAnswers } from '../rules.ts';
import { allItems, typeOf } from '../scale/model.ts';
import type { Answers, Scale } from '../scale/model.ts';
import type { trialContract, TrialResultSchema } from './contract.ts';
import { tryScale } from './rules.ts';
import { findChange, findTrial, insertTrial, listVectors } from './store.ts';
import type { TrialChange, TrialSpan } from './store.ts';

type Span = { district?: string; fromOn?: string; toOn?: string };

/** Editions that lie ready to be tried. */
export async function listCandidates(act: Act): Promise<Static<(typeof trialContract)['GET /api/scale/candidates']['output']>> {
  return [...act.policy.ready(scale)].sort((a, b) => (a.use < b.use ? -1 : 1)).map(({ id, label, use, value, status, file, note }) => ({ id, label, use, type: typeOf(value), status, file, note }));
}

/** Tries an edition that lies ready. Refuses with SCALE_UNKNOWN, TRIAL_SPAN, TRIAL_DISTRICT. */
export async function tryCandidate(act: Act, body: Span & { edition: string }): Promise<{ id: string }> {
  const known = act.policy.ready(scale);
  const edition = known.find((one) => one.id === body.edition) ?? refuse('SCALE_UNKNOWN', { id: body.edition, known: known.map((one) => one.id).join(', ') }, { status: 404 });
  return run(act, edition, null, body);
}

/** Tries the edition in an uploaded YAML file, read with the eyes of the policy data. Refuses with SCALE_FILE_FAULTY (one error per fault), TRIAL_SPAN, TRIAL_DISTRICT. */
export async function tryFile(act: Act, upload: Upload, span: Span): Promise<{ id: string }> {
  const read = readEdition(upload.bytes, upload.fileName, scale);
  if ('faults' in read) {
    const errors = read.faults.map((fault, at) => ({ row: at + 1, column: 'file', value: '', code: 'SCALE_FILE_FAULT', params: { fault } }));
    refuse('SCALE_FILE_FAULTY', { file: upload.fileName, faults: errors.length }, { errors });
  }
  return run(act, read.edition, upload.fileName, span);
}

async function run(act: Act, { id: scaleId, value, from, to, stampKey, stamp, sources, status, file, label }: WrittenEdition<Scale>, fileName: string | null, span: Span): Promise<{ id: string }> {
  const where = spanOf(act, span);
  const minGrade = act.policy.figure(benefitMinGrade, act.today).value;
  const outcome = tryScale(value, await listVectors(act, where), minGrade);
  const id = newId<'scaleTrial'>(act.now.getTime());
  await insertTrial(act, { id, span: where, edition: { id: scaleId, value, from, to, stampKey, stamp, sources, status, file, label }, fileName, minGrade, outcome });
  await recordEvent(act, { districtCode: where.area, kind: 'assessments.scaleTried', subjectType: 'scaleTrial', subjectId: id, data: { scaleId, assessments: outcome.assessments, changed: outcome.changed, fileName } });
  return { id };
}

function spanOf(act: Act, { district, fromOn, toOn }: Span): TrialSpan {
  if (fromOn !== undefined && toOn !== undefined && fromOn > toOn) refuse('TRIAL_SPAN', { fromOn, toOn }, { errors: [{ column: 'toOn', value: toOn, code: 'TRIAL_SPAN', params: { fromOn, toOn } }] });
  const area = district ?? act.actor.area;
  if (area === null || act.actor.area === null || !area.startsWith(act.actor.area)) refuse('TRIAL_DISTRICT', { district: district ?? '–' }, { status: 403 });
  return { area, fromOn: fromOn ?? null, toOn: toOn ?? null };
}

/** What a trial showed. Refuses with NOT_FOUND. */
export async function readTrial(act: Act, id: string): Promise<Static<typeof TrialResultSchema>> {
  const { edition, ...trial } = (await findTrial(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const before = act.policy.edition(scale, act.today).value.grades;
  return { ...trial, gradesBefore: [...before], gradesAfter: [...edition.value.grades] };
}

type ReadChange = Static<(typeof trialContract)['GET /api/scale/trials/{id}/changes/{assessment}']['output']>;

/** Both decisions on one assessment: by the edition it keeps, and by the tried one. Refuses with NOT_FOUND. */
export async function readChange(act: Act, trialId: string, assessmentId: string): Promise<ReadChange> {
  const trial = (await findTrial(act, trialId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const { scaleId, answers, ...change } = (await findChange(act, trialId, assessmentId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const kept = act.policy.editionById(scale, scaleId);
  return { change: change satisfies TrialChange, answers: answersShown(kept.value, answers), before: sideOf(kept, answers), after: sideOf(trial.edition, answers) };
}

function answersShown(edition: Scale, answers: Answers): ReadChange['answers'] {
  return allItems(edition).map(({ code, zh, en, options }) => {
    const option = options.find((one) => one.points === answers[code]);
    return { code, zh, en, points: answers[code] ?? 0, optionZh: option?.zh ?? '–', optionEn: option?.en ?? '–' };
  });
}

function sideOf(edition: EditionOn<Scale>, answers: Answers): ReadChange['before'] {
  const { value, reasons } = gradeAnswers(edition, answers);
  const named = edition.value.grades.find((one) => one.grade === value.grade);
  return { scaleId: edition.id, grade: value.grade, gradeZh: named?.zh ?? '', gradeEn: named?.en ?? '', reasons };
}
