/** Orders: for the institution to answer and to send people, for the agency to see what is open, refused, lapsed or late. */
import { Alert, Empty, Space } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { addDays } from '../../../kit/days.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, choicesOf, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import type { Tone } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { Loaded, PageHead, RecordPage } from '../../ui/record-page.tsx';
import { useSignedIn, useToday, useWhyNot } from '../../ui/session.ts';
import { DayText, InstantText, Nothing, officeMinute } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const STATES = ['open', 'accepted', 'refused', 'lapsed', 'withdrawn', 'done'] as const;
const REFUSALS = ['NO_CAPACITY', 'RECUSED', 'OUT_OF_REACH', 'PERSON_UNREACHABLE', 'OTHER'] as const;
const TONES: Record<string, Tone> = { open: 'wait', accepted: 'open', refused: 'bad', lapsed: 'bad', withdrawn: 'plain', done: 'good' };
const DAYS_AHEAD = 14;

type Row = Awaited<ReturnType<typeof api<'GET /api/orders'>>>['rows'][number];
type Order = Awaited<ReturnType<typeof api<'GET /api/orders/{id}'>>>;
type Sending = Parameters<typeof api<'POST /api/orders/{id}/assign'>>[1]['body'];
type Refusing = Parameters<typeof api<'POST /api/orders/{id}/refuse'>>[1]['body'];
type Withdrawing = Parameters<typeof api<'POST /api/orders/{id}/withdraw'>>[1]['body'];

function OrderState({ row }: { row: Row }) {
  const say = useWords('office');
  return (
    <Space size={4} wrap>
      <StateTag state={row.state} tone={TONES[row.state] ?? 'plain'}>{say(`orders.states.${row.state}`)}</StateTag>
      {row.late ? <StateTag state="overdue">{say('orders.late')}</StateTag> : null}
      {row.responseOverdue ? <StateTag state="overdue">{say('orders.responseOverdue')}</StateTag> : null}
    </Space>
  );
}

export function OrdersPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const own = useSignedIn().institutionId;
  return (
    <ListPage
      title={say('pages.orders')}
      note={say(own ? 'orders.hintOwn' : 'orders.hint')}
      extra={own ? <Go to="/order-calendar">{say('pages.orderCalendar')}</Go> : undefined}
      name="GET /api/orders"
      load={({ late, unassigned, ...query }) => api('GET /api/orders', { query: { ...addressQuery(query), ...(late === 'true' ? { late: true } : {}), ...(unassigned === 'true' ? { unassigned: true } : {}) } })}
      rowKey={(row) => row.id}
      open={(row) => `/orders/${row.id}`}
      empty={say('orders.none')}
      filters={[
        { name: 'q', label: say('orders.search'), kind: 'text' },
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(STATES, (code) => say(`orders.states.${code}`)) },
        { name: 'late', label: say('orders.late'), kind: 'choice', choices: [{ value: 'true', label: say('orders.lateOnly') }] },
        { name: 'unassigned', label: say('orders.unassigned'), kind: 'choice', choices: [{ value: 'true', label: say('orders.unassigned') }] },
        ...useInstitutionFilter('assessment'),
        ...useDistrictFilter(),
      ]}
      columns={[
        { key: 'number', title: label.field('number'), show: (row) => <strong className="ch-number">{row.number || '–'}</strong> },
        { key: 'person', title: label.field('personName'), show: (row) => row.personName ?? <span className="ch-muted">{say('orders.hidden')}</span> },
        { key: 'state', title: label.field('state'), show: (row) => <OrderState row={row} /> },
        ...(own ? [] : [{ key: 'institution', title: label.field('institution'), show: (row: Row) => row.institutionName }]),
        { key: 'respondBy', title: label.field('respondBy'), show: (row) => (row.state === 'open' ? <RespondBy at={row.respondBy} /> : <InstantText at={row.answeredAt} />) },
        { key: 'dueOn', title: label.field('dueOn'), show: (row) => <DayText day={row.dueOn} /> },
        { key: 'who', title: say('orders.sent'), show: (row) => (row.assessorName ? [row.assessorName, row.expertName].filter(Boolean).join(say('comma')) : <Nothing />), wideOnly: true },
        { key: 'when', title: label.field('appointmentOn'), show: (row) => (row.appointmentOn ? <span className="ch-number">{row.appointmentOn} {row.windowFrom}–{row.windowTo}</span> : <Nothing />), wideOnly: true },
        { key: 'why', title: label.field('reasonCode'), show: (row) => (row.reasonCode ? label.value(row.reasonCode) : <Nothing />), wideOnly: true },
      ]}
    />
  );
}

