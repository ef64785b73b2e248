/** Named people whose cases stand at one desk each on the last day of the story: what the desks of assessment have to do. Told by stages/desks/. */
import { identityNumberFor } from '#kit/identity-number.ts';
import type { Day } from '#kit/days.ts';
import type { NamedPerson, Reached } from './named.ts';

const PLACES = {
  槐荫里: { townshipCode: '990101001', community: '槐荫里社区', street: '槐荫街道槐荫路', longitude: 117.4128, latitude: 33.5131 },
  东槐: { townshipCode: '990101001', community: '东槐社区', street: '槐荫街道东安巷', longitude: 117.4109, latitude: 33.5119 },
  石桥: { townshipCode: '990101002', community: '石桥社区', street: '石桥街道石桥路', longitude: 117.4305, latitude: 33.4988 },
  书院: { townshipCode: '990101002', community: '书院社区', street: '石桥街道书院街', longitude: 117.4331, latitude: 33.4966 },
  云麓: { townshipCode: '990101003', community: '云麓村', street: '云麓镇云麓大街', longitude: 117.4519, latitude: 33.5231 },
} as const;

export type CaseName = (typeof ROWS)[number][0];

type Row = readonly [
  name: string, sex: 1 | 2, birthOn: Day, place: keyof typeof PLACES, grade: number, filedOn: Day, reached: Reached, applicant: string, relation: 'self' | 'family' | 'guardian' | 'agent', disabledSinceOn: Day, statement: string,
];

const ROWS = [
  ['苏素梅', 2, '1946-05-14', '东槐', 4, '2026-11-06', 'accepted', '苏颖', 'family', '2025-03-02', '母亲偏瘫卧床，病历在外地医院，回来补交。'],
  ['邱长庚', 1, '1949-07-03', '书院', 3, '2026-11-03', 'accepted', '邱小满', 'family', '2025-01-20', '父亲帕金森病，社保卡正在补办。'],
  ['石桂芳', 2, '1951-02-20', '槐荫里', 3, '2026-11-19', 'filed', '石远', 'family', '2025-08-11', '母亲股骨头坏死，不能下楼。'],
  ['樊守业', 1, '1944-10-08', '东槐', 4, '2026-11-18', 'filed', '樊立', 'family', '2024-12-15', '父亲中风后说话不清，要人喂饭。'],
  ['陆松年', 1, '1948-04-26', '槐荫里', 4, '2026-11-17', 'filed', '陆松年', 'self', '2025-05-06', '腰椎手术后一年多不能自己起身。'],
  ['任素贞', 2, '1950-09-17', '石桥', 4, '2026-11-10', 'dispatched', '任可', 'family', '2025-02-28', '母亲类风湿多年，双手不能持物。'],
  ['戴文彩', 2, '1947-12-01', '云麓', 3, '2026-11-12', 'dispatched', '戴明', 'family', '2025-06-19', '奶奶白内障加骨折，走不了路。'],
  ['方玉珍', 2, '1945-03-30', '石桥', 4, '2026-11-09', 'dispatched', '方正', 'family', '2025-04-04', '母亲认知障碍，夜里走失过两次。'],
  ['姚金玲', 2, '1943-06-21', '槐荫里', 4, '2026-11-05', 'scored', '姚远', 'family', '2024-09-09', '母亲卧床，家住三楼没有电梯。'],
  ['崔守仁', 1, '1942-01-15', '书院', 3, '2026-11-02', 'scored', '崔浩', 'family', '2025-01-05', '父亲行动缓慢，穿衣洗澡要人帮。'],
  ['熊桂香', 2, '1949-08-08', '云麓', 4, '2026-10-29', 'confirmed', '熊伟', 'family', '2024-11-30', '母亲糖尿病足截肢后卧床。'],
  ['孟宪章', 1, '1941-11-11', '石桥', 3, '2026-10-12', 'dispatched', '孟繁', 'family', '2025-03-18', '父亲脑梗后半身不便。'],
  ['秦桂珠', 2, '1944-02-02', '书院', 4, '2026-10-12', 'concluded', '秦川', 'family', '2024-10-22', '母亲阿尔茨海默病，认不得家人。'],
  ['龚守田', 1, '1946-07-27', '云麓', 3, '2026-10-12', 'concluded', '龚力', 'family', '2025-02-14', '父亲类风湿，上下床要人扶。'],
  ['范玉芝', 2, '1939-09-19', '石桥', 4, '2024-10-21', 'concluded', '范晨', 'family', '2023-05-05', '母亲长期卧床。'],
  ['邓若兰', 2, '1942-05-23', '槐荫里', 3, '2024-11-18', 'concluded', '邓宇', 'family', '2023-08-16', '母亲中风后生活不能自理。'],
  ['彭守信', 1, '1940-12-12', '云麓', 4, '2025-01-10', 'concluded', '彭程', 'family', '2023-03-03', '父亲随子女迁来青禾，原评估结论随同转入。'],
  ['汤玉茹', 2, '1938-03-08', '东槐', 4, '2024-09-18', 'concluded', '汤海', 'family', '2022-12-01', '母亲完全卧床，由护理站上门。'],
  ['贺兰英', 2, '1943-10-10', '石桥', 4, '2026-09-07', 'concluded', '贺平', 'family', '2025-01-09', '母亲心衰，生活不能自理。'],
  ['万秀莲', 2, '1947-04-18', '书院', 2, '2026-07-06', 'concluded', '万里', 'family', '2025-02-11', '母亲帕金森病，吃饭穿衣都要人帮。'],
  ['施国梁', 1, '1945-06-06', '云麓', 5, '2026-05-11', 'concluded', '施展', 'family', '2024-07-07', '父亲重病后卧床不起。'],
] as const satisfies readonly Row[];

export const CASE_PEOPLE: readonly NamedPerson[] = (ROWS as readonly Row[]).map(([name, sex, birthOn, place, grade, filedOn, reached, applicant, relation, disabledSinceOn, statement], at) => {
  const { street, ...home } = PLACES[place];
  return {
    name, sex, birthOn, grade, filedOn, reached, disabledSinceOn, ...home,
    identityNumber: identityNumberFor('990101', birthOn, 700 + at * 4 + sex),
    address: `青禾市禾东区${street}${at * 3 + 7}号`,
    phone: `139009901${String(10 + at)}`,
    insuredKind: at % 3 === 0 ? 'employee' : 'resident',
    applicant: { name: applicant, relation, statement },
  };
});

/** A named case by the person's name. */
export function caseOf(name: CaseName): NamedPerson {
  return CASE_PEOPLE.find((one) => one.name === name)!;
}
