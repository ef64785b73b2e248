/**
 * The demo accounts of the fictional city. One password for all, never used outside it: an installation with real people
 * starts with WORLD=none, has no account and no default password.
 */
import type { Bilingual } from '#kit/contract.ts';

export const DEMO_PASSWORD = 'qinghe-demo-2026';

export interface DemoAccount {
  signInName: string;
  displayName: string;
  role: string;
  /** Division prefix of the scope. */
  area?: string;
  /** Key of world/institutions.ts. */
  institution?: string;
  /** Key of world/workers.ts. */
  worker?: string;
  /** Names of world/named.ts for whom a family account stands. */
  persons?: readonly string[];
  /** Named on the sign-in page and at the start. */
  shown: boolean;
  about: Bilingual;
}

interface District {
  code: string;
  suffix: string;
  zh: string;
  en: string;
  officer: string;
  reviewer: string;
  cashier: string;
  township: string;
  accountant: string;
  assessor: string;
  experts: readonly [string, string];
  insurer: string;
  /** Officer of the assessment institution. */
  assessing: string;
  /** The institution whose officer signs in; none in the district that has not begun. */
  institution?: { key: string; officer: string; zh: string; en: string };
}

const DISTRICTS: readonly District[] = [
  {
    code: '990101', suffix: '01', zh: '禾东区', en: 'Hedong', officer: '林静', reviewer: '高文斌', cashier: '苏婷', township: '胡晓东', accountant: '罗建萍', assessor: '方敏', experts: ['顾文澜', '秦岳'], insurer: '梅若兰', assessing: '尹思源',
    institution: { key: 'home-01', officer: '沈丽娟', zh: '禾东康宁居家护理服务中心', en: 'Hedong Kangning home care' },
  },
  { code: '990102', suffix: '02', zh: '禾西区', en: 'Hexi', officer: '谢雨晴', reviewer: '邓志远', cashier: '曹颖', township: '彭亮', accountant: '傅文静', assessor: '贾明', experts: ['薛立言', '叶知秋'], insurer: '柳如茵', assessing: '江海川' },
  {
    code: '990103', suffix: '03', zh: '澄湖区', en: 'Chenghu', officer: '蒋一帆', reviewer: '蔡国良', cashier: '丁小玲', township: '魏芳', accountant: '余海霞', assessor: '潘卫东', experts: ['吕怀瑾', '沈书宁'], insurer: '白晓东', assessing: '汤建业',
    institution: { key: 'home-03', officer: '卢慧敏', zh: '澄湖暖阳居家护理站', en: 'Chenghu Nuanyang home care' },
  },
  {
    code: '990104', suffix: '04', zh: '松岭区', en: 'Songling', officer: '程岩', reviewer: '董雪', cashier: '于晓丹', township: '萧山林', accountant: '冯玉洁', assessor: '唐立军', experts: ['韩松年', '许清和'], insurer: '石磊', assessing: '邱月琴',
    institution: { key: 'home-04', officer: '宋冬梅', zh: '松岭青松居家护理服务中心', en: 'Songling Qingsong home care' },
  },
  {
    code: '990105', suffix: '05', zh: '临江新区', en: 'Linjiang', officer: '梁思远', reviewer: '马春燕', cashier: '郭娜', township: '何江', accountant: '朱文涛', assessor: '胡爱华', experts: ['孙维新', '徐若愚'], insurer: '谭志刚', assessing: '孔令仪',
    institution: { key: 'home-05', officer: '黄月红', zh: '临江安心居家护理站', en: 'Linjiang Anxin home care' },
  },
  {
    code: '990106', suffix: '06', zh: '安禾县', en: 'Anhe', officer: '杨帆', reviewer: '陈立秋', cashier: '刘晓芬', township: '张国栋', accountant: '李玉田', assessor: '王小燕', experts: ['周正言', '吴思齐'], insurer: '万家明', assessing: '葛春生',
    institution: { key: 'home-06', officer: '赵雪琴', zh: '安禾稻香居家护理站', en: 'Anhe Daoxiang home care' },
  },
];