/** The end of a day is named by that day, not by the midnight after it. */
function RespondBy({ at }: { at: string | null }) {
  const say = useWords('office');
  const [day, time] = at === null ? [] : officeMinute(at).split(' ');
  return day !== undefined && time === '00:00' ? <>{say('orders.wholeDay', { day: addDays(day, -1) })}</> : <InstantText at={at} />;
}

/** Appointments of the next days, day by day. */
export function OrderCalendarPage() {
  const say = useWords('office');
  const today = useToday();
  const asked = useQuery({ queryKey: ['GET /api/orders', 'calendar', today], queryFn: () => api('GET /api/orders', { query: { from: today, to: addDays(today, DAYS_AHEAD), pageSize: 200 } }) });
  return (
    <>
      <PageHead title={say('pages.orderCalendar')} note={say('orders.calendarHint', { days: DAYS_AHEAD })} back={{ to: '/orders', label: say('pages.orders') }} />
      <Loaded asked={asked} headed>
        {({ rows }) => (rows.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('orders.noAppointments')} /> : <>{[...new Set(rows.map((one) => one.appointmentOn))].map((day) => <DayCard key={day} day={day} rows={rows.filter((one) => one.appointmentOn === day)} />)}</>)}
      </Loaded>
    </>
  );
}

function DayCard({ day, rows }: { day: string | null; rows: readonly Row[] }) {
  const say = useWords('office');
  return (
    <Card size="small" title={<DayText day={day} />} extra={say('orders.visits', { visits: rows.length })} style={{ marginBlockEnd: 12 }}>
      {rows.map((row) => (
        <div key={row.id} className="ch-order-line">
          <span className="ch-number">{row.windowFrom}–{row.windowTo}</span>
          <Go to={`/orders/${row.id}`}>{row.personName ?? row.number}</Go>
          <span>{row.address ?? '–'}</span>
          <span className="ch-muted">{[row.assessorName, row.expertName].filter(Boolean).join(say('comma'))}</span>
          <OrderState row={row} />
        </div>
      ))}
    </Card>
  );
}

export function OrderPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/orders/{id}', id], queryFn: () => api('GET /api/orders/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(order) => <OrderRecord order={order} />}</Loaded>;
}

function OrderRecord({ order }: { order: Order }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const may = useWhyNot();
  const nobody = may('assessments.takeOrder') === undefined && (order.state === 'open' || order.state === 'accepted');
  const toCase = may('assessments.read') === undefined && order.personName !== null;
  return (
    <RecordPage
      id={order.applicationId}
      title={`${order.number || say('orders.order')} · ${order.institutionName}`}
      back={{ to: '/orders', label: say('pages.orders') }}
      state={<OrderState row={order} />}
      acts={useOrderActs(order)}
      facts={[
        { label: label.field('personName'), value: toCase ? <Go to={`/applications/${order.applicationId}`}>{order.personName}</Go> : <span className="ch-muted">{say('orders.hidden')}</span> },
        { label: say('orders.address'), value: order.address ?? areas.name(order.townshipCode) },
        { label: label.field('applicantName'), value: order.applicantName },
        { label: label.field('contactPhone'), value: order.contactPhone },
        { label: label.field('issuedAt'), value: <><InstantText at={order.issuedAt} /> {order.issuerName}</> },
        { label: label.field('respondBy'), value: <RespondBy at={order.respondBy} /> },
        { label: label.field('dueOn'), value: <DayText day={order.dueOn} /> },
        { label: say('orders.chosen'), value: <Go to={`/explanations/${order.decisionId}`}>{say('orders.placed', { place: order.place ?? '–' })}</Go> },
        { label: label.field('chosenReason'), value: order.chosenReason },
        { label: say('orders.answered'), value: order.answeredAt ? <><InstantText at={order.answeredAt} /> {order.answererName}</> : null },
        { label: label.field('reasonCode'), value: order.reasonCode ? [label.value(order.reasonCode), order.note].filter(Boolean).join(say('ui:problem.colon')) : null },
        { label: say('orders.sent'), value: order.assessorName ? [order.assessorName, order.expertName].filter(Boolean).join(say('comma')) : null },
        { label: label.field('appointmentOn'), value: order.appointmentOn ? `${order.appointmentOn} ${order.windowFrom ?? ''}–${order.windowTo ?? ''}` : null },
      ]}
    >
      {order.sendAnew ? <Alert type="info" showIcon title={say('orders.cameBack', { names: order.mayMend.join(say('comma')) })} /> : null}
      {order.persons.length > 0 ? <Persons persons={order.persons} /> : nobody ? <Alert type="warning" showIcon title={say('orders.nobody')} /> : null}
    </RecordPage>
  );
}

