/** Dispatch: cases that wait, the proposal with its reasons at a glance, one order by hand, and a whole district at once after a preview. */
import { Alert, Button, Empty, Form, Modal, Select, Space, Spin, Tooltip } from 'antd';
import { useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Problem, SubmitKeys } from '../../../kit/client.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Queue = Awaited<ReturnType<typeof api<'GET /api/dispatch-queue'>>>['rows'][number];
type Candidate = NonNullable<Queue['first']>;
type Preview = Awaited<ReturnType<typeof api<'GET /api/dispatch-batches/preview'>>>;

export function DispatchPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  return (
    <ListPage
      title={say('pages.dispatch')}
      note={say('dispatch.hint')}
      extra={<BatchButton />}
      name="GET /api/dispatch-queue"
      load={({ overdue, ...query }) => api('GET /api/dispatch-queue', { query: { ...addressQuery(query), ...(overdue === 'true' ? { overdue: true } : {}) } })}
      rowKey={(row) => row.id}
      open={(row) => `/applications/${row.id}`}
      empty={say('dispatch.none')}
      expand={(row) => <ProposalView id={row.id} />}
      filters={[
        { name: 'q', label: say('dispatch.search'), kind: 'text' },
        { name: 'overdue', label: label.field('overdue'), kind: 'choice', choices: [{ value: 'true', label: say('dispatch.overdueOnly') }] },
        { name: 'township', label: say('fields.township'), kind: 'choice', choices: areas.townships },
        ...useDistrictFilter(),
      ]}
      columns={[
        { key: 'number', title: label.field('number'), show: (row) => <strong className="ch-number">{row.number}</strong> },
        { key: 'person', title: label.field('personName'), show: (row) => row.personName },
        { key: 'kind', title: label.field('kind'), show: (row) => label.value(row.kind), wideOnly: true },
        { key: 'place', title: say('fields.township'), show: (row) => areas.name(row.townshipCode), wideOnly: true },
        { key: 'due', title: label.field('dueOn'), show: (row) => <Due row={row} /> },
        { key: 'first', title: say('dispatch.proposed'), show: (row) => <First row={row} /> },
        { key: 'act', title: '', show: (row) => <DispatchOne row={row} /> },
      ]}
    />
  );
}

function Due({ row }: { row: Queue }) {
  const say = useWords('office');
  if (row.calendarMissing !== null) return <span className="ch-bad">{say('dispatch.calendarMissing')}</span>;
  const left = row.workingDaysLeft;
  return (
    <Space size={6} wrap>
      <DayText day={row.dueOn} />
      {left === null ? null : row.overdue ? <StateTag state="overdue">{say('dispatch.over', { days: -left })}</StateTag> : <span className={left <= 2 ? 'ch-bad' : 'ch-muted'}>{left === 0 ? say('dispatch.lastDay') : say('dispatch.left', { days: left })}</span>}
    </Space>
  );
}

function First({ row }: { row: Queue }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const back = row.givenBack > 0 ? <StateTag state="refused">{say('dispatch.givenBack', { times: row.givenBack })}</StateTag> : null;
  if (row.first === null) return <Space wrap size={6}><span className="ch-bad">{say('dispatch.nobody')}</span>{row.excluded.map((one) => <span key={one.institutionId} className="ch-muted">{one.name}{say('ui:problem.colon')}{label.value(one.why)}</span>)}{back}</Space>;
  const { first } = row;
  return (
    <div>
      <Space wrap size={6}>{first.name}{first.drawn ? <StateTag state="drawn">{say('dispatch.drawn')}</StateTag> : null}{back}</Space>
      <div className="ch-muted" style={{ maxInlineSize: 320, whiteSpace: 'normal' }}>{say('dispatch.atAGlance', { points: first.points, open: first.openOrders, capacity: first.capacity ?? '–', month: first.monthOrders, fault: first.faultShareBp / 100 })}</div>
    </div>
  );
}

/** An order by hand: the first of the proposal needs no words, another one says why. */
function DispatchOne({ row }: { row: Queue }) {
  const say = useWords('office');
  const { data } = useQuery({ queryKey: ['GET /api/applications/{id}/dispatch-proposal', row.id], queryFn: () => api('GET /api/applications/{id}/dispatch-proposal', { params: { id: row.id } }), enabled: row.others > 0 });
  const choices = (data?.proposed ?? (row.first ? [row.first] : [])).map((one) => ({ value: one.institutionId, label: say('dispatch.choice', { place: one.place, name: one.name, points: one.points }) }));
  return (
    <ActButton
      size="small"
      act={{
        name: 'dispatch', label: say('acts.dispatch'), primary: true, whyNot: useWhyNot()('assessments.dispatch') ?? (row.first ? undefined : say('dispatch.nobody')),
        intro: say('dispatch.oneHint'), initial: row.first ? { institutionId: row.first.institutionId } : {},
        fields: [
          { name: 'institutionId', label: say('dispatch.institution'), kind: 'choice', choices, required: true },
          { name: 'reason', label: say('dispatch.reason'), kind: 'area', max: 400, hint: say('dispatch.reasonHint') },
        ],
        run: (body: { institutionId: string; reason?: string }, how) => api('POST /api/applications/{id}/dispatch', { params: { id: row.id }, body }, how),
      }}
    />
  );
}

