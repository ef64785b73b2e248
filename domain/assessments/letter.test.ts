import { expect, it } from 'vitest';
import { type ConclusionLetter, conclusionLetterPdf, letterInput } from './letter.ts';

const letter: ConclusionLetter = {
  number: '青护评〔2026〕990102-000017号',
  issuedOn: '2026-08-21',
  kind: { zh: '初次评估', en: 'Initial assessment' },
  before: null,
  issuer: { zh: '青禾市医疗保障事业管理中心', en: 'Qinghe Healthcare Security Administration Centre' },
  person: { name: '王桂兰', identityNumber: '99010219410312002X', district: { zh: '河东区', en: 'Hedong District' } },
  assessment: {
    institution: { zh: '青禾市安和失能等级评估中心', en: 'Anhe Disability Assessment Centre, Qinghe' },
    assessedOn: '2026-08-03',
    scale: { zh: '长期护理失能等级评估标准（试行）', en: 'Disability grade standard for long-term care (trial)' },
    experts: ['周明远', '李若𬭎'],
  },
  grade: { level: 4, name: { zh: '重度失能Ⅱ级', en: 'Severe disability II' }, status: 'unverified' },
  sums: [
    { dimension: { zh: '日常生活活动能力', en: 'Daily living' }, points: '35', maxPoints: '100', impairment: { zh: '重度受损', en: 'severe' } },
    { dimension: { zh: '认知能力', en: 'Cognition' }, points: '3', maxPoints: '16', impairment: { zh: '中度受损', en: 'moderate' } },
    { dimension: { zh: '感知觉与沟通能力', en: 'Perception and communication' }, points: '9', maxPoints: '12', impairment: { zh: '轻度受损', en: 'mild' } },
  ],
  reasons: [
    {
      sentence: { zh: '日常生活活动能力得 35 分，在 0 至 40 分之间，属重度受损。', en: 'Daily living scored 35 points, between 0 and 40: severe.' },
      sources: [{ title: '医保办发〔2021〕37号', article: '附件', status: 'unverified' }],
    },
    {
      sentence: { zh: '认知与感知觉中较差者为中度受损。', en: 'The worse of cognition and perception is moderate.' },
      sources: [{ title: '医保办发〔2021〕37号', article: '附件', status: 'unverified' }],
    },
    {
      sentence: { zh: '重度受损与中度受损组合，评定为 4 级。', en: 'Severe combined with moderate gives grade 4.' },
      sources: [{ title: '医保办发〔2021〕37号', article: '附件，组合法', status: 'unverified' }],
    },
    {
      sentence: { zh: '公示 15 日期满，无异议。', en: 'The public notice of 15 days ended without objection.' },
      sources: [{ title: '宝山区医疗保障局答复 8D067', status: 'verified' }],
    },
  ],
  notice: { startsOn: '2026-08-06', endsOn: '2026-08-20', days: 15 },
  effectiveOn: '2026-09-01',
  validUntilOn: '2028-08-31',
  objection: {
    to: { zh: '青禾市河东区医疗保障经办机构', en: 'Hedong agency of healthcare security, Qinghe' },
    untilOn: '2026-09-04', receivedOn: null, days: { count: 30, unit: 'calendarDay' },
    address: '青禾市河东区柳荫路 12 号',
    phone: '0990-5550112',
  },
  verifyUrl: 'https://changhu.example/check/990102-000017?k=7Q2M',
};

it('prints a letter as PDF, the same bytes for the same letter', async () => {
  const first = await conclusionLetterPdf(letter);
  const second = await conclusionLetterPdf(structuredClone(letter));
  expect(first.subarray(0, 5).toString()).toBe('%PDF-');
  expect(second.equals(first)).toBe(true);
});

it('prints other bytes for another grade', async () => {
  const other = await conclusionLetterPdf({ ...letter, grade: { ...letter.grade, level: 3 } });
  expect(other.equals(await conclusionLetterPdf(letter))).toBe(false);
});

it('marks the letter as resting on an unverified source when any of its sources is', () => {
  expect(letterInput(letter).anyUnverified).toBe(true);
  const verified = letter.reasons.slice(3);
  const sure: ConclusionLetter = { ...letter, grade: { ...letter.grade, status: 'verified' }, reasons: verified };
  expect(letterInput(sure).anyUnverified).toBe(false);
});

it('refuses to print a name that the fonts cannot write', async () => {
  const rare: ConclusionLetter = { ...letter, person: { ...letter.person, name: '王\u{2A6D0}' } };
  await expect(conclusionLetterPdf(rare)).rejects.toMatchObject({
    code: 'DOCUMENT_CHARACTER_MISSING', params: { codePoints: 'U+2A6D0' },
  });
});

it('is a bug to print a letter without reasons or with a single expert', () => {
  expect(() => letterInput({ ...letter, reasons: [] })).toThrow('reasons');
  expect(() => letterInput({ ...letter, assessment: { ...letter.assessment, experts: ['周明远'] } })).toThrow('two experts');
});