/** Who may be sent, and why others may not. */
function Persons({ persons }: { persons: Order['persons'] }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const workers = useLabels('workers', 'office');
  return (
    <Card size="small" title={say('orders.persons')}>
      {persons.map((one) => (
        <div key={one.accountId} className="ch-order-line">
          <strong>{one.name}</strong>
          <span>{say(`orders.roles.${one.role}`)}</span>
          <StateTag state={one.standing} tone={one.fit ? 'good' : 'bad'}>{one.avoided ? label.value(one.avoided) : workers.value(one.standing)}</StateTag>
          <span className="ch-muted">{say('orders.appointments', { appointments: one.appointments })}</span>
        </div>
      ))}
    </Card>
  );
}

function useOrderActs(order: Order): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const workers = useLabels('workers', 'office');
  const today = useToday();
  const may = useWhyNot();
  const params = { id: order.id };
  const current = order.state === 'open' || order.state === 'accepted';
  const person = (role: string) => order.persons.filter((one) => one.role === role && one.fit).map((one) => ({ value: one.accountId, label: say('ui:with', { text: one.name, more: `${workers.value(one.standing)} · ${say('orders.appointments', { appointments: one.appointments })}` }) }));
  const stopped = current ? undefined : say('orders.over', { state: say(`orders.states.${order.state}`) });
  const acts: ActSpec[] = [];
  if (may('assessments.takeOrder') === undefined) {
    acts.push(
      { name: 'accept', label: say('orders.accept'), primary: order.state === 'open', whyNot: stopped ?? (order.state === 'accepted' ? say('orders.taken') : undefined), intro: say('orders.acceptHint'), run: (_, how) => api('POST /api/orders/{id}/accept', { params }, how) },
      {
        name: 'assign', label: say(order.sendAnew ? 'orders.sendAnew' : order.assessorName ? 'orders.assignAgain' : 'orders.assign'), primary: order.state === 'accepted' && order.assessorName === null, intro: order.sendAnew ? say('orders.sendAnewHint', { names: order.mayMend.join(say('comma')) }) : undefined,
        whyNot: order.sendAnew ? undefined : stopped ?? (order.state === 'open' ? say('orders.takeFirst') : undefined), initial: { appointmentOn: order.appointmentOn && order.appointmentOn >= today ? order.appointmentOn : today, windowFrom: order.windowFrom ?? '09:00', windowTo: order.windowTo ?? '11:00' },
        fields: [
          { name: 'assessorAccountId', label: label.field('assessor'), kind: 'choice', choices: person('assessor'), required: true },
          { name: 'expertAccountId', label: label.field('expert'), kind: 'choice', choices: person('assessmentExpert'), required: true },
          { name: 'appointmentOn', label: label.field('appointmentOn'), kind: 'day', required: true },
          { name: 'windowFrom', label: say('orders.from'), kind: 'text', required: true, max: 5, pattern: { is: /^([01][0-9]|2[0-3]):[0-5][0-9]$/, says: say('orders.clock') } },
          { name: 'windowTo', label: say('orders.to'), kind: 'text', required: true, max: 5, pattern: { is: /^([01][0-9]|2[0-3]):[0-5][0-9]$/, says: say('orders.clock') } },
          ...(order.sendAnew ? [{ name: 'note', label: say('orders.sendAnewWhy'), kind: 'area' as const, required: true, max: 400 }] : []),
        ],
        run: (body: Sending, how) => api('POST /api/orders/{id}/assign', { params, body }, how),
      },
      {
        name: 'refuse', label: say('orders.refuse'), danger: true, whyNot: stopped, intro: say('orders.refuseHint'),
        fields: [{ name: 'reason', label: label.field('reasonCode'), kind: 'choice', choices: choicesOf(REFUSALS, label.value), required: true }, { name: 'note', label: label.field('note'), kind: 'area', required: true, max: 400 }],
        run: (body: Refusing, how) => api('POST /api/orders/{id}/refuse', { params, body }, how),
      },
    );
  }
  if (may('assessments.dispatch') === undefined) {
    acts.push({
      name: 'withdraw', label: say('orders.withdraw'), danger: true, whyNot: stopped, intro: say('orders.withdrawHint'),
      fields: [{ name: 'reason', label: label.field('reasonCode'), kind: 'choice', choices: choicesOf(['MISTAKE', 'OTHER'], label.value), required: true }, { name: 'note', label: label.field('note'), kind: 'area', required: true, max: 400 }],
      run: (body: Withdrawing, how) => api('POST /api/orders/{id}/withdraw', { params, body }, how),
    });
  }
  return acts;
}
