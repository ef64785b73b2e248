/** What each desk finds in its menu; an entry without the permission is left out. */
import {
  FrownOutlined, FundOutlined, PayCircleOutlined,
  AccountBookOutlined, ApartmentOutlined, DisconnectOutlined, IdcardOutlined, SolutionOutlined, AuditOutlined, BankOutlined, BarChartOutlined, BellOutlined, BookOutlined, CalendarOutlined, CheckSquareOutlined, FieldTimeOutlined, FileDoneOutlined, FileSearchOutlined, FileTextOutlined, FormOutlined,
  ExperimentOutlined, RollbackOutlined, SafetyCertificateOutlined, HomeOutlined, ImportOutlined, PauseCircleOutlined, PushpinOutlined, ReadOutlined, ScheduleOutlined, SendOutlined, ShopOutlined, TeamOutlined, UserOutlined, WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useSignedIn } from '../ui/session.ts';
import { SideMenu } from '../ui/side-menu.tsx';
import { useWords } from '../ui/words.ts';
import { useMenuCounts } from './queues.ts';

interface Entry {
  to: string;
  word: string;
  icon: ReactNode;
  permission?: string;
  desks?: readonly string[];
}

const GROUPS: readonly { word: string; entries: readonly Entry[] }[] = [
  {
    word: 'work',
    entries: [
      { to: '/', word: 'home', icon: <HomeOutlined /> },
      { to: '/overview', word: 'overview', icon: <BarChartOutlined />, permission: 'reporting.read' },
    ],
  },
  {
    word: 'application',
    entries: [
      { to: '/people', word: 'people', icon: <UserOutlined />, permission: 'people.read', desks: ['agency', 'bureau', 'institution'] },
      { to: '/applications', word: 'applications', icon: <FormOutlined />, permission: 'assessments.read', desks: ['agency', 'bureau'] },
    ],
  },
  {
    word: 'assessment',
    entries: [
      { to: '/dispatch', word: 'dispatch', icon: <ApartmentOutlined />, permission: 'assessments.dispatch' },
      { to: '/orders', word: 'orders', icon: <SolutionOutlined />, permission: 'assessments.read', desks: ['agency', 'bureau'] },
      { to: '/orders', word: 'orders', icon: <SolutionOutlined />, permission: 'assessments.takeOrder' },
      { to: '/order-calendar', word: 'orderCalendar', icon: <CalendarOutlined />, permission: 'assessments.takeOrder' },
      { to: '/assess', word: 'assess', icon: <CheckSquareOutlined />, permission: 'assessments.assess' },
      { to: '/confirmations', word: 'confirmations', icon: <FileDoneOutlined />, permission: 'assessments.confirm' },
      { to: '/checks', word: 'checks', icon: <SafetyCertificateOutlined />, permission: 'assessments.check' },
      { to: '/returns', word: 'returns', icon: <RollbackOutlined />, permission: 'assessments.read', desks: ['agency', 'bureau', 'assessor'] },
    ],
  },
  {
    word: 'result',
    entries: [
      { to: '/notices', word: 'notices', icon: <BellOutlined />, permission: 'notices.read' },
      { to: '/notice-batches', word: 'noticeBatches', icon: <PushpinOutlined />, permission: 'notices.read' },
      { to: '/conclusions', word: 'conclusions', icon: <FileTextOutlined />, permission: 'assessments.read', desks: ['agency', 'bureau'] },
      { to: '/deliveries', word: 'deliveries', icon: <SendOutlined />, permission: 'assessments.deliver' },
      { to: '/expiry', word: 'expiry', icon: <FieldTimeOutlined />, permission: 'assessments.read', desks: ['agency', 'bureau'] },
      { to: '/suspensions', word: 'suspensions', icon: <PauseCircleOutlined />, permission: 'assessments.read', desks: ['agency', 'bureau'] },
    ],
  },
  {
    word: 'assessmentQuality',
    entries: [
      { to: '/assessors', word: 'assessors', icon: <IdcardOutlined />, permission: 'workers.read', desks: ['agency', 'bureau', 'assessor'] },
      { to: '/own-file', word: 'ownFile', icon: <IdcardOutlined />, permission: 'assessments.onSite' },
      { to: '/interests', word: 'interests', icon: <DisconnectOutlined />, permission: 'assessments.read' , desks: ['agency', 'bureau', 'assessor'] },
      { to: '/quality', word: 'quality', icon: <FundOutlined />, permission: 'assessments.compareQuality' },
      { to: '/quality/assessors/own', word: 'qualityOwn', icon: <FundOutlined />, permission: 'assessments.assess' },
      { to: '/complaints', word: 'complaints', icon: <FrownOutlined />, permission: 'assessments.readQuality' },
      { to: '/complaints/filed', word: 'complaintsFiled', icon: <FrownOutlined />, permission: 'assessments.readFiledComplaints' },
      { to: '/fees', word: 'fees', icon: <PayCircleOutlined />, permission: 'assessments.readFees' },
    ],
  },
  {
    word: 'care',
    entries: [
      { to: '/plans', word: 'plans', icon: <ScheduleOutlined />, permission: 'plans.read' },
      { to: '/visits', word: 'visits', icon: <CalendarOutlined />, permission: 'visits.read' },
      { to: '/intakes', word: 'intakes', icon: <ImportOutlined />, permission: 'visits.read' },
      { to: '/institutions', word: 'institutions', icon: <ShopOutlined />, permission: 'providers.read' },
      { to: '/workers', word: 'workers', icon: <TeamOutlined />, permission: 'workers.read' },
    ],
  },
  {
    word: 'money',
    entries: [
      { to: '/closes', word: 'closes', icon: <AuditOutlined />, permission: 'claims.read', desks: ['agency', 'bureau'] },
      { to: '/statements', word: 'statements', icon: <AccountBookOutlined />, permission: 'claims.read' },
      { to: '/overturned', word: 'overturned', icon: <RollbackOutlined />, permission: 'claims.readOverturned' },
      { to: '/findings', word: 'findings', icon: <WarningOutlined />, permission: 'claims.read' },
      { to: '/ledger', word: 'ledger', icon: <BankOutlined />, permission: 'ledger.read' },
    ],
  },
  {
    word: 'knowledge',
    entries: [
      { to: '/knowledge', word: 'knowledge', icon: <FileSearchOutlined />, permission: 'claims.read' },
      { to: '/policy', word: 'policy', icon: <BookOutlined />, permission: 'policy.read' },
      { to: '/scale-trials', word: 'scaleTrials', icon: <ExperimentOutlined />, permission: 'assessments.tryScale' },
      { to: '/sources', word: 'sources', icon: <ReadOutlined />, permission: 'policy.read' },
    ],
  },
];

export function OfficeMenu({ gone }: { gone: (() => void) | undefined }) {
  const say = useWords('office');
  const session = useSignedIn();
  const counted = useMenuCounts();
  const menu = GROUPS.map((group) => ({
    label: say(`menu.${group.word}`),
    entries: group.entries
      .filter((one) => (one.permission === undefined || session.permissions.includes(one.permission)) && (one.desks === undefined || one.desks.includes(session.desk)))
      .map((one) => ({ to: one.to, label: say(`pages.${one.word}`), icon: one.icon, count: counted(one.to) })),
  })).filter((group) => group.entries.length > 0);
  return <SideMenu menu={menu} gone={gone} />;
}
