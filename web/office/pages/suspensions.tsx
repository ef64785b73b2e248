/** Pauses in the benefit, and the re-check before service resumes: a page for the township officer's phone as for the desk. */
import { Alert } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { RECHECK_ITEMS, RECHECK_RESULTS, SUSPENSION_REASONS, SUSPENSION_STATES } from '#domain/assessments/suspension/model.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, PersonLink, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const TONES = { paused: 'wait', lifted: 'good', serviceEnded: 'plain' } as const;

export function SuspensionsPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  return (
    <ListPage
      title={say('pages.suspensions')}
      note={say('suspensions.hint')}
      name="GET /api/suspensions"
      load={(query) => api('GET /api/suspensions', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/suspensions/${row.id}`}
      empty={say('suspensions.none')}
      filters={[
        { name: 'q', label: say('suspensions.find'), kind: 'text' },
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(SUSPENSION_STATES, label.state) },
        { name: 'recheck', label: label.field('recheck'), kind: 'choice', choices: [{ value: 'open', label: say('suspensions.underWay') }] },
        { name: 'township', label: say('fields.township'), kind: 'choice', choices: areas.townships },
        ...district,
      ]}
      columns={[
        { key: 'person', title: label.field('person'), show: (row) => <strong>{row.personName}</strong> },
        { key: 'state', title: label.field('state'), show: (row) => <><StateTag state={row.state} tone={TONES[row.state]}>{label.state(row.state)}</StateTag>{row.openRecheckId ? <StateTag state="recheck" tone="open">{say('suspensions.underWay')}</StateTag> : null}</> },
        { key: 'reason', title: label.field('suspensionReason'), show: (row) => label.value(row.reason) },
        { key: 'from', title: label.field('suspendedFromOn'), show: (row) => <DayText day={row.fromOn} /> },
        { key: 'to', title: label.field('suspendedToOn'), show: (row) => (row.toOn ? <DayText day={row.toOn} /> : '–') },
        { key: 'place', title: say('fields.township'), show: (row) => areas.name(row.townshipCode), wideOnly: true },
      ]}
    />
  );
}

type Suspension = Awaited<ReturnType<typeof api<'GET /api/suspensions/{id}'>>>;

export function SuspensionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/suspensions/{id}', id], queryFn: () => api('GET /api/suspensions/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(one) => <SuspensionRecord one={one} />}</Loaded>;
}

function SuspensionRecord({ one }: { one: Suspension }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const acts = useRecheckActs(one);
  return (
    <RecordPage
      id={one.id}
      title={`${one.personName} · ${label.field('suspension')}`}
      back={{ to: '/suspensions', label: say('pages.suspensions') }}
      state={<StateTag state={one.state} tone={TONES[one.state]}>{label.state(one.state)}</StateTag>}
      note={one.state === 'lifted' ? say('suspensions.lifted') : <Alert type="warning" showIcon title={say('suspensions.noService')} />}
      acts={acts}
      facts={[
        { label: label.field('person'), value: <PersonLink id={one.personId} name={one.personName} /> },
        { label: say('suspensions.address'), value: `${areas.name(one.townshipCode)} ${one.address}` },
        { label: label.field('phone'), value: one.phone ? <a href={`tel:${one.phone}`}>{one.phone}</a> : '–' },
        { label: label.field('suspensionReason'), value: `${label.value(one.reason)} ${one.note}`, wide: true },
        { label: label.field('suspendedFromOn'), value: <DayText day={one.fromOn} /> },
        { label: label.field('suspendedToOn'), value: one.toOn ? <DayText day={one.toOn} /> : say('suspensions.lasts') },
      ]}
    >
      {one.rechecks.toReversed().map((each) => <Recheck key={each.id} recheck={each} />)}
    </RecordPage>
  );
}

function Recheck({ recheck }: { recheck: Suspension['rechecks'][number] }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <Card size="small" title={<>{label.field('recheck')} <DayText day={recheck.openedOn} /></>}>
       {label.field('askedBy')} {recheck.askedBy} · {recheck.openedBy}
      {recheck.result === null ? (
        <div>{say('suspensions.waitsForVisit')}</div>
      ) : (
        <>
          <div><strong>{label.value(recheck.result)}</strong>{recheck.resumesOn ? <> · {label.field('resumesOn')} <DayText day={recheck.resumesOn} /></> : null} · {label.field('seenOn')} <DayText day={recheck.seenOn} /> · {recheck.decidedBy}</div>
          <ul style={{ margin: '4px 0', paddingInlineStart: 20 }}>{RECHECK_ITEMS.map((item) => <li key={item} className={recheck.checks?.[item] ? '' : 'ch-bad'}>{recheck.checks?.[item] ? '✓' : '✗'} {label.field(item)}</li>)}</ul>
          <div>{recheck.note}</div>
          {recheck.applicationId ? <Go to={`/applications/${recheck.applicationId}`}>{say('suspensions.assessment')}</Go> : null}
        </>
      )}
    </Card>
  );
}

type Result = Parameters<typeof api<'POST /api/rechecks/{id}/result'>>[1]['body'];
type Ticks = Partial<Record<(typeof RECHECK_ITEMS)[number], boolean>>;

function useRecheckActs(one: Suspension): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const today = useToday();
  const notAllowed = useWhyNot()('assessments.recheck');
  if (one.openRecheckId === null) {
    return [{
      name: 'openRecheck', label: say('suspensions.openRecheck'), primary: true, whyNot: notAllowed ?? (one.state === 'lifted' ? say('suspensions.lifted') : undefined), intro: say('suspensions.openHint'),
      fields: [{ name: 'askedBy', label: label.field('askedBy'), kind: 'text', required: true, max: 60 }],
      run: (body: { askedBy: string }, how) => api('POST /api/suspensions/{id}/rechecks', { params: { id: one.id }, body }, how),
    }];
  }
  const recheckId = one.openRecheckId;
  return [{
    name: 'result', label: say('suspensions.record'), primary: true, whyNot: notAllowed, intro: say('suspensions.recordHint'), initial: { seenOn: today, resumesOn: today },
    fields: [
      ...RECHECK_ITEMS.map((name) => ({ name, label: label.field(name), kind: 'check' as const })),
      { name: 'seenOn', label: label.field('seenOn'), kind: 'day', required: true },
      { name: 'result', label: label.field('recheckResult'), kind: 'choice', required: true, choices: choicesOf(RECHECK_RESULTS, label.value) },
      { name: 'resumesOn', label: label.field('resumesOn'), kind: 'day', hint: say('suspensions.resumesHint') },
      { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
    ],
    run: (values: Omit<Result, 'checks'> & Ticks, how) => {
      const { seenOn, result, resumesOn, note } = values;
      const checks = Object.fromEntries(RECHECK_ITEMS.map((item) => [item, values[item] === true])) as Result['checks'];
      return api('POST /api/rechecks/{id}/result', { params: { id: recheckId }, body: { checks, seenOn, result, note, ...(result === 'resume' && resumesOn ? { resumesOn } : {}) } }, how);
    },
  }];
}

/** What a person's page shows of pauses: the one that lasts, and the act of pausing. */
export function PauseBanner({ personId }: { personId: string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const mayRead = useWhyNot()('assessments.read') === undefined;
  const asked = useQuery({ queryKey: ['GET /api/suspensions', personId], queryFn: () => api('GET /api/suspensions', { query: { person: personId, pageSize: 20 } }), enabled: mayRead });
  const lasting = asked.data?.rows.filter((one) => one.state !== 'lifted') ?? [];
  return (
    <>
      {lasting.map((one) => (
        <Alert key={one.id} type="warning" showIcon style={{ marginBlockEnd: 12 }} title={<>{say('suspensions.since')} <DayText day={one.fromOn} /> · {label.value(one.reason)} · <Go to={`/suspensions/${one.id}`}>{say(one.openRecheckId ? 'suspensions.underWay' : 'suspensions.openRecheck')}</Go></>} />
      ))}
    </>
  );
}

type Pause = Parameters<typeof api<'POST /api/people/{id}/suspensions'>>[1]['body'];

export function usePauseAct(personId: string): ActSpec {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const today = useToday();
  const go = useGo();
  return {
    name: 'pause', label: say('suspensions.pause'), whyNot: useWhyNot()('assessments.suspend'), intro: say('suspensions.pauseHint'), initial: { fromOn: today },
    fields: [
      { name: 'reason', label: label.field('suspensionReason'), kind: 'choice', required: true, choices: choicesOf(SUSPENSION_REASONS, label.value) },
      { name: 'fromOn', label: label.field('suspendedFromOn'), kind: 'day', required: true, hint: say('suspensions.fromHint') },
      { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
    ],
    run: (body: Pause, how) => api('POST /api/people/{id}/suspensions', { params: { id: personId }, body }, how),
    done: (made: { id: string }) => go(`/suspensions/${made.id}`),
  };
}
