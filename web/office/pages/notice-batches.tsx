/** Batches of notices: the poster, the photographs that it hung, the days on which it was missing, and publishing one. */
import { Button, Form, Image } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { GradeText, ListPage, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Fields } from '../../ui/fields.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { DayText, alone } from '../../ui/text.tsx';
import { UploadFile } from '../../ui/upload-file.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export function NoticeBatchesPage() {
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  return (
    <ListPage
      title={say('pages.noticeBatches')}
      note={say('batches.hint')}
      extra={<ActButton act={usePublishBatch()} />}
      name="GET /api/notices/batches"
      load={(query) => api('GET /api/notices/batches', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/notice-batches/${row.id}`}
      empty={say('batches.none')}
      filters={[
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(['running', 'ended'], label.state) },
        { name: 'proof', label: label.field('proofs'), kind: 'choice', choices: [{ value: 'missing', label: say('batches.noProof') }, { value: 'urgent', label: say('batches.proofUrgent') }] },
        { name: 'township', label: say('fields.township'), kind: 'choice', choices: areas.townships },
        ...district,
      ]}
      columns={[
        { key: 'number', title: label.field('batchNumber'), show: (row) => <strong className="ch-number">{row.number}</strong> },
        { key: 'community', title: label.field('community'), show: (row) => `${areas.name(row.townshipCode)} ${row.community ?? say('batches.wholeTownship')}` },
        { key: 'state', title: label.field('state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'startsOn', title: label.field('startsOn'), show: (row) => <DayText day={row.startsOn} /> },
        { key: 'endsOn', title: label.field('endsOn'), show: (row) => <DayText day={row.endsOn} /> },
        { key: 'notices', title: label.field('notices'), align: 'right', show: (row) => row.notices },
        { key: 'proofs', title: label.field('proofs'), show: (row) => (row.proofUrgent ? <StateTag state="urgent" tone="bad">{say('batches.proofUrgent')}</StateTag> : row.proofs === 0 ? <span className={row.state === 'ended' ? 'ch-muted' : 'ch-bad'}>{say('batches.noProof')}</span> : row.proofs) },
        { key: 'objections', title: label.field('objections'), align: 'right', show: (row) => (row.openObjections > 0 ? <span className="ch-bad">{say('notices.openOf', { open: row.openObjections, all: row.objections })}</span> : row.objections) },
      ]}
    />
  );
}

/** The act of hanging out every confirmed result of a place; the places are those where results wait. */
export function usePublishBatch(): ActSpec {
  const say = useWords('office');
  const areas = useAreas();
  const go = useGo();
  const notAllowed = useWhyNot()('assessments.publish');
  const waiting = useQuery({ queryKey: ['GET /api/notices/batches/waiting'], queryFn: () => api('GET /api/notices/batches/waiting'), enabled: notAllowed === undefined }).data ?? [];
  const townships = [...new Set(waiting.map((one) => one.townshipCode))].filter((code) => waiting.filter((one) => one.townshipCode === code).length > 1);
  const choices = [
    ...waiting.map((one) => ({ value: `${one.townshipCode}|${one.community}`, label: say('batches.place', { place: `${areas.name(one.townshipCode)} ${one.community}`, cases: one.cases }) })),
    ...townships.map((code) => ({ value: `${code}|`, label: say('batches.place', { place: `${areas.name(code)} ${say('batches.wholeTownship')}`, cases: waiting.filter((one) => one.townshipCode === code).reduce((sum, one) => sum + one.cases, 0) }) })),
  ];
  return {
    name: 'publishBatch',
    label: say('batches.publish'),
    primary: true,
    whyNot: notAllowed ?? (choices.length === 0 ? say('batches.nothingWaits') : undefined),
    intro: say('batches.publishHint'),
    fields: [{ name: 'place', label: say('batches.where'), kind: 'choice', required: true, choices }],
    run: ({ place }: { place: string }, how) => {
      const [townshipCode = '', community = ''] = place.split('|');
      return api('POST /api/notices/batches', { body: { townshipCode, ...(community ? { community } : {}) } }, how);
    },
    done: (made: { id: string }) => go(`/notice-batches/${made.id}`),
  };
}

type Batch = Awaited<ReturnType<typeof api<'GET /api/notices/batches/{id}'>>>;

export function NoticeBatchPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/notices/batches/{id}', id], queryFn: () => api('GET /api/notices/batches/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(batch) => <BatchRecord batch={batch} />}</Loaded>;
}

function BatchRecord({ batch }: { batch: Batch }) {
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const areas = useAreas();
  const acts = useInterruption(batch);
  const moved = batch.endsOn === batch.firstEndsOn ? null : <span className="ch-muted"> {say('batches.movedFrom', { day: batch.firstEndsOn })}</span>;
  return (
    <RecordPage
      id={batch.id}
      title={batch.number}
      back={{ to: '/notice-batches', label: say('pages.noticeBatches') }}
      state={<StateTag state={batch.state}>{label.state(batch.state)}</StateTag>}
      note={<Posters id={batch.id} />}
      acts={acts}
      facts={[
        { label: label.field('community'), value: `${areas.name(batch.townshipCode)} ${batch.community ?? say('batches.wholeTownship')}` },
        { label: label.field('publishedOn'), value: <DayText day={batch.publishedOn} /> },
        { label: label.field('startsOn'), value: <DayText day={batch.startsOn} /> },
        { label: label.field('endsOn'), value: <><DayText day={batch.endsOn} />{moved}</> },
        { label: label.field('notices'), value: batch.notices },
        { label: label.field('objections'), value: batch.openObjections > 0 ? say('notices.openOf', { open: batch.openObjections, all: batch.objections }) : batch.objections },
      ]}
    >
      <Interruptions batch={batch} />
      <Proofs batch={batch} />
      <Posted number={batch.number} />
    </RecordPage>
  );
}

function Posters({ id }: { id: string }) {
  const say = useWords('office');
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      {(['a3', 'a4'] as const).map((paper) => (
        <Button key={paper} href={api.url('GET /api/notices/batches/{id}/poster.pdf', { params: { id }, query: { paper } })} target="_blank">
          {say('batches.poster', { paper: paper.toUpperCase() })}
        </Button>
      ))}
    </div>
  );
}

type InterruptionBody = Parameters<typeof api<'POST /api/notices/batches/{id}/interruptions'>>[1]['body'];

function useInterruption(batch: Batch): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const notAllowed = useWhyNot()('notices.interrupt');
  return [{
    name: 'interrupt',
    label: say('batches.interrupt'),
    whyNot: notAllowed,
    intro: say(batch.state === 'ended' ? 'batches.lateHint' : 'batches.interruptHint'),
    fields: [
      { name: 'fromOn', label: label.field('fromOn'), kind: 'day', required: true },
      { name: 'toOn', label: label.field('toOn'), kind: 'day', required: true },
      { name: 'note', label: say('batches.interruptNote'), kind: 'area', required: true, max: 500, hint: say('batches.notePublic') },
    ],
    run: (body: InterruptionBody, how) => api('POST /api/notices/batches/{id}/interruptions', { params: { id: batch.id }, body }, how),
  }];
}

function Interruptions({ batch }: { batch: Batch }) {
  const say = useWords('office');
  if (batch.interruptions.length === 0) return null;
  return (
    <Card size="small" title={say('batches.interruptions')}>
      {batch.interruptions.map((gap) => (
        <p key={gap.fromOn + gap.toOn}>
          <DayText day={gap.fromOn} /> – <DayText day={gap.toOn} /> {say('batches.made', { days: gap.missingDays, day: gap.endsOn })} <span className="ch-muted">{gap.note}</span>
        </p>
      ))}
    </Card>
  );
}

function Proofs({ batch }: { batch: Batch }) {
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const today = useToday();
  const may = useWhyNot()('notices.recordPosting') === undefined;
  const [form] = Form.useForm<{ postedOn: string; note?: string; late?: 'missing' | 'hung' }>();
  const posted = Form.useWatch('postedOn', form) as string | undefined;
  // The first photograph says since when the poster hangs: a day after the first one of the notice is explained.
  const late = batch.proofs.length === 0 && posted !== undefined && posted > batch.startsOn;
  return (
    <Card size="small" title={label.field('proofs')}>
      {batch.proofs.length === 0 ? <p className="ch-muted" style={{ marginBlockStart: 0 }}>{alone(say('batches.noProof'))}</p> : null}
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', marginBlockEnd: 12 }}>
        {batch.proofs.map((proof) => (
          <figure key={proof.id} style={{ margin: 0, maxWidth: 220 }}>
            <Image width={220} src={api.url('GET /api/notices/proofs/{id}/picture', { params: { id: proof.id } })} alt={say('batches.photo', { day: proof.postedOn, who: proof.actorName })} />
            <figcaption>
              <DayText day={proof.postedOn} /> · {proof.actorName} {proof.note ? <div>{proof.note}</div> : null}
              <div className="ch-muted ch-small">{say('fields.sha256')} <span className="ch-code" title={proof.sha256}>{proof.sha256.slice(0, 12)}</span></div>
            </figcaption>
          </figure>
        ))}
      </div>
      {may ? (
        <>
          <Form form={form} layout="vertical" initialValues={{ postedOn: today }}>
            <Fields
              fields={[
                { name: 'postedOn', label: label.field('postedOn'), kind: 'day', required: true, hint: say('batches.postedHint') },
                ...(late ? [{ name: 'late', label: say('batches.late'), kind: 'radio' as const, required: true, choices: [{ value: 'missing', label: say('batches.lateMissing') }, { value: 'hung', label: say('batches.lateHung') }] }] : []),
                late
                  ? { name: 'note', label: say('batches.lateWhy'), kind: 'text', max: 500, required: true, pattern: { is: /^\s*\S.{3,}\S\s*$/su, says: say('batches.lateWhyShort') } }
                  : { name: 'note', label: label.field('note'), kind: 'text', max: 500 },
              ]}
            />
          </Form>
          <UploadFile
            accept=".jpg,.jpeg,.png"
            hint={say('batches.photoHint')}
            action={say('batches.uploadPhoto')}
            ready={() => form.validateFields().then(() => true, () => false)}
            columnName={label.field}
            send={(upload, how) => {
              const { postedOn, note, late: why } = form.getFieldsValue();
              return api('POST /api/notices/batches/{id}/proofs', { params: { id: batch.id }, query: { postedOn, note: note?.trim() || undefined, late: late ? why : undefined }, upload }, how);
            }}
            sent={() => form.resetFields(['note', 'late'])}
            outcome={(proof) => say('batches.kept', { day: proof.postedOn })}
          />
        </>
      ) : null}
    </Card>
  );
}

function Posted({ number }: { number: string }) {
  const say = useWords('office');
  const label = useLabels('notices', 'office');
  const asked = useQuery({ queryKey: ['GET /api/notices', 'batch', number], queryFn: () => api('GET /api/notices', { query: { batch: number, pageSize: 200 } }) });
  return (
    <Card size="small" title={say('batches.cases')}>
      <Loaded asked={asked}>
        {({ rows }) => (
          <table className="ch-answers ch-rows">
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row"><Go to={`/notices/${row.id}`}>{row.maskedName}</Go></th>
                  <td className="ch-number">{row.maskedNumber}</td>
                  <td>{row.community}</td>
                  <td><GradeText grade={row.content.grade} zh={row.content.gradeZh} en={row.content.gradeEn} /></td>
                  <td><StateTag state={row.state}>{label.state(row.state)}</StateTag>{row.openObjections > 0 ? <span className="ch-bad"> {say('notices.openOf', { open: row.openObjections, all: row.objections })}</span> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Card>
  );
}