/** The whole proposal of a case: every institution with its points as bars, and those left out with the reason. */
export function ProposalView({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const asked = useQuery({ queryKey: ['GET /api/applications/{id}/dispatch-proposal', id], queryFn: () => api('GET /api/applications/{id}/dispatch-proposal', { params: { id } }) });
  if (asked.error) return <ProblemAlert error={asked.error} retry={() => void asked.refetch()} />;
  if (!asked.data) return <Spin />;
  const { proposed, excluded } = asked.data;
  return (
    <div className="ch-dispatch">
      {proposed.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('dispatch.nobody')} /> : proposed.map((one) => <CandidateBar key={one.institutionId} one={one} />)}
      {excluded.map((one) => (
        <div key={one.institutionId} className="ch-muted">{say('dispatch.leftOut', { name: one.name, why: label.value(one.why), ground: one.ground ? label.value(one.ground) : '–' })}</div>
      ))}
    </div>
  );
}

function CandidateBar({ one }: { one: Candidate }) {
  const say = useWords('office');
  const parts = [['capacity', one.capacityPoints], ['rotation', one.rotationPoints], ['performance', one.performancePoints]] as const;
  return (
    <div className="ch-dispatch-row">
      <span className="ch-dispatch-name">{say('dispatch.place', { place: one.place })} {one.name}</span>
      <span className="ch-dispatch-bar" role="img" aria-label={say('dispatch.pointsOf', { name: one.name, points: one.points })}>
        {parts.map(([part, points]) => <Tooltip key={part} title={`${say(`dispatch.part.${part}`)} ${points}`}><span className={`ch-dispatch-part ch-dispatch-${part}`} style={{ width: `${points}%` }} /></Tooltip>)}
      </span>
      <span className="ch-number">{one.points}</span>
      <span className="ch-muted">{parts.map(([part, points]) => `${say(`dispatch.part.${part}`)} ${points}`).join(' · ')}{one.drawn ? ` · ${say('dispatch.drawn')}` : ''}</span>
    </div>
  );
}

function BatchButton() {
  const say = useWords('office');
  const [open, setOpen] = useState(false);
  const whyNot = useWhyNot()('assessments.dispatch');
  return (
    <>
      <Button type="primary" disabled={whyNot !== undefined} onClick={() => setOpen(true)}>{say('dispatch.batch')}</Button>
      {open ? <BatchDialog close={() => setOpen(false)} /> : null}
    </>
  );
}

/** A batch: the place, then who would get how many and why, then the confirmation of exactly that. */
function BatchDialog({ close }: { close: () => void }) {
  const say = useWords('office');
  const { districts, townships } = useAreas();
  const [place, setPlace] = useState<string | undefined>(districts.length === 1 ? districts[0]!.value : undefined);
  const keys = useRef(new SubmitKeys());
  const queries = useQueryClient();
  const query = place === undefined ? undefined : { districtCode: place.slice(0, 6), ...(place.length === 9 ? { townshipCode: place } : {}) };
  const asked = useQuery({ queryKey: ['GET /api/dispatch-batches/preview', place], queryFn: () => api('GET /api/dispatch-batches/preview', { query: query! }), enabled: query !== undefined, gcTime: 0, staleTime: 0 });
  const submit = useMutation({
    mutationFn: (preview: Preview) => {
      const body = { ...query!, stamp: preview.stamp };
      return api('POST /api/dispatch-batches', { body }, { repeatKey: keys.current.keyFor(body) });
    },
    onSuccess: async () => {
      keys.current.succeeded();
      await queries.invalidateQueries();
      close();
    },
    onError: (error) => (error instanceof Problem && error.code === 'DISPATCH_CHANGED' ? void asked.refetch() : undefined),
  });
  const preview = asked.data;
  const placed = preview === undefined ? 0 : preview.cases - preview.unplaced.length;
  return (
    <Modal open width={720} title={say('dispatch.batch')} onCancel={() => submit.isPending || close()} okText={say('dispatch.confirm', { cases: placed })} cancelText={say('dispatch.cancel')} okButtonProps={{ disabled: placed === 0, loading: submit.isPending }} onOk={() => preview && submit.mutate(preview)} destroyOnHidden>
      <p className="ch-muted">{say('dispatch.batchHint')}</p>
      <Form layout="vertical">
        <Form.Item label={say('dispatch.where')}>
          <Select aria-label={say('dispatch.where')} value={place ?? null} onChange={setPlace} options={[...districts.map((one) => ({ value: one.value, label: say('dispatch.wholeDistrict', { name: one.label }) })), ...townships]} />
        </Form.Item>
      </Form>
      <ProblemAlert error={submit.error ?? asked.error} />
      {asked.isFetching ? <Spin /> : preview ? <Shares preview={preview} /> : null}
    </Modal>
  );
}

function Shares({ preview }: { preview: Preview }) {
  const say = useWords('office');
  const most = Math.max(1, ...preview.shares.map((one) => one.cases));
  if (preview.cases === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('dispatch.none')} />;
  return (
    <div className="ch-dispatch">
      {preview.shares.map((one) => (
        <div key={one.institutionId} className="ch-dispatch-row">
          <span className="ch-dispatch-name">{one.name}</span>
          <span className="ch-dispatch-bar"><span className="ch-dispatch-part ch-dispatch-capacity" style={{ width: `${(one.cases * 100) / most}%` }} /></span>
          <strong className="ch-number">{say('dispatch.cases', { cases: one.cases })}</strong>
          <span className="ch-muted">{say('dispatch.shareWhy', { open: one.openOrders, capacity: one.capacity ?? '–', month: one.monthOrders, fault: one.faultShareBp / 100, drawn: one.drawn })}</span>
          {one.beyondCapacity > 0 ? <span className="ch-bad">{say('dispatch.beyond', { cases: one.beyondCapacity })}</span> : null}
        </div>
      ))}
      {preview.unplaced.length > 0 ? <Alert type="warning" showIcon title={say('dispatch.unplaced', { cases: preview.unplaced.length })} description={preview.unplaced.slice(0, 5).map((one) => one.number).join(say('comma'))} /> : null}
    </div>
  );
}
