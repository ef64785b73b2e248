/** The register of assessors and experts: the list, one file with its acts, and the own file. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ListPage, choicesOf, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useSignedIn, useToday, useWhyNot } from '../../ui/session.ts';
import { DayText, Nothing } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

const STANDINGS = ['active', 'ASSESSOR_NOT_ADMITTED', 'ASSESSOR_LEFT', 'ASSESSOR_SUSPENDED', 'ASSESSOR_CERTIFICATE_ENDED', 'ASSESSOR_TRAINING_SHORT'] as const;
const SUSPENSIONS = ['FALSE_RECORD', 'NOT_RECUSED', 'QUALITY', 'COMPLAINT', 'LEAK', 'TRAINING', 'INVESTIGATION', 'OTHER'] as const;
const DEPARTURES = ['RESIGNED', 'INSTITUTION_CLOSED', 'QUALIFICATION_LOST', 'FRAUD', 'OTHER'] as const;

type File = Awaited<ReturnType<typeof api<'GET /api/assessors/{id}'>>>;
type Admission = Parameters<typeof api<'POST /api/assessors/{id}/admissions'>>[1]['body'];
type Training = Parameters<typeof api<'POST /api/assessors/{id}/trainings'>>[1]['body'];
type Suspension = Parameters<typeof api<'POST /api/assessors/{id}/suspensions'>>[1]['body'];
type Departure = Parameters<typeof api<'POST /api/assessors/{id}/departures'>>[1]['body'];

function Standing({ standing }: { standing: string }) {
  const label = useLabels('workers', 'office');
  return <StateTag state={standing} tone={standing === 'active' ? 'good' : standing === 'ASSESSOR_LEFT' ? 'plain' : 'bad'}>{label.value(standing)}</StateTag>;
}

export function AssessorsPage() {
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  return (
    <ListPage
      title={say('pages.assessors')}
      note={say('assessors.hint')}
      extra={<AddCityExpert />}
      name="GET /api/assessors"
      load={({ expiring, ...query }) => api('GET /api/assessors', { query: { ...addressQuery(query), ...(expiring === 'true' ? { expiring: true } : {}) } })}
      rowKey={(row) => row.id}
      open={(row) => `/assessors/${row.id}`}
      empty={say('assessors.none')}
      filters={[
        { name: 'q', label: say('assessors.search'), kind: 'text' },
        { name: 'standing', label: label.field('standing'), kind: 'choice', choices: choicesOf(STANDINGS, label.value) },
        { name: 'register', label: label.field('register'), kind: 'choice', choices: choicesOf(['assessor', 'expert'], label.value) },
        { name: 'expiring', label: label.field('expiring'), kind: 'choice', choices: [{ value: 'true', label: label.field('expiring') }] },
        ...useInstitutionFilter('assessment'),
      ]}
      columns={[
        { key: 'name', title: label.field('name'), show: (row) => <strong>{row.name}</strong> },
        { key: 'register', title: label.field('register'), show: (row) => label.value(row.register ?? row.workerClass) },
        { key: 'institution', title: label.field('institution'), show: (row) => row.institutionName ?? say('assessors.cityList'), wideOnly: true },
        { key: 'standing', title: label.field('standing'), show: (row) => <Standing standing={row.standing} /> },
        { key: 'certificate', title: label.field('certificateNumber'), show: (row) => row.certificateNumber ?? <Nothing />, wideOnly: true },
        { key: 'until', title: label.field('certificateUntilOn'), show: (row) => <span className={row.certificateExpiring ? 'ch-bad' : ''}><DayText day={row.certificateUntilOn} /></span> },
        { key: 'hours', title: label.field('trainingHours'), align: 'right', show: (row) => row.trainingHours },
        { key: 'account', title: say('assessors.account'), show: (row) => say(row.hasAccount ? 'assessors.hasAccount' : 'assessors.noAccount'), wideOnly: true },
      ]}
    />
  );
}

/** The city's own list of experts is kept by the city's office alone. */
function AddCityExpert() {
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  const today = useToday();
  const mayNot = useWhyNot()('workers.add');
  const { area } = useSignedIn();
  if (mayNot !== undefined || area?.length !== 4) return null;
  return (
    <ActButton
      act={{
        name: 'addCityExpert', label: say('assessors.addCityExpert'), primary: true, intro: say('assessors.addCityExpertIntro'), initial: { fromOn: today },
        fields: [
          { name: 'name', label: label.field('name'), kind: 'text', required: true, max: 60 }, { name: 'identityNumber', label: label.field('identityNumber'), kind: 'text', required: true, max: 18, hint: say('people.identityHint') },
          { name: 'fromOn', label: say('assessors.listedFrom'), kind: 'day', required: true },
        ],
        run: (body: { name: string; identityNumber: string; fromOn: string }, how) => api('POST /api/workers', { body: { ...body, workerClass: 'expert' } }, how),
      }}
    />
  );
}

