/** The named people of 青禾市: the same few in every document, test and screenshot. */
import type { Day } from '#kit/days.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import type { Mode, WeeklyVisit } from './care.ts';
import { CASE_PEOPLE } from './named-cases.ts';

/** How far a person's application has come. */
export type Reached = 'filed' | 'refused' | 'accepted' | 'dispatched' | 'scored' | 'confirmed' | 'onNotice' | 'concluded';

export interface NamedPerson {
  name: string;
  sex: 1 | 2;
  birthOn: Day;
  identityNumber: string;
  townshipCode: string;
  community: string;
  address: string;
  phone: string;
  insuredKind: 'employee' | 'resident';
  longitude: number;
  latitude: number;
  /** Grade that the answers on site give. */
  grade: number;
  applicant: { name: string; relation: 'self' | 'family' | 'guardian' | 'agent'; statement: string };
  disabledSinceOn: Day;
  filedOn: Day;
  reached: Reached;
  /** The assessment institution, where it is not `assess-01`. */
  assessedBy?: 'assess-01b';
  care?: NamedCare;
}

/** The plan that a named person chose and confirmed. */
export interface NamedCare {
  mode: Mode;
  institution: string;
  worker?: string;
  /** Weekly visits and the carer who makes them. */
  visits?: readonly WeeklyVisit[];
  carer?: string;
}

/** Two sponge baths, one turning and one training a week: within the five hours of grade 4. */
const VISITS_OF_WANG: readonly WeeklyVisit[] = [
  { weekday: 1, itemCode: 'QH-L05', minutes: 50, nurse: false }, { weekday: 2, itemCode: 'QH-L14', minutes: 45, nurse: false },
  { weekday: 4, itemCode: 'QH-L05', minutes: 50, nurse: false }, { weekday: 5, itemCode: 'QH-L17', minutes: 60, nurse: false },
];

const HUAIYIN = { townshipCode: '990101001', community: '槐荫里社区' };
const SHIQIAO = { townshipCode: '990101002', community: '石桥社区' };
const YUNLU = { townshipCode: '990101003', community: '云麓村' };

type Written = Omit<NamedPerson, 'identityNumber'> & { sequence: number };
const person = ({ sequence, ...written }: Written): NamedPerson => ({ ...written, identityNumber: identityNumberFor('990101', written.birthOn, sequence) });

