/** An expert reads an assessment, answers included, and agrees or disagrees with reason and the items in dispute. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { DisputedItem, ReturnReason } from '#domain/assessments/expert/model.ts';
import { RETURN_REASONS } from '#domain/assessments/expert/model.ts';
import { api } from '../api.ts';
import { choicesOf } from '../parts.tsx';
import type { Application } from './application.tsx';
import { Answers, AssessmentCard } from './assessment-card.tsx';
import { DisputedItems } from './disputed-items.tsx';
import { PapersCards } from './papers-card.tsx';
import { ScrutinyCard, useItemNames, useScrutiny } from './scrutiny-card.tsx';
import { sexWord, worded } from '../show.ts';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { useGo } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import type { Fact } from '../../ui/record-page.tsx';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

export function ConfirmationPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/applications/{id}', id], queryFn: () => api('GET /api/applications/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(application) => <Confirmation application={application} />}</Loaded>;
}

/** What who looks at a result needs to know of the case. */
export function useCaseFacts(application: Application): Fact[] {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const people = useLabels('people', 'office');
  const word = useWords('people');
  return [
    { label: people.field('birthOn'), value: <DayText day={application.person.birthOn} /> },
    { label: people.field('sex'), value: sexWord(word, application.person.sex) },
    { label: label.field('kind'), value: label.value(application.kind) },
    { label: label.field('disabledSinceOn'), value: <DayText day={application.disabledSinceOn} /> },
    ...(application.statement ? [{ label: label.field('statement'), value: application.statement, wide: true }] : []),
  ];
}

function Confirmation({ application }: { application: Application }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const current = application.assessments.find((one) => one.supersededAt === null);
  const acts = useConfirmationActs(application, current);
  const facts = useCaseFacts(application);
  const hidden = useScrutiny(application.id).data?.hidden ?? false;
  return (
    <RecordPage
      id={application.id}
      also={current ? [current.id] : []}
      title={`${application.person.name} · ${application.number}`}
      back={{ to: '/confirmations', label: say('pages.confirmations') }}
      state={<StateTag state={application.state}>{label.state(application.state)}</StateTag>}
      acts={acts}
      facts={facts}
    >
      {current ? (
        <>
          <AssessmentCard assessment={current} expertsNeeded={application.expertsNeeded} answers={false} hidden={hidden} />
          <ScrutinyCard application={application} />
          <Card size="small" title={say('assessment.answers')}><Answers scaleId={current.scaleId} answers={current.answers} /></Card>
          <PapersCards application={application} />
        </>
      ) : <ScrutinyCard application={application} />}
    </RecordPage>
  );
}

type Disagreement = { note: string; reason: ReturnReason; items?: DisputedItem[] };

function useConfirmationActs(application: Application, current: Application['assessments'][number] | undefined): ActSpec[] {
  const say = useWords('office');
  const sentence = useSentence();
  const label = useLabels('assessments', 'office');
  const go = useGo();
  const { items } = useItemNames(current?.scaleId);
  const server = application.acts.find((one) => one.act === 'confirm');
  const whyNot = server?.allowed && current ? undefined : server?.why ? sentence('refusals', server.why.code, worded(server.why.params, label.state)) : say('notNow');
  const params = { id: current?.id ?? '' };
  const done = () => go('/confirmations');
  return [
    { name: 'agree', label: say('confirmations.agree'), primary: true, whyNot, intro: say('confirmations.agreeHint'), fields: [{ name: 'note', label: say('fields.note'), kind: 'area', max: 500 }], run: (body: { note?: string }, how) => api('POST /api/assessments/{id}/confirmations', { params, body: { ...body, agrees: true } }, how), done },
    {
      name: 'disagree', label: say('confirmations.disagree'), danger: true, whyNot, intro: say('confirmations.disagreeHint'),
      fields: [
        { name: 'reason', label: label.field('reason'), kind: 'choice', required: true, choices: choicesOf(RETURN_REASONS, label.value) },
        { name: 'items', label: label.field('items'), kind: 'own', wide: true, control: <DisputedItems items={items} answers={current?.answers ?? {}} /> },
        { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
      ],
      run: (body: Disagreement, how) => api('POST /api/assessments/{id}/confirmations', { params, body: { ...body, agrees: false } }, how), done,
    },
  ];
}
