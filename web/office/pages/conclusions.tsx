/** Conclusions: who has which grade, from when to when, and the letter. */
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CONCLUSION_STATES } from '#domain/assessments/model.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { GradeText, ListPage, PersonLink, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { BeforeText } from './application.tsx';
import { OverturnedCard } from './overturned.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Go, useFilters } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

const TONES = { notYet: 'wait', valid: 'good', ended: 'plain' } as const;

export function ConclusionsPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  const [held] = useFilters();
  return (
    <ListPage
      title={say('pages.conclusions')}
      name="GET /api/conclusions"
      load={(query) => api('GET /api/conclusions', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/conclusions/${row.id}`}
      fixed={{ person: held['person'] }}
      filters={[
        { name: 'q', label: say('applications.find'), kind: 'text' },
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(CONCLUSION_STATES, label.state) },
        { name: 'grade', label: label.field('grade'), kind: 'choice', choices: [0, 1, 2, 3, 4, 5].map((grade) => ({ value: String(grade), label: say('grade.plain', { grade }) })) },
        { name: 'expiringDays', label: say('conclusions.expiring'), kind: 'choice', choices: [30, 60, 90].map((n) => ({ value: String(n), label: say('conclusions.within', { n }) })) },
        ...district,
      ]}
      columns={[
        { key: 'number', title: label.field('number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'person', title: label.field('person'), show: (row) => <strong>{row.personName}</strong> },
        { key: 'grade', title: label.field('grade'), show: (row) => <GradeText grade={row.grade} zh={row.gradeZh} en={row.gradeEn} /> },
        { key: 'state', title: label.field('state'), show: (row) => <StateTag state={row.state} tone={TONES[row.state]}>{label.state(row.state)}</StateTag> },
        { key: 'concludedOn', title: label.field('concludedOn'), show: (row) => <DayText day={row.concludedOn} /> },
        { key: 'effectiveOn', title: label.field('effectiveOn'), show: (row) => <DayText day={row.effectiveOn} /> },
        { key: 'validUntilOn', title: label.field('validUntilOn'), show: (row) => <DayText day={row.endedOn ?? row.validUntilOn} /> },
        { key: 'township', title: label.field('township'), show: (row) => areas.name(row.townshipCode), wideOnly: true },
      ]}
    />
  );
}

export function ConclusionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const sentence = useSentence();
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const asked = useQuery({ queryKey: ['GET /api/conclusions/{id}', id], queryFn: () => api('GET /api/conclusions/{id}', { params: { id } }) });
  return (
    <Loaded asked={asked}>
      {(one) => (
        <RecordPage
          id={id}
          also={[one.decisionId]}
          title={`${one.personName} · ${one.number}`}
          back={{ to: '/conclusions', label: say('pages.conclusions') }}
          state={<StateTag state={one.state} tone={TONES[one.state]}>{label.state(one.state)}</StateTag>}
          note={
            <div className="ch-values">
              <strong>{say(!one.entitled ? 'conclusions.notEntitled' : one.state === 'ended' ? 'conclusions.entitledThen' : 'conclusions.entitled')}</strong>
              {one.entitlementReasons.map((reason) => <div key={reason.code}>{sentence('reasons', reason.code, reason.params)}</div>)}
              {one.verifyUrl ? (
                <Button href={api.url('GET /api/conclusions/{id}/letter.pdf', { params: { id } })} target="_blank" type="primary">
                  {say('conclusions.letter')}
                </Button>
              ) : (
                <span className="ch-muted">{say('conclusions.noLetter')}</span>
              )}
            </div>
          }
          facts={[
            { label: label.field('person'), value: <PersonLink id={one.personId} name={one.personName} /> },
            { label: label.field('grade'), value: <Go to={`/explanations/${one.decisionId}`}><GradeText grade={one.grade} zh={one.gradeZh} en={one.gradeEn} /></Go> },
            ...(one.before ? [{ label: label.field('before'), value: <BeforeText before={one.before} /> }, { label: label.field('after'), value: <GradeText grade={one.grade} zh={one.gradeZh} en={one.gradeEn} /> }] : []),
            { label: label.field('concludedOn'), value: <DayText day={one.concludedOn} /> },
            { label: label.field('effectiveOn'), value: <DayText day={one.effectiveOn} /> },
            { label: label.field('validUntilOn'), value: <DayText day={one.validUntilOn} /> },
            ...(one.endedOn ? [{ label: label.field('endedOn'), value: <><DayText day={one.endedOn} /> {label.value(one.endReason)}</> }] : []),
            { label: label.field('township'), value: areas.name(one.townshipCode) },
            { label: label.field('origin'), value: label.value(one.origin) },
            ...(one.applicationId ? [{ label: say('pages.applications'), value: <Go to={`/applications/${one.applicationId}`}>{say('conclusions.application')}</Go> }] : []),
            ...(one.noticeId ? [{ label: say('applications.notice'), value: <Go to={`/notices/${one.noticeId}`}>{say('conclusions.notice')}</Go> }] : []),
            ...(one.verifyUrl ? [{ label: say('conclusions.verify'), value: <a href={one.verifyUrl} target="_blank" rel="noreferrer" className="ch-code">{one.verifyUrl}</a>, wide: true }] : []),
          ]}
        >
          <DeliveryCard id={id} />
          <OverturnedCard conclusion={id} />
        </RecordPage>
      )}
    </Loaded>
  );
}
