/** Notices that hang out, and the objections against them. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { NOTICE_STATES } from '#domain/notices/model.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { usePublishBatch } from './notice-batches.tsx';
import { GradeText, ListPage, PersonLink, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { DayText, InstantText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export function NoticesPage() {
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  return (
    <ListPage
      title={say('pages.notices')}
      note={say('notices.hint')}
      extra={<ActButton act={usePublishBatch()} />}
      name="GET /api/notices"
      load={(query) => api('GET /api/notices', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/notices/${row.id}`}
      filters={[
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(NOTICE_STATES, label.state) },
        { name: 'objections', label: label.field('objections'), kind: 'choice', choices: [{ value: 'open', label: say('notices.open') }, { value: 'any', label: say('notices.any') }] },
        { name: 'township', label: say('fields.township'), kind: 'choice', choices: areas.townships },
        ...district,
      ]}
      columns={[
        { key: 'maskedName', title: label.field('maskedName'), show: (row) => <strong>{row.maskedName}</strong> },
        { key: 'maskedNumber', title: label.field('maskedNumber'), show: (row) => <span className="ch-number">{row.maskedNumber}</span>, wideOnly: true },
        { key: 'content', title: label.field('content'), show: (row) => <GradeText grade={row.content.grade} zh={row.content.gradeZh} en={row.content.gradeEn} /> },
        { key: 'state', title: label.field('state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'startsOn', title: label.field('startsOn'), show: (row) => <DayText day={row.startsOn} /> },
        { key: 'endsOn', title: label.field('endsOn'), show: (row) => <DayText day={row.endsOn} /> },
        { key: 'objections', title: label.field('objections'), show: (row) => (row.openObjections > 0 ? <span className="ch-bad">{say('notices.openOf', { open: row.openObjections, all: row.objections })}</span> : row.objections) },
        { key: 'community', title: label.field('community'), show: (row) => `${areas.name(row.townshipCode)} ${row.community}`, wideOnly: true },
      ]}
    />
  );
}

export function NoticePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const areas = useAreas();
  const asked = useQuery({ queryKey: ['GET /api/notices/{id}', id], queryFn: () => api('GET /api/notices/{id}', { params: { id } }) });
  return (
    <Loaded asked={asked}>
      {(notice) => (
        <RecordPage
          id={id}
          title={`${say('notices.one')} · ${notice.maskedName}`}
          back={{ to: '/notices', label: say('pages.notices') }}
          state={<StateTag state={notice.state}>{label.state(notice.state)}</StateTag>}
          note={<CaseLink assessmentId={notice.subjectId} />}
          facts={[
            { label: label.field('maskedName'), value: <PersonLink id={notice.personId} name={notice.maskedName} /> },
            { label: label.field('maskedNumber'), value: <span className="ch-number">{notice.maskedNumber}</span> },
            { label: label.field('content'), value: <GradeText grade={notice.content.grade} zh={notice.content.gradeZh} en={notice.content.gradeEn} /> },
            { label: label.field('community'), value: `${areas.name(notice.townshipCode)} ${notice.community}` },
            { label: label.field('startsOn'), value: <DayText day={notice.startsOn} /> },
            { label: label.field('endsOn'), value: <DayText day={notice.endsOn} /> },
            { label: label.field('publishedOn'), value: <DayText day={notice.publishedOn} /> },
            ...(notice.batchId ? [{ label: label.field('batch'), value: <Go to={`/notice-batches/${notice.batchId}`}>{notice.batchNumber}</Go> }] : []),
            ...notice.interruptions.map((gap) => ({ label: say('batches.interruptions'), value: <><DayText day={gap.fromOn} /> – <DayText day={gap.toOn} /> {gap.note}</> })),
            ...(notice.withdrawnOn ? [{ label: label.state('withdrawn'), value: <DayText day={notice.withdrawnOn} /> }] : []),
          ]}
        >
          <Objections noticeId={id} />
        </RecordPage>
      )}
    </Loaded>
  );
}

/** A notice is about an assessment; its case is shown to whoever may open it. */
function CaseLink({ assessmentId }: { assessmentId: string }) {
  const say = useWords('office');
  const found = useQuery({ queryKey: ['GET /api/assessments/{id}/application', assessmentId], queryFn: () => api('GET /api/assessments/{id}/application', { params: { id: assessmentId } }) }).data;
  return found?.applicationId ? <Go to={`/applications/${found.applicationId}`}>{say('notices.application')}</Go> : null;
}

function Objections({ noticeId }: { noticeId: string }) {
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const whyNot = useWhyNot()('notices.answer');
  const asked = useQuery({ queryKey: ['GET /api/notices/{id}/objections', noticeId], queryFn: () => api('GET /api/notices/{id}/objections', { params: { id: noticeId }, query: { pageSize: 100 } }) });
  return (
    <Card size="small" title={label.field('objections')}>
      <Loaded asked={asked}>
        {({ rows }) =>
          rows.length === 0 ? (
            <span className="ch-muted">{say('notices.noObjections')}</span>
          ) : (
            rows.map((one) => (
              <section key={one.id} className="ch-objection">
                <header>
                  <strong>{one.fromName}</strong> <span className="ch-muted ch-number">{one.number} · {one.receivedOn} · {one.contact}</span>
                </header>
                <p>{one.statement}</p>
                {one.answer ? (
                  <blockquote className="ch-note">
                    <StateTag state={one.answer.upheld ? 'refused' : 'answered'}>{say(one.answer.upheld ? 'notices.upheld' : 'notices.notUpheld')}</StateTag>
                    <span className="ch-muted"><InstantText at={one.answer.answeredAt} /></span>
                    <div>{one.answer.answer}</div>
                  </blockquote>
                ) : (
                  <ActButton
                    act={{
                      name: `answer ${one.id}`,
                      label: say('notices.answer'),
                      primary: true,
                      whyNot,
                      intro: say('notices.answerHint'),
                      fields: [
                        { name: 'upheld', label: say('notices.finding'), kind: 'radio', required: true, choices: [{ value: 'yes', label: say('notices.upheld') }, { value: 'no', label: say('notices.notUpheld') }] },
                        { name: 'answer', label: label.field('answer'), kind: 'area', required: true, max: 2000 },
                      ],
                      run: (body: { upheld: string; answer: string }, how) => api('POST /api/notices/objections/{id}/answer', { params: { id: one.id }, body: { answer: body.answer, upheld: body.upheld === 'yes' } }, how),
                    }}
                  />
                )}
              </section>
            ))
          )
        }
      </Loaded>
    </Card>
  );
}
