/** Conclusions that end: lapsed ones whose care runs first; one click opens the application with everything known filled in. */
import { Button, Tag, Tooltip } from 'antd';
import { EXPIRY_GROUPS } from '#domain/plans/expiry/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { GradeText, ListPage, PersonLink, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { useFiling } from './filing.tsx';
import { ActButton } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Go, useFilters } from '../../ui/go.tsx';
import { DayText, Nothing } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const TONES = { lapsed: 'bad', overdue: 'wait', due: 'open' } as const;

export function ExpiryPage() {
  const say = useWords('office');
  const word = useWords('plans');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  const [held] = useFilters();
  return (
    <ListPage
      title={say('pages.expiry')}
      note={say('expiry.hint')}
      extra={<Button href={api.url('GET /api/conclusions/expiring.xlsx', { query: { ...(held['group'] ? { group: held['group'] as 'due' } : {}), ...(held['township'] ? { township: held['township'] } : {}), ...(held['district'] ? { district: held['district'] } : {}), ...(held['q'] ? { q: held['q'] } : {}), ...(held['care'] ? { care: 'runs' as const } : {}) } })}>{say('expiry.export')}</Button>}
      name="GET /api/conclusions/expiring"
      load={(query) => api('GET /api/conclusions/expiring', { query: addressQuery(query) })}
      rowKey={(row) => row.conclusionId}
      empty={say('expiry.none')}
      filters={[
        { name: 'q', label: say('applications.find'), kind: 'text' },
        { name: 'group', label: word('expiry.group'), kind: 'choice', choices: choicesOf(EXPIRY_GROUPS, (code) => word(`expiry.${code}`)) },
        { name: 'care', label: word('expiry.care'), kind: 'choice', choices: [{ value: 'runs', label: say('expiry.careRuns') }] },
        { name: 'township', label: say('fields.township'), kind: 'choice', choices: areas.townships },
        ...district,
      ]}
      columns={[
        { key: 'person', title: label.field('person'), show: (row) => <PersonLink id={row.personId} name={row.personName} /> },
        { key: 'group', title: word('expiry.group'), show: (row) => <StateTag state={row.group} tone={TONES[row.group]}>{word(`expiry.${row.group}`)}</StateTag> },
        { key: 'lastDay', title: word('expiry.lastDayOn'), show: (row) => <><DayText day={row.lastDayOn} /> <span className={row.daysLeft < 0 ? 'ch-bad' : 'ch-muted'}>{row.daysLeft < 0 ? say('expiry.since', { n: -row.daysLeft }) : say('expiry.left', { n: row.daysLeft })}</span></> },
        { key: 'care', title: word('expiry.care'), show: (row) => (row.careRuns ? <span className={row.group === 'lapsed' ? 'ch-bad' : ''}>{row.institutionName}</span> : <Nothing />) },
        { key: 'reminded', title: word('expiry.reminded'), show: (row) => <Reminders reminders={row.reminders} /> },
        { key: 'application', title: word('expiry.application'), show: (row) => (row.application ? <Go to={`/applications/${row.application.id}`}>{label.state(row.application.state)}</Go> : <FileButton personId={row.personId} />) },
        { key: 'grade', title: label.field('grade'), show: (row) => <GradeText grade={row.grade} />, wideOnly: true },
        { key: 'place', title: say('fields.township'), show: (row) => `${areas.name(row.townshipCode)} ${row.community}`, wideOnly: true },
        { key: 'phone', title: word('expiry.phone'), show: (row) => row.phone ?? '–', wideOnly: true },
      ]}
    />
  );
}

/** When and how the family was reminded. */
function Reminders({ reminders }: { reminders: readonly { thresholdDays: number; remindedOn: string; phone: string | null; messageState: string | null }[] }) {
  const say = useWords('office');
  if (reminders.length === 0) return <span className="ch-muted">{say('expiry.notReminded')}</span>;
  return (
    <>
      {reminders.map((one) => (
        <Tooltip key={one.thresholdDays} title={one.phone ?? say('expiry.portalOnly')}>
          <Tag color={one.messageState === 'failed' ? 'error' : 'default'} tabIndex={0}>
            <DayText day={one.remindedOn} /> {say(`expiry.message.${one.messageState ?? 'none'}`)}
          </Tag>
        </Tooltip>
      ))}
    </>
  );
}

function FileButton({ personId }: { personId: string }) {
  const filing = useFiling(personId);
  return <ActButton act={filing} size="small" />;
}
