import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy } from '#platform/policy/index.ts';
import { policyNeeds } from '../policy.ts';
import { preReviewOwed, letsGoOn } from '../prereview/rules.ts';
import { dueBeforeAcceptance, lateSpan } from './due.ts';
import { cleanName } from './model.ts';
import { pdfPages } from './pages.ts';
import { acceptWorkingDays, selfAssessmentForm } from './policy.ts';
import { classAgain, classOf, decideMaterials, decideSupply } from './rules.ts';
import type { MaterialFacts } from './rules.ts';

const root = join(import.meta.dirname, '../../../policy');
const policy = loadPolicy({ root, city: 'qinghe', needs: policyNeeds });
const shanghai = policy.city('shanghai');
const cases = <C>(name: string): C[] => parse(readFileSync(join(import.meta.dirname, 'cases', `${name}.yaml`), 'utf8')) as C[];
const REQUIRED = ['applicationForm', 'selfAssessment', 'identityCard', 'socialSecurityCard', 'medicalRecord', 'commitment'];

describe('the papers of an application', () => {
  for (const one of cases<{ sentence: string; facts: Partial<MaterialFacts>; value: object; reason: { code: string; params: object } }>('materials')) {
    test(one.sentence, () => {
      const decision = decideMaterials({ kind: 'initial', relation: 'family', filedOn: '2026-12-01', on: '2026-12-01', present: REQUIRED, ...one.facts }, policy);
      expect(decision.value).toMatchObject(one.value);
      expect(decision.reasons.find((reason) => reason.code === one.reason.code)).toMatchObject(one.reason);
      for (const reason of decision.reasons) expect(reason.sources.length).toBeGreaterThan(0);
    });
  }

  test('names the calendar that is missing when the time to supply runs into a year that is not published', () => {
    expect(() => decideMaterials({ kind: 'initial', relation: 'family', filedOn: '2026-12-28', on: '2026-12-28', present: REQUIRED.filter((code) => code !== 'commitment') }, policy)).toThrow('2027');
  });
});

describe('the last day to supply', () => {
  const facts = { filedOn: '2026-12-01', supplyByOn: '2026-12-08', lackingZh: '承诺书', lackingEn: 'commitment letter' };
  test('still counts', () => {
    expect(decideSupply({ ...facts, on: '2026-12-08' }, policy)).toMatchObject({ value: 'open', reasons: [{ code: 'SUPPLY_RUNNING' }] });
  });
  test('closes the case on the day after, and names that day as the one to come again', () => {
    expect(decideSupply({ ...facts, on: '2026-12-09' }, policy)).toMatchObject({ value: 'SUPPLY_MISSED', reasons: [{ code: 'SUPPLY_MISSED', params: { comeAgainOn: '2026-12-09', materialsZh: '承诺书' } }] });
  });
});

describe('the self-assessment form', () => {
  const form = policy.edition(selfAssessmentForm, '2026-12-01');
  const answersOf = (needs: readonly string[]) => Object.fromEntries(form.value.items.map((item) => [item.code, needs.includes(item.code)]));
  for (const one of cases<{ sentence: string; needs: string[]; value: object; reason: object }>('self-assessment')) {
    test(one.sentence, () => {
      const decision = classOf(form, answersOf(one.needs));
      expect(decision.value).toMatchObject(one.value);
      expect(decision.reasons).toContainEqual(expect.objectContaining(one.reason));
      expect(decision.reasons.every((reason) => reason.sources.every((source) => source.status === 'unverified'))).toBe(true);
      expect(classAgain(decision.facts, policy).value).toEqual(decision.value);
    });
  }
  test('every combination of answers has exactly one class', () => {
    for (let bits = 0; bits < 64; bits += 1) {
      const needs = form.value.items.filter((_, place) => (bits >> place) & 1).map((item) => item.code);
      const { value } = classOf(form, answersOf(needs));
      expect(value.dependent).toBe(needs.length);
      if (needs.length < 2) expect(value.class).toBe(needs.length === 0 ? 'A' : 'B');
    }
  });
  test('refuses an open question and a foreign one by name', () => {
    const { feeding: _open, ...rest } = answersOf([]);
    expect(() => classOf(form, rest)).toThrow(expect.objectContaining({ code: 'SELF_ASSESSMENT_MISSING', params: { items: '吃饭', itemsEn: 'Feeding' } }));
    expect(() => classOf(form, { ...answersOf([]), flying: true })).toThrow(expect.objectContaining({ code: 'SELF_ASSESSMENT_FOREIGN', params: { item: 'flying' } }));
  });
});