export function AssessorPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/assessors/{id}', id], queryFn: () => api('GET /api/assessors/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(file) => <FileRecord file={file} />}</Loaded>;
}

/** What an assessor or expert reads about themselves. */
export function OwnFilePage() {
  const asked = useQuery({ queryKey: ['GET /api/own-assessor-file'], queryFn: () => api('GET /api/own-assessor-file') });
  return <Loaded asked={asked}>{(file) => <FileRecord file={file} own />}</Loaded>;
}

function FileRecord({ file, own }: { file: File; own?: true }) {
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  const sentence = useSentence();
  const acts = useFileActs(file);
  const missing = file.reasons.filter((one) => one.code.startsWith('ASSESSOR_') && one.code !== 'ASSESSOR_ACTIVE' && one.code !== 'ASSESSOR_ENTRY_NOT_ASKED');
  return (
    <RecordPage
      id={file.id}
      title={file.name}
      back={own ? { to: '/', label: say('pages.home') } : { to: '/assessors', label: say('pages.assessors') }}
      state={<Standing standing={file.standing} />}
      note={missing.length > 0 ? <div className="ch-values">{missing.map((one) => <div key={one.code} className="ch-bad">{sentence('reasons', one.code, one.params)}</div>)}</div> : undefined}
      acts={own ? [] : acts}
      facts={[
        { label: label.field('register'), value: label.value(file.register ?? file.workerClass) },
        { label: label.field('institution'), value: file.institutionName ?? say('assessors.cityList') },
        { label: label.field('qualification'), value: file.qualification },
        { label: label.field('admittedOn'), value: <DayText day={file.admittedOn} /> },
        { label: label.field('certificateNumber'), value: file.certificateNumber },
        { label: label.field('certificateUntilOn'), value: <DayText day={file.certificateUntilOn} /> },
        { label: label.field('trainingHours'), value: file.trainingHours },
        { label: say('assessors.account'), value: say(file.hasAccount ? 'assessors.hasAccount' : 'assessors.noAccount') },
        { label: label.field('phone'), value: file.phone },
        { label: label.field('address'), value: file.address },
      ]}
    >
      <Trainings file={file} />
      <Measures file={file} />
    </RecordPage>
  );
}

function Trainings({ file }: { file: File }) {
  const say = useWords('office');
  return (
    <Card size="small" title={say('assessors.trainings')}>
      {file.trainings.length === 0 ? <span className="ch-muted">{say('assessors.noTraining')}</span> : file.trainings.map((one) => (
        <div key={one.id} className="ch-order-line">
          <DayText day={one.heldOn} />
          <span>{one.topic}</span>
          <span className="ch-number">{say('assessors.hours', { hours: one.hours })}</span>
          <StateTag state={one.passed ? 'passed' : 'failed'} tone={one.passed ? 'good' : 'bad'}>{say(one.passed ? 'assessors.passed' : 'assessors.failed')}</StateTag>
        </div>
      ))}
    </Card>
  );
}

/** Certificates, suspensions and exits, newest first. */
function Measures({ file }: { file: File }) {
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  const may = useWhyNot()('assessments.registerAssessor');
  return (
    <Card size="small" title={say('assessors.measures')}>
      {file.admissions.map((one) => <div key={one.id} className="ch-order-line"><DayText day={one.admittedOn} /><span>{say('assessors.admitted', { number: one.certificateNumber, until: one.certificateUntilOn })}</span><span className="ch-muted">{one.actorName}</span></div>)}
      {file.suspensions.map((one) => (
        <div key={one.id} className="ch-order-line">
          <span className="ch-number">{one.fromOn} – {one.liftedOn ?? one.toOn}</span>
          <span>{say('assessors.suspended', { reason: label.value(one.reason), source: one.source })}</span>
          <span className="ch-muted">{one.note}{one.liftNote ? ` · ${say('assessors.lifted', { day: one.liftedOn, note: one.liftNote })}` : ''}</span>
          {one.liftedOn === null && may === undefined ? <Lift id={one.id} /> : null}
        </div>
      ))}
      {file.departures.map((one) => <div key={one.id} className="ch-order-line"><DayText day={one.leftOn} /><span>{say('assessors.left', { reason: label.value(one.reason), until: one.barredUntilOn ?? '–' })}</span><span className="ch-muted">{one.note}</span></div>)}
      {file.admissions.length === 0 ? <span className="ch-muted">{say('assessors.noEntry')}</span> : null}
    </Card>
  );
}

