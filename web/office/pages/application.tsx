/** One application from filing to conclusion. */
import { Alert } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { CLOSE_GROUNDS, REFUSAL_CODES } from '#domain/assessments/model.ts';
import { api } from '../api.ts';
import { worded } from '../show.ts';
import { useAreas } from '../areas.ts';
import { GradeText, PersonLink, choicesOf, useInstitutionLookup } from '../parts.tsx';
import { AssessmentCard } from './assessment-card.tsx';
import { OverturnedCard } from './overturned.tsx';
import { PapersCards, PapersNote } from './papers-card.tsx';
import { PreReviewCard } from './pre-review-card.tsx';
import { ScrutinyCard, useScrutinyActs } from './scrutiny-card.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { DayText, alone } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

export type Application = OutputOf<(typeof assessmentsContract)['GET /api/applications/{id}']>;

export function ApplicationPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/applications/{id}', id], queryFn: () => api('GET /api/applications/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(application) => <ApplicationRecord application={application} />}</Loaded>;
}

function ApplicationRecord({ application }: { application: Application }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const acts = [...useApplicationActs(application), ...useScrutinyActs(application)];
  // Once there is an assessment it is what the next act is about; the papers come after it.
  const assessed = application.assessments.length > 0;
  return (
    <RecordPage
      id={application.id}
      also={[...application.assessments.flatMap((one) => [one.id, ...(one.siteVisitId ? [one.siteVisitId] : [])]), ...(application.notice ? [application.notice.id] : []), ...(application.conclusion ? [application.conclusion.id] : [])]}
      title={`${application.person.name} · ${application.number}`}
      back={{ to: '/applications', label: say('pages.applications') }}
      state={<StateTag state={application.state}>{label.state(application.state)}</StateTag>}
      acts={acts}
      note={<StateNote application={application} />}
      facts={[
        { label: label.field('person'), value: <PersonLink id={application.personId} name={application.person.name} /> },
        { label: label.field('identityNumber'), value: <span className="ch-number">{application.person.identityNumber}</span> },
        { label: label.field('kind'), value: application.kindDecisionId ? <Go to={`/explanations/${application.kindDecisionId}`}>{label.value(application.kind)}</Go> : label.value(application.kind) },
        { label: label.field('filedOn'), value: <DayText day={application.filedOn} /> },
        { label: label.field('applicantName'), value: say('ui:with', { text: application.applicantName, more: label.value(application.relation) }) },
        ...(application.agent ? [{ label: label.field('agent'), value: `${application.agent.name} ${application.agent.maskedNumber}` }] : []),
        { label: label.field('contactPhone'), value: <span className="ch-number">{application.contactPhone}</span> },
        { label: label.field('disabledSinceOn'), value: <DayText day={application.disabledSinceOn} /> },
        { label: label.field('insuredFromOn'), value: <DayText day={application.person.insuredFromOn} /> },
        { label: label.field('township'), value: `${areas.name(application.townshipCode)} ${application.person.community}` },
        { label: label.field('assessmentInstitution'), value: application.institutionName ?? '–' },
        { label: label.field('address'), value: application.person.address, wide: true },
        ...(application.before ? [{ label: label.field('before'), value: <BeforeText before={application.before} /> }] : []),
        ...(application.ground ? [{ label: label.field('ground'), value: label.value(application.ground) }, { label: label.field('groundSource'), value: application.groundSource }] : []),
        ...(application.statement ? [{ label: label.field('statement'), value: application.statement, wide: true }] : []),
      ]}
    >
      <PreReviewCard application={application} />
      {assessed ? null : <PapersCards application={application} />}
      <OverturnedCard application={application.id} />
      <ScrutinyCard application={application} />
      {application.assessments.map((one) => <AssessmentCard key={one.id} assessment={one} expertsNeeded={application.expertsNeeded} />)}
      {assessed ? <PapersCards application={application} /> : null}
    </RecordPage>
  );
}

/** The conclusion that a case follows, changes or reviews, with its grade. */
export function BeforeText({ before }: { before: NonNullable<Application['before']> }) {
  return <span className="ch-pairs"><Go to={`/conclusions/${before.id}`}>{before.number}</Go> <GradeText grade={before.grade} zh={before.gradeZh} en={before.gradeEn} /></span>;
}

/** What is due, and where the case stands. */
function StateNote({ application }: { application: Application }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { notice, conclusion } = application;
  return (
    <div className="ch-values">
      {application.refusalCode ? <Alert type="error" showIcon title={say(`refusalCodes.${application.refusalCode}`)} /> : null}
      <PapersNote application={application} />
      {application.overdue && application.state !== 'filed' ? <Alert type="warning" showIcon title={say('applications.overdueSince', { state: alone(label.state(application.state)), day: application.dueOn })} /> : null}
      {application.overdue && application.state === 'filed' ? <Alert type="warning" showIcon title={say('papers.overdueFiled', { day: application.dueOn })} /> : null}
      {application.dueOn && !application.overdue ? <div>{label.field('dueOn')} <DayText day={application.dueOn} /></div> : null}
      {application.calendarMissing ? <Alert type="warning" showIcon title={say('applications.noCalendar')} /> : null}
      {notice ? (
        <div>
          <Go to={`/notices/${notice.id}`}>{say('applications.notice')}</Go> <DayText day={notice.startsOn} /> – <DayText day={notice.endsOn} />
          {notice.openObjections > 0 ? <span className="ch-bad"> {say('applications.openObjections', { n: notice.openObjections })}</span> : null}
        </div>
      ) : null}
      {conclusion ? <Go to={`/conclusions/${conclusion.id}`}>{say('applications.conclusion', { number: conclusion.number })}</Go> : null}
      {application.grade !== null ? <div>{say('applications.result')} <GradeText grade={application.grade} /></div> : null}
    </div>
  );
}

