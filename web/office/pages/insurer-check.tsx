/** The commissioned insurer: results that wait for its check, and the check itself, point by point. */
import { Radio } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CHECK_POINTS, RETURN_REASONS } from '#domain/assessments/expert/model.ts';
import type { CheckPoint, ReturnReason } from '#domain/assessments/expert/model.ts';
import { api } from '../api.ts';
import { worded } from '../show.ts';
import { CaseList } from './assessor-lists.tsx';
import type { Application } from './application.tsx';
import { Answers, AssessmentCard } from './assessment-card.tsx';
import { useCaseFacts } from './confirmation.tsx';
import { choicesOf } from '../parts.tsx';
import { PapersCards } from './papers-card.tsx';
import { ScrutinyCard, useItemNames } from './scrutiny-card.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { useGo } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

export function ChecksPage() {
  return <CaseList page="checks" query={{ waitsFor: 'check' }} open={(id) => `/checks/${id}`} />;
}

export function CheckPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/applications/{id}', id], queryFn: () => api('GET /api/applications/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(application) => <CheckRecord application={application} />}</Loaded>;
}

function CheckRecord({ application }: { application: Application }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const current = application.assessments.find((one) => one.supersededAt === null);
  const acts = useCheckActs(application, current?.scaleId);
  const facts = useCaseFacts(application);
  return (
    <RecordPage
      id={application.id}
      also={current ? [current.id] : []}
      title={`${application.person.name} · ${application.number}`}
      back={{ to: '/checks', label: say('pages.checks') }}
      state={<StateTag state={application.state}>{label.state(application.state)}</StateTag>}
      acts={acts}
      facts={facts}
    >
      {current ? <AssessmentCard assessment={current} expertsNeeded={application.expertsNeeded} answers={false} /> : null}
      <ScrutinyCard application={application} />
      {current ? <Card size="small" title={say('assessment.answers')}><Answers scaleId={current.scaleId} answers={current.answers} /></Card> : null}
      <PapersCards application={application} />
    </RecordPage>
  );
}

type Checklist = Partial<Record<CheckPoint, boolean>>;

/** Every point answered with yes or no. */
function PointList({ value = {}, onChange }: { value?: Checklist; onChange?: (value: Checklist) => void }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <div className="ch-values">
      {CHECK_POINTS.map((point) => (
        <div key={point} style={{ display: 'flex', justifyContent: 'space-between', gap: 8, flexWrap: 'wrap', inlineSize: '100%', alignItems: 'center' }}>
          <span id={`point-${point}`}>{label.value(point)}</span>
          <Radio.Group
            aria-labelledby={`point-${point}`}
            optionType="button"
            options={[{ value: true, label: say('checks.holds') }, { value: false, label: say('checks.fails') }]}
            value={value[point]}
            onChange={(event) => onChange?.({ ...value, [point]: event.target.value as boolean })}
          />
        </div>
      ))}
    </div>
  );
}

function useCheckActs(application: Application, scaleId: string | undefined): ActSpec[] {
  const say = useWords('office');
  const sentence = useSentence();
  const label = useLabels('assessments', 'office');
  const go = useGo();
  const { items, name } = useItemNames(scaleId);
  const server = application.acts.find((one) => one.act === 'check');
  const whyNot = server?.allowed ? undefined : server?.why ? sentence('refusals', server.why.code, worded(server.why.params, label.state)) : say('notNow');
  const params = { id: application.id };
  const done = () => go('/checks');
  const points = { name: 'checklist', label: label.field('checklist'), kind: 'own', required: true, wide: true, control: <PointList />, parts: Object.fromEntries(CHECK_POINTS.map((point) => [point, label.value(point)])) } as const;
  return [
    {
      name: 'pass', label: say('checks.pass'), primary: true, whyNot, intro: say('checks.passHint'), fields: [points, { name: 'note', label: say('fields.note'), kind: 'area', max: 500 }],
      run: (body: { checklist: Checklist; note?: string }, how) => api('POST /api/applications/{id}/check', { params, body: { ...body, result: 'passed' } }, how), done,
    },
    {
      name: 'return', label: say('checks.return'), danger: true, whyNot, intro: say('scrutiny.returnHint'),
      fields: [
        points,
        { name: 'reason', label: label.field('reason'), kind: 'choice', required: true, choices: choicesOf(RETURN_REASONS, label.value) },
        { name: 'items', label: label.field('items'), kind: 'codes', choices: items.map((one) => ({ value: one.code, label: name(one.code) })) },
        { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
      ],
      run: (body: { checklist: Checklist; reason: ReturnReason; note: string; items?: string[] }, how) => api('POST /api/applications/{id}/check', { params, body: { ...body, result: 'returned' } }, how), done,
    },
  ];
}
