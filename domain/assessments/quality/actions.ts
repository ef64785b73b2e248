/** Reading and keeping the quality of assessments. */
import { addMonthsToMonth, monthBounds, monthOf } from '#kit/days.ts';
import type { Month } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { pageBounds } from '#kit/paging.ts';
import { refuse, Refusal } from '#kit/refuse.ts';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { findDecision, keepDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import { may } from '#platform/scope/actor.ts';
import { countMonth, keepCases, listCases } from './count.ts';
import type { QualityCase } from './count.ts';
import { countItems, insertItems, keepItemCases } from './items.ts';
import type { QualityFigure } from './model.ts';
import { qualityStandardPoints } from './policy.ts';
import { decideQuality, measured } from './rules.ts';
import type { Measured, QualityValue } from './rules.ts';
import { findKept, insertKept, institutionNames, listKeptCases, listOwnKept, listTouchedMonths, listTrend, lockQualityMonth, readKept } from './store.ts';
import type { QualityMonth, TrendPoint } from './store.ts';

export interface Place {
  month: Month;
  district?: string;
}

interface View {
  month: Month;
  districtCode: string | null;
  basis: 'live' | 'kept' | 'none';
  version: number | null;
  knownAt: string;
  decisionId: string | null;
  kept: QualityMonth | undefined;
  figures: Measured[];
}

/** The figures that the actor may see: an area's, kept where the month is closed and kept, else counted now; an institution's only as kept, with the mean. */
async function viewOf(act: Act, place: Place): Promise<View> {
  const { month } = place;
  const kept = await keptFor(act, place);
  const districtCode = kept?.districtCode ?? districtOf(act, place);
  if (kept) {
    const { version, knownAt } = kept;
    // The decision names the whole district: its explanation is for the office.
    const decisionId = act.actor.area === null ? null : kept.decisionId;
    return { month, districtCode, basis: 'kept', version, knownAt, decisionId, kept, figures: measured(await readKept(act, kept), month, act.policy) };
  }
  const none = { month, districtCode, version: null, knownAt: act.now.toISOString(), decisionId: null, kept };
  if (act.actor.area === null) return { ...none, basis: 'none', figures: [] };
  return { ...none, basis: 'live', figures: measured(await countMonth(act, { month, districtCode, knownAt: act.now }), month, act.policy) };
}

/** The district that is asked for, else the actor's own; null for a whole city. */
export function districtOf(act: Act, { district }: Place): string | null {
  const { area } = act.actor;
  return district ?? (area !== null && area.length >= 6 ? area.slice(0, 6) : null);
}

/** The last kept version of the month that the actor may read, or undefined. */
export async function keptFor(act: Act, place: Place): Promise<QualityMonth | undefined> {
  const { institutionId } = act.actor;
  const district = districtOf(act, place);
  if (act.actor.area !== null) return district === null ? undefined : findKept(act, district, place.month);
  if (institutionId === null) return undefined;
  const own = await listOwnKept(act, institutionId, place.month);
  return own.find((one) => one.districtCode === district) ?? (district === null ? own[0] : undefined);
}

/** Whoever may not compare sees only what the account itself assessed: its id; null for everybody else. */
export function ownAccount(act: Act): string | null {
  return may(act.actor, 'assessments.compareQuality') ? null : act.actor.accountId;
}

const shown = ({ institutionId: _institution, assessorAccountId: _assessor, assessorName: _name, ...figure }: Measured) => figure;

function withTrend(figures: readonly Measured[], past: readonly TrendPoint[], month: Month) {
  return figures.map((one) => {
    const trend = past.filter((point) => point.figure === one.figure).map(({ month: of, value, numerator, denominator }) => ({ month: of, value, numerator, denominator }));
    return { ...shown(one), trend: [...trend, { month, value: one.value, numerator: one.numerator, denominator: one.denominator }] };
  });
}

const trendOf = (act: Act, view: View, institutionId: string | null, assessorAccountId: string | null): Promise<TrendPoint[]> =>
  view.districtCode === null ? Promise.resolve([]) : listTrend(act, { districtCode: view.districtCode, month: view.month, institutionId, assessorAccountId });

const headOf = (act: Act, { month, districtCode, basis, version, knownAt, decisionId }: View) => ({ month, districtCode, basis, version, knownAt, decisionId, standardPoints: standardOf(act, month) });

/** What the rows of the yearly sheet are worth in a month's year; null where the city has no sheet. Source: assessments.qualityStandardPoints. */
function standardOf(act: Act, month: Month) {
  const { lastOn } = monthBounds(month);
  return act.policy.has(qualityStandardPoints, lastOn) ? act.policy.figure(qualityStandardPoints, lastOn).value : null;
}

/** Every institution with every figure, the mean of each with its year. Refuses with CALENDAR_MISSING. */
export async function readOverview(act: Act, place: Place) {
  const view = await viewOf(act, place);
  const whole = view.figures.filter((one) => one.institutionId !== null && one.assessorAccountId === null);
  const names = await institutionNames(act, whole.map((one) => one.institutionId!));
  const institutions = [...Map.groupBy(whole, (one) => one.institutionId!)].map(([institutionId, figures]) => ({
    institutionId, institutionName: names.get(institutionId) ?? institutionId, points: sumOfPoints(figures), figures: figures.map(shown),
  })).sort((a, b) => b.points - a.points || a.institutionName.localeCompare(b.institutionName, 'zh'));
  const means = view.figures.filter((one) => one.institutionId === null);
  return { ...headOf(act, view), means: withTrend(means, await trendOf(act, view, null, null), view.month), institutions };
}

const sumOfPoints = (figures: readonly Measured[]): number => figures.reduce((sum, one) => sum + (one.points ?? 0), 0);

/** One institution and its assessors. Refuses with NOT_FOUND where none of its figures is in scope, and CALENDAR_MISSING. */
export async function readInstitution(act: Act, institutionId: string, place: Place) {
  const view = await viewOf(act, place);
  const name = (await institutionNames(act, [institutionId])).get(institutionId);
  const own = view.figures.filter((one) => one.institutionId === institutionId);
  if (name === undefined || (act.actor.area === null && act.actor.institutionId !== institutionId)) refuse('NOT_FOUND', {}, { status: 404 });
  const whole = own.filter((one) => one.assessorAccountId === null);
  const assessors = [...Map.groupBy(own.filter((one) => one.assessorAccountId !== null), (one) => one.assessorAccountId!)]
    .map(([accountId, figures]) => ({ accountId, name: figures[0]!.assessorName ?? accountId, figures: figures.map(shown) }));
  return { ...headOf(act, view), institutionId, institutionName: name, points: sumOfPoints(whole), figures: withTrend(whole, await trendOf(act, view, institutionId, null), view.month), assessors };
}

/** One assessor, by institution. Refuses with NOT_FOUND for somebody else where the account may not compare, or where nothing of the assessor is in scope. */
export async function readAssessor(act: Act, accountId: string, place: Place) {
  const only = ownAccount(act);
  if (only !== null && only !== accountId) refuse('NOT_FOUND', {}, { status: 404 });
  const view = await viewOf(act, place);
  const own = view.figures.filter((one) => one.assessorAccountId === accountId);
  if (own.length === 0 && only === null) refuse('NOT_FOUND', {}, { status: 404 });
  const names = await institutionNames(act, own.map((one) => one.institutionId!));
  const institutions = [];
  for (const [institutionId, figures] of Map.groupBy(own, (one) => one.institutionId!)) {
    institutions.push({ institutionId, institutionName: names.get(institutionId) ?? institutionId, figures: withTrend(figures, await trendOf(act, view, institutionId, accountId), view.month) });
  }
  return { ...headOf(act, view), accountId, name: own[0]?.assessorName ?? act.actor.name, institutions };
}

export interface CasesQuery extends Place {
  institution?: string;
  assessor?: string;
  all?: boolean;
  page?: number;
  pageSize?: number;
}

/** The cases behind a figure: an area counts them anew as they were known; an institution and an assessor see those that a kept month counted. Refuses with CALENDAR_MISSING. */
export async function pageOfCases(act: Act, figure: QualityFigure, query: CasesQuery) {
  const kept = await keptFor(act, query);
  const asked = { institutionId: query.institution ?? null, assessorAccountId: ownAccount(act) ?? query.assessor ?? null };
  const { limit, offset } = pageBounds(query);
  const live = act.actor.area !== null;
  if (!live && !kept) return { rows: [], total: 0 };
  const page = live
    ? await listCases(act, figure, { month: query.month, districtCode: kept?.districtCode ?? districtOf(act, query), knownAt: kept ? new Date(kept.knownAt) : act.now, ...asked, all: query.all ?? false, limit, offset })
    : await listKeptCases(act, { figure, kept: kept!, ...asked, ...(query.page ? { page: query.page } : {}), ...(query.pageSize ? { pageSize: query.pageSize } : {}) });
  const names = await institutionNames(act, [...new Set(page.rows.map((row) => row.institutionId))]);
  return { rows: page.rows.map((row) => ({ figure, ...row, institutionName: names.get(row.institutionId) ?? row.institutionId, code: codeOf(figure, row) })), total: page.total };
}

const CODES: Record<QualityFigure, string> = {
  returnRate: 'CASE_RETURNED', mendedLate: 'CASE_MENDED_LATE', gradeChangedByOne: 'CASE_GRADE_CHANGED', gradeChangedByTwo: 'CASE_GRADE_CHANGED', visitLate: 'CASE_VISIT_LATE', uploadLate: 'CASE_UPLOAD_LATE', deliveryLate: 'CASE_DELIVERY_LATE',
  orderRefused: 'CASE_ORDER_REFUSED', orderLate: 'CASE_ORDER_LATE', complaintUpheld: 'CASE_COMPLAINT', dataLeak: 'CASE_COMPLAINT', recordFaulty: 'CASE_RECORD_FAULTY', interestHidden: 'CASE_INTEREST', agreement: 'CASE_EXPERT_GRADE', severityDrift: 'CASE_SEVERE', shortVisit: 'CASE_SHORT_VISIT',
  identicalAnswers: 'CASE_IDENTICAL', equalBeyondChance: 'CASE_TWIN',
};

/** The sentence of a case; a case that the figure does not count only says so, with two exceptions that tell their facts either way. */
function codeOf(figure: QualityFigure, row: QualityCase): string {
  return row.counts || figure === 'agreement' || figure === 'severityDrift' ? CODES[figure] : 'CASE_NOT_COUNTED';
}

/**
 * Keeps the figures of a closed month as they are known now; a later fact makes another version, and where nothing changed nothing is written.
 * Refuses with QUALITY_MONTH_RUNNING, QUALITY_NOT_IN_AREA, CALENDAR_MISSING.
 */
export async function keepQualityMonth(act: Act, districtCode: string, month: Month): Promise<QualityMonth & { again: boolean }> {
  if (!act.actor.area || !districtCode.startsWith(act.actor.area)) refuse('QUALITY_NOT_IN_AREA', { district: districtCode }, { status: 403 });
  if (monthBounds(month).lastOn >= act.today) refuse('QUALITY_MONTH_RUNNING', { month, today: act.today });
  await lockQualityMonth(act, districtCode, month);
  const asked = { month, districtCode, knownAt: act.now };
  const counted = await countMonth(act, asked);
  const items = await countItems(act, asked);
  const decision = decideQuality({ districtCode, month, knownAt: act.now.toISOString(), items: true }, counted, items, act.policy);
  const before = await findKept(act, districtCode, month);
  const held = before && (await findDecision(act, before.decisionId));
  if (before && (held?.value as QualityValue | undefined)?.sha256 === decision.value.sha256) return { ...before, again: true };
  const id: string = newId<'qualityMonth'>(act.now.getTime());
  const decisionId = await keepDecision(act, decision, { districtCode, subjectType: 'qualityMonth', subjectId: id, decidedOn: monthBounds(month).lastOn });
  const version = (before?.version ?? 0) + 1;
  await insertKept(act, { id, districtCode, month, version, knownAt: act.now.toISOString(), decisionId }, measured(counted, month, act.policy));
  await keepCases(act, asked, id);
  await insertItems(act, { id, districtCode }, items);
  await keepItemCases(act, asked, id);
  await recordEvent(act, { districtCode, kind: 'assessments.qualityKept', subjectType: 'qualityMonth', subjectId: id, data: { month, version } });
  return { ...(await findKept(act, districtCode, month))!, again: false };
}

/** Closed months that every night counts again. */
const LOOK_BACK = 3;
/** Days for which a later fact brings an older kept month back: a review or an answer may come long after the month. */
const TOUCHED_DAYS = 31;

/**
 * Keeps the last closed months of every district, and each older kept month of which something became known in the last days (a review that changed a grade, a complaint
 * found justified), each in an act of its own: one that is refused does not hold up the others. Returns how many versions were made.
 */
export async function keepQualityMonths(act: Act, months = LOOK_BACK): Promise<number> {
  const closed = Array.from({ length: months }, (_, at) => addMonthsToMonth(monthOf(act.today), at - months));
  const since = new Date(act.now.getTime() - TOUCHED_DAYS * 86_400_000);
  let kept = 0;
  for (const { code } of act.policy.about.districts ?? []) {
    for (const month of [...(await listTouchedMonths(act, code, { before: closed[0]!, since })), ...closed]) {
      try {
        const made = await runAct(act.platform, act.actor, act.now, (own) => keepQualityMonth(own, code, month));
        if (!made.again) kept += 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        act.platform.log.warn({ district: code, month, code: error.code }, 'the quality of a month could not be kept');
      }
    }
  }
  return kept;
}