type AcceptBody = Parameters<typeof api<'POST /api/applications/{id}/accept'>>[1]['body'];
type CloseBody = Parameters<typeof api<'POST /api/applications/{id}/close'>>[1]['body'];
type RefuseBody = Parameters<typeof api<'POST /api/applications/{id}/refuse'>>[1]['body'];

/** A review, or a case back after an upheld objection, must go to others: also to those of another district. */
function mayLeaveDistrict({ kind, assessments }: Application): boolean {
  return kind === 'review' || kind === 'finalReview' || assessments.some((one) => one.supersededBy === 'objection');
}

/** The institution that the rule proposes, while the case can be dispatched; the form begins with it. */
function useProposed({ id, acts }: Application): string | undefined {
  const may = acts.some((one) => one.act === 'dispatch' && one.allowed);
  const asked = useQuery({ queryKey: ['GET /api/applications/{id}/dispatch-proposal', id], queryFn: () => api('GET /api/applications/{id}/dispatch-proposal', { params: { id } }), enabled: may });
  return may ? asked.data?.proposed[0]?.institutionId : undefined;
}

/** The acts that the server names for this case, with what it would answer now. */
function useApplicationActs(application: Application): ActSpec[] {
  const say = useWords('office');
  const sentence = useSentence();
  const label = useLabels('assessments', 'office');
  const assessors = useInstitutionLookup('assessment', mayLeaveDistrict(application) ? undefined : application.districtCode);
  const go = useGo();
  const params = { id: application.id };
  const proposed = useProposed(application);
  const specs: Record<string, Omit<ActSpec, 'name' | 'label' | 'whyNot'>> = {
    accept: {
      primary: true,
      intro: say('applications.acceptHint'),
      initial: { costCovered: true, materialsLacking: [] },
      fields: [
        { name: 'costCovered', label: say('applications.costCovered'), kind: 'check' },
        { name: 'promisedBy', label: say('papers.promisedBy'), kind: 'text', max: 60, hint: say('papers.promiseHint') },
        { name: 'materialsLacking', label: say('applications.materialsLacking'), kind: 'codes', choices: application.materials.map((one) => ({ value: label.value(one), label: label.value(one) })) },
      ],
      run: (body: AcceptBody, how) => api('POST /api/applications/{id}/accept', { params, body: { costCovered: body.costCovered ?? false, materialsLacking: body.materialsLacking ?? [], ...(body.promisedBy?.trim() ? { promisedBy: body.promisedBy.trim() } : {}) } }, how),
    },
    refuse: {
      danger: true,
      fields: [
        { name: 'code', label: say('applications.refusalCode'), kind: 'choice', required: true, choices: choicesOf(REFUSAL_CODES, (code) => say(`refusalCodes.${code}`)) },
        { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
        { name: 'disabledSinceOn', label: label.field('disabledSinceOn'), kind: 'day', hint: say('papers.refusedSinceHint') },
        { name: 'againstRecord', label: say('papers.againstRecord'), kind: 'area', max: 500, hint: say('papers.againstRecordHint') },
      ],
      run: (body: RefuseBody, how) => api('POST /api/applications/{id}/refuse', { params, body }, how),
    },
    dispatch: {
      primary: application.state === 'accepted',
      intro: proposed ? say('dispatch.oneHint') : undefined,
      initial: proposed ? { institutionId: proposed } : {},
      fields: [{ name: 'institutionId', label: label.field('assessmentInstitution'), kind: 'lookup', lookup: assessors, required: true }, { name: 'reason', label: say('dispatch.reason'), kind: 'area', max: 400, hint: say('dispatch.reasonHint') }],
      run: (body: { institutionId: string; reason?: string }, how) => api('POST /api/applications/{id}/dispatch', { params, body }, how),
    },
    withdraw: {
      danger: true,
      intro: say('papers.withdrawIntro'),
      fields: [{ name: 'reason', label: say('papers.withdrawReason'), kind: 'area', required: true, max: 300 }],
      run: (body: { reason: string }, how) => api('POST /api/applications/{id}/withdraw', { params, body }, how),
    },
    close: {
      danger: true,
      intro: say('papers.closeIntro'),
      fields: [{ name: 'ground', label: label.field('closedReason'), kind: 'choice', required: true, choices: choicesOf(CLOSE_GROUNDS, label.value) }, { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 }],
      run: (body: CloseBody, how) => api('POST /api/applications/{id}/close', { params, body }, how),
    },
    publish: { primary: true, intro: say('applications.publishHint'), run: (_, how) => api('POST /api/applications/{id}/publish', { params }, how) },
    conclude: { primary: true, intro: say('applications.concludeHint'), run: (_, how) => api('POST /api/applications/{id}/conclude', { params }, how), done: (made: { id: string }) => go(`/conclusions/${made.id}`) },
  };
  return application.acts
    .filter((one) => specs[one.act])
    .map((one) => ({ ...specs[one.act]!, name: one.act, label: say(`acts.${one.act}`), whyNot: one.allowed ? undefined : one.why ? sentence('refusals', one.why.code, worded(one.why.params, label.state)) : say('notNow') }));
}
