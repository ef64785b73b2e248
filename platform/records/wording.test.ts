import { expect, test } from 'vitest';
import type { Words } from '../words/words.ts';
import { headlineOf } from './wording.ts';

const words: Words = {
  zh: { care: { headlines: { 'care.entitled': '有没有待遇：{value}', 'care.entitled.true': '有待遇', 'care.day': '自 {value} 起', 'care.grade': '{grade} 级' } } },
  en: { care: { headlines: { 'care.entitled': 'benefit: {value}', 'care.entitled.true': 'has a benefit', 'care.day': 'from {value}', 'care.grade': 'grade {grade}' } } },
};

test('a yes or a code with a sentence of its own takes it, everything else fills the sentence of its kind', () => {
  expect(headlineOf(words, 'care.entitled', true)).toEqual({ zh: '有待遇', en: 'has a benefit' });
  expect(headlineOf(words, 'care.entitled', false)).toEqual({ zh: '有没有待遇：false', en: 'benefit: false' });
  expect(headlineOf(words, 'care.day', '2026-10-01').zh).toBe('自 2026-10-01 起');
  expect(headlineOf(words, 'care.grade', { grade: 4 }).en).toBe('grade 4');
});