function Lift({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  const today = useToday();
  return (
    <ActButton
      size="small"
      act={{
        name: 'lift', label: say('assessors.lift'), initial: { liftedOn: today },
        fields: [{ name: 'liftedOn', label: label.field('liftedOn'), kind: 'day', required: true }, { name: 'note', label: label.field('note'), kind: 'area', required: true, max: 400 }],
        run: (body: { liftedOn: string; note: string }, how) => api('POST /api/assessor-suspensions/{id}/lift', { params: { id }, body }, how),
      }}
    />
  );
}

function useFileActs(file: File): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  const today = useToday();
  const notMine = useWhyNot()('assessments.registerAssessor');
  const params = { id: file.id };
  const gone = file.admittedOn === null || file.leftOn !== null ? say('assessors.noEntry') : undefined;
  const note = { name: 'note', label: label.field('note'), kind: 'area', required: true, max: 400 } as const;
  if (notMine !== undefined) return [];
  return [
    {
      name: 'admit', label: say(gone ? 'assessors.admit' : 'assessors.renew'), primary: gone !== undefined, initial: { admittedOn: today, qualification: file.qualification ?? undefined, certificateNumber: file.certificateNumber ?? undefined, phone: file.phone ?? undefined, address: file.address ?? undefined },
      fields: [
        { name: 'qualification', label: label.field('qualification'), kind: 'text', required: true, max: 120 }, { name: 'certificateNumber', label: label.field('certificateNumber'), kind: 'text', required: true, max: 40 },
        { name: 'certificateUntilOn', label: label.field('certificateUntilOn'), kind: 'day', required: true }, { name: 'admittedOn', label: label.field('admittedOn'), kind: 'day', required: true },
        { name: 'phone', label: label.field('phone'), kind: 'text', max: 20, hint: say('assessors.contactHint') }, { name: 'address', label: label.field('address'), kind: 'text', max: 200 },
      ],
      run: (body: Admission, how) => api('POST /api/assessors/{id}/admissions', { params, body }, how),
    },
    {
      name: 'train', label: say('assessors.train'), initial: { heldOn: today, passed: true },
      fields: [{ name: 'topic', label: label.field('topic'), kind: 'text', required: true, max: 120 }, { name: 'hours', label: label.field('hours'), kind: 'number', required: true, min: 0.5, max: 200 }, { name: 'heldOn', label: label.field('heldOn'), kind: 'day', required: true }, { name: 'passed', label: label.field('passed'), kind: 'check' }],
      run: (body: Training, how) => api('POST /api/assessors/{id}/trainings', { params, body: { ...body, passed: body.passed ?? false } }, how),
    },
    {
      name: 'suspend', label: say('assessors.suspend'), danger: true, whyNot: gone, initial: { fromOn: today },
      fields: [
        { name: 'fromOn', label: say('assessors.from'), kind: 'day', required: true }, { name: 'toOn', label: say('assessors.to'), kind: 'day', required: true },
        { name: 'reason', label: label.field('reason'), kind: 'choice', choices: choicesOf(SUSPENSIONS, label.value), required: true }, { name: 'source', label: label.field('source'), kind: 'text', required: true, max: 200, hint: say('assessors.sourceHint') }, note,
      ],
      run: (body: Suspension, how) => api('POST /api/assessors/{id}/suspensions', { params, body }, how),
    },
    {
      name: 'depart', label: say('assessors.depart'), danger: true, whyNot: gone, initial: { leftOn: today },
      fields: [{ name: 'leftOn', label: label.field('leftOn'), kind: 'day', required: true }, { name: 'reason', label: label.field('reason'), kind: 'choice', choices: choicesOf(DEPARTURES, label.value), required: true }, { name: 'barredUntilOn', label: label.field('barredUntilOn'), kind: 'day' }, note],
      run: (body: Departure, how) => api('POST /api/assessors/{id}/departures', { params, body }, how),
    },
  ];
}