describe('what is due before acceptance', () => {
  test('has no due day for a case filed the day before the city set one, and one from that day on', () => {
    expect(dueBeforeAcceptance('2026-11-30', false, '2026-12-20', policy)).toEqual({ dueOn: null, calendarMissing: null, overdue: false });
    expect(dueBeforeAcceptance('2026-12-01', false, '2026-12-08', policy)).toEqual({ dueOn: '2026-12-08', calendarMissing: null, overdue: false });
    expect(dueBeforeAcceptance('2026-12-01', false, '2026-12-09', policy)).toMatchObject({ overdue: true });
  });
  test('is the pre-review first, in fewer working days', () => {
    expect(dueBeforeAcceptance('2026-12-01', true, '2026-12-04', policy)).toMatchObject({ dueOn: '2026-12-04', overdue: false });
    expect(dueBeforeAcceptance('2026-12-01', true, '2026-12-05', policy)).toMatchObject({ dueOn: '2026-12-04', overdue: true });
  });
  test('the span of late days of filing agrees with the due day of each filed case', () => {
    for (const today of ['2026-11-20', '2026-12-01', '2026-12-08', '2026-12-09', '2026-12-12', '2026-12-15', '2026-12-31']) {
      const span = lateSpan(acceptWorkingDays, today, policy);
      for (let day = 20; day <= 31; day += 1) {
        for (const filedOn of [`2026-11-${Math.min(day, 30)}`, `2026-12-${String(day - 19).padStart(2, '0')}`]) {
          if (filedOn > today) continue;
          const inSpan = span.fromOn !== null && span.untilOn !== null && filedOn >= span.fromOn && filedOn <= span.untilOn;
          expect(inSpan, `${filedOn} on ${today}`).toBe(dueBeforeAcceptance(filedOn, false, today, policy).overdue);
        }
      }
    }
  });
});

describe('who owes a pre-review', () => {
  test('in Qinghe a case filed from 1 December 2026, not one of the day before', () => {
    expect(preReviewOwed('initial', '2026-11-30', policy)).toBe(false);
    expect(preReviewOwed('initial', '2026-12-01', policy)).toBe(true);
  });
  test('the kinds that a person applies for anew, not a review or a spot check', () => {
    expect((['initial', 'endOfTerm', 'statusChange', 'review', 'finalReview', 'spotCheck'] as const).map((kind) => preReviewOwed(kind, '2026-12-01', policy))).toEqual([true, true, true, false, false, false]);
  });
  test('in Shanghai since the reply of Baoshan, elsewhere nobody', () => {
    expect([preReviewOwed('initial', '2020-07-19', shanghai), preReviewOwed('initial', '2020-07-20', shanghai), preReviewOwed('initial', '2026-12-01', policy.city('changzhou'))]).toEqual([false, true, false]);
  });
  test('only a fit or an insisting applicant goes on', () => {
    expect([letsGoOn('goOn', false), letsGoOn('adviseNot', false), letsGoOn('adviseNot', true), letsGoOn('bring', false)]).toEqual([true, false, true, false]);
  });
});

describe('the sender\'s file name', () => {
  test('keeps what people read and loses paths, control and direction-changing characters', () => {
    expect(cleanName('身份证 正面.jpg')).toBe('身份证 正面.jpg');
    expect(cleanName('../../etc/passwd')).toBe('passwd');
    expect(cleanName('C:\\Users\\a\\b.png')).toBe('b.png');
    expect(cleanName('gpj.\u202Eexe\u0000<script>')).toBe('gpj.exescript');
    expect(cleanName('\u200B')).toBe('?');
    expect([...cleanName('长'.repeat(500))]).toHaveLength(120);
  });
});

describe('pages of a PDF', () => {
  test('are read from the page tree, and not guessed where it is compressed', () => {
    expect(pdfPages(Buffer.from('%PDF-1.4\n1 0 obj <</Type /Pages /Kids [2 0 R 3 0 R] /Count 2>> endobj'))).toBe(2);
    expect(pdfPages(Buffer.from('%PDF-1.4\n1 0 obj <</Count 12/Kids[]/Type/Pages>> endobj'))).toBe(12);
    expect(pdfPages(Buffer.from('%PDF-1.5\n1 0 obj <</Type/ObjStm /N 3>> stream...'))).toBeUndefined();
  });

  test('are read once, also in a file made to be read for ever', () => {
    const began = performance.now();
    expect(pdfPages(Buffer.from(`%PDF-1.4\n${'/Count 123456 '.repeat(250_000)}`))).toBeUndefined();
    expect(pdfPages(Buffer.from(`%PDF-1.4\n${'/Type/Pages/Count 3 '.repeat(150_000)}`))).toBe(3);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