/** Staff of a district; the first one tells the whole story, the second one the imported month. */
function staffOf(one: District): DemoAccount[] {
  const first = one.suffix === '01';
  const office = first || one.suffix === '02';
  const area = one.code;
  const account = (signInName: string, displayName: string, role: string, shown: boolean, zh: string, en: string, scope: Partial<DemoAccount> = { area }): DemoAccount =>
    ({ signInName: `${signInName.replace('-', `-${one.suffix}`)}`, displayName, role, shown, about: { zh: `${one.zh}${zh}`, en: `${en}, ${one.en}` }, ...scope });
  const assessing = (worker: string) => ({ institution: `assess-${one.suffix}`, worker: `assess-${one.suffix}/${worker}` });
  return [
    account('agency-', one.officer, 'agencyOfficer', office, '经办员：受理、公示、月结、初审', 'Agency officer: acceptance, notices, close, first review'),
    account('reviewer-', one.reviewer, 'agencyReviewer', office, '复核员：结算复审', 'Second reviewer of statements'),
    account('cashier-', one.cashier, 'agencyCashier', office, '出纳：支付', 'Cashier: payment'),
    account('accountant-', one.accountant, 'fundAccountant', first, '基金会计：账簿和凭证', 'Fund accountant: books and vouchers'),
    account('township-', one.township, 'townshipOfficer', first, '街镇经办：登记和申请', 'Township officer: registration and applications', { area: `${area}001` }),
    account('insurer-', one.insurer, 'insurerOfficer', first, '委托承办机构：受理、派单、核查', 'Commissioned insurer: acceptance, dispatch, check'),
    account('assess-', one.assessing, 'assessmentOfficer', first, '评估机构：接单、派人、送达', 'Assessment institution: orders, people, delivery', { institution: `assess-${one.suffix}` }),
    account('assessor-', one.assessor, 'assessor', first, '评估员：现场评估', 'Assessor: assessment on site', assessing('assessor-1')),
    account('expert-a', one.experts[0], 'assessmentExpert', first, '评估专家甲：确认', 'Assessment expert A: confirmation', assessing('expert-1')),
    account('expert-b', one.experts[1], 'assessmentExpert', first, '评估专家乙：确认', 'Assessment expert B: confirmation', assessing('expert-2')),
    ...(one.institution === undefined ? [] : [account('institution-', one.institution.officer, 'institutionOfficer', first, `护理机构：${one.institution.zh}`, `Care institution ${one.institution.en}`, { institution: one.institution.key })]),
  ];
}

/** Key of the employer of those who have none: the city's own list. */
export const CITY_LIST = 'city';

/** The city's own list. Three confirm at most and one of the institution's two was on site: the list alone is enough for a case, and for a review by three who took no part. */
const CITY_EXPERTS = ['关若云', '裴知远', '计怀民', '蔚子衿', '桑景和', '岑以宁'] as const;

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { signInName: 'bureau', displayName: '许明哲', role: 'bureauOfficer', area: '9901', shown: true, about: { zh: '市医保局：全市概览', en: 'City bureau: overview of the whole city' } },
  ...DISTRICTS.flatMap(staffOf),
  ...CITY_EXPERTS.map((displayName, at): DemoAccount => ({
    signInName: `expert-city-${at + 1}`, displayName, role: 'assessmentExpert', area: '9901', worker: `${CITY_LIST}/expert-${at + 1}`, shown: at === 0,
    about: { zh: '评估专家（市级专家库）：抽取确认', en: "Assessment expert of the city's list: drawn to confirm" },
  })),
  // The first district has a second assessment institution, so that orders rotate and a review goes to others, and a third expert for the case in which two disagree.
  { signInName: 'assess-01b', displayName: '霍明轩', role: 'assessmentOfficer', institution: 'assess-01b', shown: true, about: { zh: '第二家评估机构：禾东安评失能评估所', en: 'The second assessment institution of Hedong' } },
  { signInName: 'assessor-01b', displayName: '阮秋白', role: 'assessor', institution: 'assess-01b', worker: 'assess-01b/assessor-1', shown: false, about: { zh: '禾东安评失能评估所：评估员', en: 'Assessor of the second assessment institution, Hedong' } },
  { signInName: 'expert-01c', displayName: '裴知微', role: 'assessmentExpert', institution: 'assess-01', worker: 'assess-01/expert-3', shown: true, about: { zh: '禾东区评估专家丙：两人不一致时的第三人', en: 'Assessment expert C, Hedong: the third when two disagree' } },
  { signInName: 'expert-01d', displayName: '柏舒言', role: 'assessmentExpert', institution: 'assess-01b', worker: 'assess-01b/expert-1', shown: false, about: { zh: '禾东安评失能评估所：专家', en: 'Expert of the second assessment institution, Hedong' } },
  { signInName: 'expert-01e', displayName: '明景行', role: 'assessmentExpert', institution: 'assess-01b', worker: 'assess-01b/expert-2', shown: false, about: { zh: '禾东安评失能评估所：专家', en: 'Expert of the second assessment institution, Hedong' } },
  { signInName: 'institution-01-care', displayName: '韩秋菊', role: 'institutionOfficer', institution: 'care-01', shown: false, about: { zh: '护理机构：青禾和安养老院', en: "Care institution Qinghe He'an care home" } },
  { signInName: 'family-01', displayName: '李梅', role: 'family', persons: ['王桂兰'], shown: true, about: { zh: '家属：王桂兰的女儿', en: 'Family: daughter of 王桂兰 (Wang Guilan)' } },
  { signInName: 'family-02', displayName: '周永康', role: 'family', persons: ['周德海'], shown: false, about: { zh: '家属：周德海的儿子', en: 'Family: son of 周德海 (Zhou Dehai)' } },
];