export const NAMED_PEOPLE: readonly NamedPerson[] = [
  person({
    name: '王桂兰', sex: 2, birthOn: '1941-03-12', sequence: 2, ...HUAIYIN, address: '青禾市禾东区槐荫街道槐荫路26号3栋201室', phone: '13900990001', insuredKind: 'employee', longitude: 117.4127, latitude: 33.5134, grade: 4,
    applicant: { name: '李梅', relation: 'family', statement: '母亲两年前中风后长期卧床，吃饭、翻身都要人帮。' }, disabledSinceOn: '2023-11-02', filedOn: '2025-03-10', reached: 'concluded',
    care: { mode: 'homeVisit', institution: 'home-01', visits: VISITS_OF_WANG, carer: 'home-01/trained-1' },
  }),
  person({
    name: '周德海', sex: 1, birthOn: '1938-08-25', sequence: 5, ...YUNLU, address: '青禾市禾东区云麓镇山前路8号', phone: '13900990002', insuredKind: 'resident', longitude: 117.4533, latitude: 33.5241, grade: 5,
    applicant: { name: '周永康', relation: 'family', statement: '父亲完全失能，已住进养老院。' }, disabledSinceOn: '2022-05-18', filedOn: '2025-04-08', reached: 'concluded',
    care: { mode: 'institution', institution: 'care-01' },
  }),
  person({
    name: '陈淑珍', sex: 2, birthOn: '1945-11-30', sequence: 8, ...SHIQIAO, address: '青禾市禾东区石桥街道书院街41号5栋102室', phone: '13900990003', insuredKind: 'resident', longitude: 117.4322, latitude: 33.4971, grade: 3,
    applicant: { name: '陈晓燕', relation: 'family', statement: '母亲由我在家照料，我已取得个人护理登记。' }, disabledSinceOn: '2024-02-06', filedOn: '2025-05-12', reached: 'concluded',
    care: { mode: 'homeIndividual', institution: 'individual-01', worker: 'individual-01/individual-1' },
  }),
  person({
    name: '赵大勇', sex: 1, birthOn: '1952-06-17', sequence: 11, ...SHIQIAO, address: '青禾市禾东区石桥街道石桥路88号', phone: '13900990004', insuredKind: 'employee', longitude: 117.4301, latitude: 33.4992, grade: 3,
    applicant: { name: '赵敏华', relation: 'family', statement: '父亲脊髓损伤后不能行走。' }, disabledSinceOn: '2025-12-20', filedOn: '2026-10-30', reached: 'onNotice',
  }),
  person({
    name: '孙玉兰', sex: 2, birthOn: '1947-01-09', sequence: 14, ...HUAIYIN, address: '青禾市禾东区槐荫街道文昌街12号2栋301室', phone: '13900990005', insuredKind: 'resident', longitude: 117.4135, latitude: 33.5112, grade: 4,
    applicant: { name: '孙玉兰', relation: 'self', statement: '双腿不能下地已有一年，申请上门护理。' }, disabledSinceOn: '2025-10-15', filedOn: '2026-11-19', reached: 'filed',
  }),
  person({
    name: '吴建国', sex: 1, birthOn: '1950-10-01', sequence: 17, ...YUNLU, address: '青禾市禾东区云麓镇云麓大街5号', phone: '13900990006', insuredKind: 'employee', longitude: 117.4511, latitude: 33.5222, grade: 4,
    applicant: { name: '吴海波', relation: 'family', statement: '父亲帕金森病多年，今年起不能自己进食。' }, disabledSinceOn: '2026-02-10', filedOn: '2026-11-09', reached: 'dispatched',
  }),
  person({
    name: '郑凤英', sex: 2, birthOn: '1943-04-22', sequence: 20, ...SHIQIAO, address: '青禾市禾东区石桥街道桥南巷19号', phone: '13900990007', insuredKind: 'resident', longitude: 117.4318, latitude: 33.4969, grade: 5,
    applicant: { name: '刘雪琴', relation: 'guardian', statement: '婆婆认知障碍晚期，日夜需要照护。' }, disabledSinceOn: '2025-06-30', filedOn: '2026-11-02', reached: 'scored',
  }),
  person({
    name: '钱立新', sex: 1, birthOn: '1958-12-05', sequence: 23, ...HUAIYIN, address: '青禾市禾东区槐荫街道东安巷7号', phone: '13900990008', insuredKind: 'employee', longitude: 117.4119, latitude: 33.5127, grade: 2,
    applicant: { name: '钱立新', relation: 'self', statement: '骨折手术后三个月，行动不便。' }, disabledSinceOn: '2026-08-14', filedOn: '2026-11-10', reached: 'refused',
  }),
  person({
    name: '冯秀英', sex: 2, birthOn: '1944-09-03', sequence: 26, ...YUNLU, address: '青禾市禾东区云麓镇山前路51号', phone: '13900990009', insuredKind: 'resident', longitude: 117.4541, latitude: 33.5219, grade: 3,
    applicant: { name: '冯国栋', relation: 'family', statement: '姑母独居，中风后生活不能自理。' }, disabledSinceOn: '2025-11-11', filedOn: '2026-10-29', reached: 'onNotice',
  }),
];

/** Names that the dealt people must not bear. */
export const NAMED_NAMES: readonly string[] = [...[...NAMED_PEOPLE, ...CASE_PEOPLE].flatMap((one) => [one.name, one.applicant.name]), '李梅'];

/** A named person by name. */
export function named(name: string): NamedPerson {
  const found = [...NAMED_PEOPLE, ...CASE_PEOPLE].find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not one of the world's named people`);
  return found;
}

/** The objection against the notice of 冯秀英, as a neighbour wrote it. */
export const OBJECTION = { against: '冯秀英', name: '何守义', contact: '13900990010', statement: '上周还看见她自己在院子里散步，请核实失能情况。', on: '2026-11-16' } as const;
