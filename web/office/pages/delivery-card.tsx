/** How a conclusion was delivered: every attempt with its proof, and the next one; the photograph may come straight from a phone. */
import { Alert, Button, Space } from 'antd';
import { useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { FAILURES_OF, RECIPIENTS } from '#domain/assessments/delivery/model.ts';
import { api } from '../api.ts';
import { choicesOf } from '../parts.tsx';
import { DueText } from './deliveries.tsx';
import { Acts } from '../../ui/acts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { Card } from '../../ui/card.tsx';
import type { FieldSpec } from '../../ui/fields.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { FactList, Loaded } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Record_ = Awaited<ReturnType<typeof api<'GET /api/conclusions/{id}/deliveries'>>>;
type Body = Parameters<typeof api<'POST /api/conclusions/{id}/deliveries'>>[1]['body'];

export function DeliveryCard({ id }: { id: string }) {
  const say = useWords('office');
  const asked = useQuery({ queryKey: ['GET /api/conclusions/{id}/deliveries', id], queryFn: () => api('GET /api/conclusions/{id}/deliveries', { params: { id } }) });
  return (
    <Card size="small" title={say('deliveries.card')} id="delivery">
      <Loaded asked={asked}>{(record) => (record.hasLetter ? <Deliveries id={id} record={record} /> : <span className="ch-muted">{say('conclusions.noLetter')}</span>)}</Loaded>
    </Card>
  );
}

function Deliveries({ id, record }: { id: string; record: Record_ }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const acts = useDeliveryActs(id, record);
  return (
    <Space orientation="vertical" size={12} style={{ width: '100%' }}>
      <FactList
        facts={[
          { label: label.field('receivedOn'), value: record.receivedOn ? <DayText day={record.receivedOn} /> : <span className="ch-bad">{say('deliveries.notYet')}</span> },
          { label: label.field('deliveryDueOn'), value: <DueText dueOn={record.dueOn} overdue={record.overdue} missing={record.calendarMissing} /> },
          { label: label.field('failures'), value: record.failures },
          { label: label.field('phone'), value: record.phone ?? say('deliveries.noPhone') },
        ]}
      />
      {record.attempts.map((one) => (
        <div key={one.id} className="ch-note">
          <strong>{label.value(one.way)}</strong> · <span className={one.outcome === 'failed' ? 'ch-bad' : ''}>{one.failure ? say('ui:with', { text: label.value(one.outcome), more: label.value(one.failure) }) : label.value(one.outcome)}</span> · <DayText day={one.happenedOn} />
          {one.recipientName ? <> · {one.recipientRelation ? say('ui:with', { text: one.recipientName, more: label.value(one.recipientRelation) }) : one.recipientName}</> : null}
          {one.trackingNumber ? <> · <span className="ch-code">{one.trackingNumber}</span></> : null}
          {one.phone ? <> · <span className="ch-number">{one.phone}</span></> : null}
          {one.proof ? <> · <a href={api.url('GET /api/deliveries/proofs/{id}/file', { params: { id: one.proof.id } })} target="_blank" rel="noreferrer">{label.field('proof')}</a></> : null}
          <div className="ch-muted">{one.actorName} {one.note}</div>
        </div>
      ))}
      {record.receivedOn === null ? <Acts acts={acts} /> : (
        <details>
          <summary className="ch-muted">{say('deliveries.again')}</summary>
          <div style={{ marginBlockStart: 8 }}><Acts acts={acts} /></div>
        </details>
      )}
      <Button href={api.url('GET /api/conclusions/{id}/delivery-form.pdf', { params: { id } })} target="_blank">{say('deliveries.form')}</Button>
    </Space>
  );
}

function useDeliveryActs(id: string, record: Record_): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const today = useToday();
  const notAllowed = useWhyNot()('assessments.deliver');
  const run = (fixed: Partial<Body>) => (body: Body, how: { repeatKey: string }) => api('POST /api/conclusions/{id}/deliveries', { params: { id }, body: { ...body, ...fixed } as Body }, how);
  const day: FieldSpec = { name: 'happenedOn', label: label.field('happenedOn'), kind: 'day', required: true };
  const note: FieldSpec = { name: 'note', label: say('fields.note'), kind: 'area', max: 500 };
  const whom: FieldSpec[] = [
    { name: 'recipientName', label: label.field('recipientName'), kind: 'text', required: true, max: 60 },
    { name: 'recipientRelation', label: label.field('recipientRelation'), kind: 'choice', required: true, choices: choicesOf(RECIPIENTS, label.value) },
  ];
  const tracking: FieldSpec = { name: 'trackingNumber', label: label.field('trackingNumber'), kind: 'text', required: true, max: 40 };
  const why = (way: 'handedOver' | 'post'): FieldSpec => ({ name: 'failure', label: label.field('failure'), kind: 'choice', required: true, choices: choicesOf(FAILURES_OF[way], label.value) });
  const expected = record.expected ? { recipientName: record.expected.name, recipientRelation: record.expected.relation } : {};
  const shared = { whyNot: notAllowed, initial: { happenedOn: today } };
  return [
    { ...shared, initial: { happenedOn: today, ...expected }, name: 'handOver', label: say('deliveries.handOver'), primary: record.receivedOn === null, fields: [{ name: 'proofId', label: label.field('proof'), kind: 'own', required: true, control: <ProofField id={id} /> }, ...whom, day, note], run: run({ way: 'handedOver', outcome: 'delivered' }) },
    { ...shared, name: 'notAtHome', label: say('deliveries.failedVisit'), fields: [why('handedOver'), day, note], run: run({ way: 'handedOver', outcome: 'failed' }) },
    { ...shared, name: 'message', label: say('deliveries.message'), initial: record.phone ? { phone: record.phone } : {}, intro: say('deliveries.messageHint'), fields: [{ name: 'phone', label: label.field('phone'), kind: 'text', required: true, pattern: { is: /^1[3-9][0-9]{9}$/, says: say('deliveries.phoneShape') } }], run: run({ way: 'message', outcome: 'underway' }) },
    { ...shared, name: 'posted', label: say('deliveries.posted'), fields: [tracking, day, note], run: run({ way: 'post', outcome: 'underway' }) },
    { ...shared, name: 'postReceived', label: say('deliveries.postReceived'), initial: { happenedOn: today, ...expected, ...lastTracking(record) }, fields: [tracking, ...whom, day, note], run: run({ way: 'post', outcome: 'delivered' }) },
    { ...shared, name: 'postReturned', label: say('deliveries.postReturned'), initial: { happenedOn: today, failure: 'returnedByPost', ...lastTracking(record) }, fields: [tracking, why('post'), day, note], run: run({ way: 'post', outcome: 'failed' }) },
  ];
}

