/** What people at their desks ask for all day: the lists, queues and searches of the road from application to letter, by role. */

/** Desks of the measured city: agencies of five districts, the bureau of the city, a township, the insurer, an assessment institution and one of its experts. */
export const DESKS = {
  agency: { role: 'agencyOfficer', area: '990101' },
  dispatching: { role: 'agencyOfficer', area: '990102' },
  scoring: { role: 'agencyOfficer', area: '990103' },
  checking: { role: 'insurerOfficer', area: '990104' },
  publishing: { role: 'agencyOfficer', area: '990105' },
  bureau: { role: 'bureauOfficer', area: '9901' },
  township: { role: 'townshipOfficer', area: '990101002' },
  insurer: { role: 'insurerOfficer', area: '990101' },
  institution: { role: 'assessmentOfficer', institution: true },
  expert: { role: 'assessmentExpert', institution: true },
} as const;
export type Desk = keyof typeof DESKS;

export interface Asked {
  name: string;
  desk: Desk;
  url: string;
}

const asked = (desk: Desk, list: Record<string, string>): Asked[] => Object.entries(list).map(([name, url]) => ({ name: `${desk}: ${name}`, desk, url: `/api/${encodeURI(url)}${url.includes('?') ? '&' : '?'}pageSize=20` }));

/** A search by one character, two letters, two digits, and parts that nearly every or hardly any application has. */
const searches = (desk: Desk, and = ''): Asked[] => asked(desk, Object.fromEntries(['王', '桂兰', 'a', 'an', 'wang', 'guilan', '1', '12', '0123', '2026-012345', '990101', 'QH-A-2026', 'zzzz', '9z'].map((q) => [`“${q}”${and === '' ? '' : ` ${and}`}`, `applications?q=${q}${and === '' ? '' : `&${and}`}`])));

export const ASKED: readonly Asked[] = [
  ...asked('agency', {
    '首页 first page': 'applications', '第 900 页 page 900': 'applications?page=900', '按状态 by state': 'applications?state=scored', '待现场评估 to be visited': 'applications?state=dispatched', '按街镇和类别 by township and kind': 'applications?township=990101002&kind=initial',
    '逾期 overdue': 'applications?due=overdue', '待预审 pre-review': 'applications?queue=preReview', '待受理且逾期 acceptance, late': 'applications?queue=accept&due=overdue', '待补正 supply': 'applications?queue=supply', 
  }),
  ...searches('agency'), ...searches('agency', 'state=filed'), ...searches('agency', 'township=990101002'), ...searches('bureau'), ...searches('township'), ...searches('insurer'), ...searches('institution'),
  ...asked('bureau', { '首页 first page': 'applications', '按状态 by state': 'applications?state=scored', '逾期 overdue': 'applications?due=overdue', '派单 orders': 'orders', '结论 conclusions': 'conclusions', '评估员 register': 'assessors', '投诉 complaints': 'complaints' }),
  ...asked('dispatching', {
    '待派单 dispatch queue': 'dispatch-queue', '待派单第 900 页 page 900': 'dispatch-queue?page=900', '待派单逾期 overdue': 'dispatch-queue?overdue=true', '待派单按街镇 by township': 'dispatch-queue?township=990102001', '待派单搜“王”': 'dispatch-queue?q=王', '待派单搜“桂兰”': 'dispatch-queue?q=桂兰',
    '退单 returns': 'returns', '退单待办 open returns': 'returns?state=open', '退单逾期 late returns': 'returns?state=late',
  }),
  ...asked('agency', {
    '派单 orders': 'orders', '派单第 900 页 page 900': 'orders?page=900', '待接单 open orders': 'orders?state=open', '逾期派单 late orders': 'orders?late=true', '派单搜“王”': 'orders?q=王', '派单搜编号 by number': 'orders?q=QH-A-2026-012345', '派单日历 calendar': 'orders?from=2026-12-20&to=2026-12-27',
    '利害关系 interests': 'interests', '评估员 register': 'assessors', '评估员第 40 页 page 40': 'assessors?page=40', '评估员按状态 by standing': 'assessors?standing=ASSESSOR_TRAINING_SHORT', '证书到期 expiring': 'assessors?expiring=true', '评估员搜“员1” ': 'assessors?q=员1', '人员 workers': 'workers',
    '结论 conclusions': 'conclusions', '结论第 900 页 page 900': 'conclusions?page=900', '有效 valid': 'conclusions?state=valid', '到期 expiring': 'conclusions?expiringDays=90', '结论搜“王”': 'conclusions?q=王', '结论搜“an”': 'conclusions?q=an', '结论搜编号 by number': 'conclusions?q=2026-012345',
    '待送达 to deliver': 'deliveries/waiting', '待送达逾期 overdue': 'deliveries/waiting?due=overdue', '送达失败 failed': 'deliveries/waiting?due=failed', '待送达搜“王”': 'deliveries/waiting?q=王', '待送达第 500 页 page 500': 'deliveries/waiting?page=500',
    '暂停 pauses': 'suspensions', '待复核 re-checks': 'suspensions?recheck=open', '暂停中 paused': 'suspensions?state=paused', '暂停搜“王”': 'suspensions?q=王', '投诉 complaints': 'complaints', '投诉待办 open complaints': 'complaints?state=open', '投诉第 500 页 page 500': 'complaints?page=500',
    '公示 notices': 'notices', '人员 people': 'people', '人员搜“王”': 'people?q=王', '人员搜“an”': 'people?q=an', '人员搜“桂兰”': 'people?q=桂兰', '人员搜“12”': 'people?q=12',
  }),
  ...asked('scoring', { '待确认 scored': 'applications?state=scored', '退单 returns': 'returns', '退单待办 open returns': 'returns?state=open' }),
  ...asked('checking', { '待核查 checks': 'applications?waitsFor=check', '待核查第 900 页 page 900': 'applications?waitsFor=check&page=900' }),
  ...asked('publishing', { '待公示 waiting': 'notices/batches/waiting', '公示批次 batches': 'notices/batches', '缺张贴照片 no photograph': 'notices/batches?proof=missing', '公示中 running': 'notices?state=running', '有异议 objections': 'notices?objections=open', '公示第 500 页 page 500': 'notices?page=500' }),
  ...asked('township', { '首页 first page': 'applications', '待复核 re-checks': 'suspensions?recheck=open', '待送达 to deliver': 'deliveries/waiting' }),
  ...asked('institution', { '本机构申请 applications': 'applications', '派单 orders': 'orders', '待接单 open orders': 'orders?state=open', '未派人 unassigned': 'orders?unassigned=true', '退单 returns': 'returns?state=open', '待送达 to deliver': 'deliveries/waiting', '投诉 complaints': 'complaints', '评估员 register': 'assessors' }),
  ...asked('expert', { '待我确认 waits for my voice': 'applications?waitsFor=myVoice' }),
];
