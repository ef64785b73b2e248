/** Trying an edition of the scale on past answers: what lies ready or a file; the picture of grades before and after; whose grade would change, and why. */
import { Alert, App, Button, DatePicker, Empty, Select, Space, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { gradeText, ListPage, PersonLink } from '../parts.tsx';
import { GradePicture } from './grade-picture.tsx';
import { addressQuery } from '../show.ts';
import { UnverifiedBadge } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { FactList, Loaded, PageHead } from '../../ui/record-page.tsx';
import { DayText, InstantText } from '../../ui/text.tsx';
import { UploadFile } from '../../ui/upload-file.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

export type TrialResult = OutputOf<(typeof assessmentsContract)['GET /api/scale/trials/{id}']>;
interface Span { district?: string; fromOn?: string; toOn?: string }

/** The trials so far, and a new one. */
export function ScaleTrialsPage() {
  const say = useWords('office');
  const { lang } = usePreferences();
  const areas = useAreas();
  return (
    <ListPage
      title={say('pages.scaleTrials')}
      note={say('trials.hint')}
      above={<NewTrial />}
      name="GET /api/scale/trials"
      load={(query) => api('GET /api/scale/trials', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/scale-trials/${row.id}`}
      empty={say('trials.none')}
      columns={[
        { key: 'label', title: say('trials.edition'), show: (row) => <><strong>{row.label[lang]}</strong> {row.status === 'unverified' ? <UnverifiedBadge /> : null}<div className="ch-muted ch-code">{row.fileName ?? row.scaleId}</div></> },
        { key: 'span', title: say('trials.span'), show: (row) => <SpanText district={row.district ? areas.name(row.district) : null} fromOn={row.fromOn} toOn={row.toOn} /> },
        { key: 'assessments', title: say('trials.assessments'), align: 'right', show: (row) => <span className="ch-number">{row.assessments}</span> },
        { key: 'changed', title: say('trials.changed'), align: 'right', show: (row) => <strong className="ch-number">{row.changed}</strong> },
        { key: 'gains', title: say('trials.gains'), align: 'right', show: (row) => <span className="ch-number">{row.gains}</span> },
        { key: 'loses', title: say('trials.loses'), align: 'right', show: (row) => <span className="ch-number">{row.loses}</span> },
        { key: 'by', title: say('trials.by'), show: (row) => <>{row.triedBy} <span className="ch-muted"><InstantText at={row.triedAt} /></span></> },
      ]}
    />
  );
}

function SpanText({ district, fromOn, toOn }: { district: string | null; fromOn: string | null; toOn: string | null }) {
  const say = useWords('office');
  return <>{district ?? say('trials.everywhere')} {fromOn || toOn ? <span className="ch-muted"><DayText day={fromOn} /> – <DayText day={toOn} /></span> : <span className="ch-muted">{say('trials.always')}</span>}</>;
}

function NewTrial() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { lang } = usePreferences();
  const { message } = App.useApp();
  const go = useGo();
  const areas = useAreas();
  const [span, setSpan] = useState<Span>({});
  const [edition, setEdition] = useState<string>();
  const candidates = useQuery({ queryKey: ['GET /api/scale/candidates'], queryFn: () => api('GET /api/scale/candidates') });
  const run = useMutation({
    mutationFn: () => api('POST /api/scale/trials', { body: { edition: edition!, ...span } }),
    onSuccess: ({ id }) => {
      void message.success(say('trials.done'));
      go(`/scale-trials/${id}`);
    },
  });
  const chosen = candidates.data?.find((one) => one.id === edition);
  const day = (name: 'fromOn' | 'toOn') => (
    <DatePicker aria-label={say(`trials.${name}`)} placeholder={say(`trials.${name}`)} value={span[name] ? dayjs(span[name]) : null} onChange={(value) => setSpan((before) => withValue(before, name, value?.format('YYYY-MM-DD')))} />
  );
  return (
    <Card size="small" title={say('trials.new')} style={{ marginBlockEnd: 12 }}>
      <Space orientation="vertical" size={12} style={{ width: '100%' }}>
        <Space wrap>
          {areas.districts.length > 1 ? <Select allowClear style={{ minWidth: 160 }} aria-label={say('fields.district')} placeholder={say('trials.everywhere')} options={areas.districts} value={span.district ?? null} onChange={(value: string | null) => setSpan((before) => withValue(before, 'district', value ?? undefined))} /> : null}
          {day('fromOn')}
          {day('toOn')}
        </Space>
        <Space wrap align="start">
          <Select style={{ minWidth: 280, maxWidth: '80vw' }} aria-label={say('trials.edition')} placeholder={say('trials.choose')} value={edition ?? null} onChange={setEdition} options={(candidates.data ?? []).map((one) => ({ value: one.id, label: one.label[lang] }))} notFoundContent={say('trials.noCandidates')} />
          <Button type="primary" disabled={!edition} loading={run.isPending} onClick={() => run.mutate()}>{say('trials.run')}</Button>
        </Space>
        {chosen ? <div><Tag color="warning">{label.value(chosen.use)}</Tag><Tag>{label.value(chosen.type)}</Tag> {chosen.status === 'unverified' ? <UnverifiedBadge /> : null} <span className="ch-muted">{chosen.note?.[lang]} <span className="ch-code">{chosen.file}</span></span></div> : null}
        {run.error ? <ProblemAlert error={run.error} /> : null}
        {candidates.error ? <ProblemAlert error={candidates.error} /> : null}
        <UploadFile
          accept=".yaml,.yml"
          hint={say('trials.fileHint')}
          action={say('trials.runFile')}
          columnName={() => say('trials.file')}
          send={(file, how) => api('POST /api/scale/trials/file', { upload: file, query: span }, how)}
          outcome={() => say('trials.done')}
        />
      </Space>
    </Card>
  );
}

function withValue(span: Span, name: keyof Span, value: string | undefined): Span {
  const { [name]: _before, ...rest } = span;
  return value === undefined ? rest : { ...rest, [name]: value };
}

export function ScaleTrialPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/scale/trials/{id}', id], queryFn: () => api('GET /api/scale/trials/{id}', { params: { id } }), staleTime: Infinity });
  return <Loaded asked={asked}>{(trial) => <Result trial={trial} />}</Loaded>;
}

function Result({ trial }: { trial: TrialResult }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const areas = useAreas();
  const compared = trial.assessments - trial.notComparable;
  return (
    <>
      <PageHead title={trial.label[lang]} back={{ to: '/scale-trials', label: say('pages.scaleTrials') }} note={say('trials.noEffect')} extra={trial.status === 'unverified' ? <UnverifiedBadge /> : null} />
      <div className="ch-stack">
        <Card size="small">
          <FactList
            facts={[
              { label: say('trials.span'), value: <SpanText district={trial.district ? areas.name(trial.district) : null} fromOn={trial.fromOn} toOn={trial.toOn} /> },
              { label: say('trials.assessments'), value: <span className="ch-number">{say('trials.compared', { compared, vectors: trial.vectors })}</span> },
              { label: say('trials.changed'), value: <strong className="ch-number">{say('trials.share', { n: trial.changed, share: shareText(trial.changed, compared) })}</strong> },
              { label: say('trials.gains'), value: <span className="ch-number">{trial.gains}</span> },
              { label: say('trials.loses'), value: <span className="ch-number">{trial.loses}</span> },
              { label: say('trials.by'), value: <>{trial.triedBy} <InstantText at={trial.triedAt} /></> },
            ]}
          />
          {trial.notComparable > 0 ? <Alert type="warning" showIcon title={say('trials.notComparable', { n: trial.notComparable })} style={{ marginBlockStart: 8 }} /> : null}
        </Card>
        {trial.cells.length === 0 ? <Card size="small"><Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('trials.nothing')} /></Card> : (
          <Card size="small" title={say('trials.picture')}><GradePicture trial={trial} /></Card>
        )}
        {trial.changed > 0 ? <Card size="small" title={say('trials.people')}><Changes trial={trial} /></Card> : null}
      </div>
    </>
  );
}

/** Per cent with one digit, in whole numbers. */
function shareText(part: number, whole: number): string {
  return whole === 0 ? '0' : (Math.round((part * 1000) / whole) / 10).toFixed(1);
}

function Changes({ trial }: { trial: TrialResult }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { lang } = usePreferences();
  const grade = (grades: TrialResult['gradesBefore'], value: number) => gradeText(say, value, grades.find((one) => one.grade === value)?.[lang] ?? String(value));
  return (
    <DataTable
      inside
      name={`GET /api/scale/trials/{id}/changes ${trial.id}`}
      load={(query) => api('GET /api/scale/trials/{id}/changes', { params: { id: trial.id }, query: addressQuery(query) })}
      rowKey={(row) => row.assessmentId}
      filters={[
        { name: 'before', label: say('trials.before'), kind: 'choice', choices: trial.gradesBefore.map((one) => ({ value: String(one.grade), label: grade(trial.gradesBefore, one.grade) })) },
        { name: 'after', label: say('trials.after'), kind: 'choice', choices: trial.gradesAfter.map((one) => ({ value: String(one.grade), label: grade(trial.gradesAfter, one.grade) })) },
      ]}
      expand={(row) => <Why trialId={trial.id} assessmentId={row.assessmentId} />}
      columns={[
        { key: 'person', title: label.field('person'), show: (row) => <PersonLink id={row.personId} name={row.personName} /> },
        { key: 'number', title: label.field('number'), show: (row) => <Go to={`/applications/${row.applicationId}`}>{row.number}</Go> },
        { key: 'township', title: label.field('township'), show: (row) => (lang === 'zh' ? row.townshipZh : row.townshipEn), wideOnly: true },
        { key: 'assessedOn', title: label.field('onSiteAt'), show: (row) => <DayText day={row.assessedOn} />, wideOnly: true },
        { key: 'before', title: say('trials.before'), show: (row) => grade(trial.gradesBefore, row.before) },
        { key: 'after', title: say('trials.after'), show: (row) => <strong className={row.after < row.before ? 'ch-bad' : ''}>{grade(trial.gradesAfter, row.after)}</strong> },
      ]}
    />
  );
}

/** The facts of one person and both decisions, rule by rule. */
function Why({ trialId, assessmentId }: { trialId: string; assessmentId: string }) {
  const say = useWords('office');
  const sentence = useSentence();
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['change', trialId, assessmentId], queryFn: () => api('GET /api/scale/trials/{id}/changes/{assessment}', { params: { id: trialId, assessment: assessmentId } }), staleTime: Infinity });
  if (asked.error) return <ProblemAlert error={asked.error} />;
  if (!asked.data) return <span className="ch-muted">…</span>;
  const { before, after, answers } = asked.data;
  return (
    <div className="ch-grid-2" style={{ maxInlineSize: 'min(960px, calc(100vw - 64px))', whiteSpace: 'normal' }}>
      {[before, after].map((side, at) => (
        <div key={side.scaleId}>
          <strong>{say(at === 0 ? 'trials.before' : 'trials.after')}{say('colon')}{gradeText(say, side.grade, lang === 'zh' ? side.gradeZh : side.gradeEn)}</strong> <span className="ch-muted ch-code">{side.scaleId}</span>
          <ol className="ch-reasons">{side.reasons.map((one, place) => <li key={place} style={{ whiteSpace: 'normal' }}>{sentence('reasons', one.code, one.params)}</li>)}</ol>
        </div>
      ))}
      <div className="ch-muted" style={{ gridColumn: '1 / -1' }}>{answers.map((one) => `${one[lang]} ${lang === 'zh' ? one.optionZh : one.optionEn} (${one.points})`).join(' · ')}</div>
    </div>
  );
}