/** The tracking number is not typed twice. */
function lastTracking(record: Record_): { trackingNumber?: string } {
  const last = record.attempts.findLast((one) => one.trackingNumber !== null)?.trackingNumber;
  return last ? { trackingNumber: last } : {};
}

/** Takes a photograph (on a phone, by its camera) or a PDF and keeps it; the form gets the proof's id. */
function ProofField({ id, onChange }: { id: string; onChange?: (value: string | undefined) => void }) {
  const say = useWords('office');
  const [kept, setKept] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setError(undefined);
    try {
      const proof = await api('POST /api/conclusions/{id}/delivery-proofs', { params: { id }, upload: file });
      setKept(file.name);
      onChange?.(proof.id);
    } catch (failed) {
      setError(failed);
      onChange?.(undefined);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Space orientation="vertical" size={8} style={{ width: '100%' }}>
      <input ref={input} type="file" accept="image/jpeg,image/png,image/webp,application/pdf" style={{ display: 'none' }} tabIndex={-1} onChange={(event) => void take(event.target.files?.[0])} aria-label={say('deliveries.takePhoto')} />
      <Button block onClick={() => input.current?.click()} loading={busy}>{say('deliveries.takePhoto')}</Button>
      {busy ? <span className="ch-muted">{say('deliveries.uploading')}</span> : null}
      {kept && !busy && !error ? <Alert type="success" showIcon title={say('deliveries.kept', { name: kept })} /> : null}
      <ProblemAlert error={error} />
    </Space>
  );
}
