/** Filing an application: only the kinds that fit the person can be chosen, and the others say why they cannot. */
import { Alert, Form, Select } from 'antd';
import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { MATERIALS, RELATIONS, SPOT_CHECK_GROUNDS } from '#domain/assessments/model.ts';
import { api } from '../api.ts';
import { choicesOf, usePersonLookup } from '../parts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { useGo } from '../../ui/go.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

type Filing = Parameters<typeof api<'POST /api/applications'>>[1]['body'];
type Decided = Parameters<typeof api<'POST /api/people/{id}/status-decisions'>>[1]['body'];
type Opened = Parameters<typeof api<'POST /api/people/{id}/spot-checks'>>[1]['body'];

/** The act of filing; for a known person when `personId` is given. */
export function useFiling(personId?: string): ActSpec {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const lookup = usePersonLookup();
  const go = useGo();
  return {
    name: 'file',
    label: say('applications.file'),
    primary: personId === undefined,
    whyNot: useWhyNot()('assessments.file'),
    initial: { relation: 'family', materials: [] },
    fields: [
      ...(personId ? [] : [{ name: 'personId', label: label.field('person'), kind: 'lookup' as const, lookup, required: true }]),
      { name: 'kind', label: label.field('kind'), kind: 'own', required: true, control: <KindSelect {...(personId ? { personId } : {})} /> },
      { name: 'applicantName', label: label.field('applicantName'), kind: 'text', required: true, max: 60 },
      { name: 'relation', label: label.field('relation'), kind: 'choice', required: true, choices: choicesOf(RELATIONS, label.value) },
      { name: 'contactPhone', label: label.field('contactPhone'), kind: 'text', required: true, max: 20 },
      { name: 'disabledSinceOn', label: label.field('disabledSinceOn'), kind: 'day', required: true, hint: say('applications.sinceHint') },
      { name: 'agentName', label: label.field('agentName'), kind: 'text', max: 60, hint: say('papers.agentHint') },
      { name: 'agentIdentityNumber', label: label.field('agentIdentityNumber'), kind: 'text', max: 18 },
      { name: 'materials', label: say('papers.seenAtWindow'), kind: 'codes', choices: choicesOf(MATERIALS, label.value), hint: say('papers.uploadAfter') },
      { name: 'statement', label: label.field('statement'), kind: 'area', max: 2000 },
    ],
    run: ({ agentName, agentIdentityNumber, ...body }: Filing & { agentName?: string; agentIdentityNumber?: string }, how) =>
      api('POST /api/applications', { body: { ...body, materials: body.materials ?? [], ...(personId ? { personId } : {}), ...(body.relation === 'agent' && agentName ? { agent: { name: agentName, identityNumber: agentIdentityNumber ?? '?' } } : {}) } }, how),
    done: (made: { id: string }) => go(`/applications/${made.id}`),
  };
}

/** The kinds of the chosen person, asked of the server; the first that fits is chosen by itself. */
function KindSelect({ personId, id, value, onChange }: { personId?: string; id?: string; value?: string; onChange?: (value: string | undefined) => void }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const sentence = useSentence();
  const chosen = Form.useWatch('personId') as string | undefined;
  const person = personId ?? chosen;
  const asked = useQuery({ queryKey: ['GET /api/people/{id}/application-kinds', person], queryFn: () => api('GET /api/people/{id}/application-kinds', { params: { id: person! } }), enabled: person !== undefined });
  const from = useKnownFiling(person);
  const offers = person === undefined ? [] : (asked.data ?? []);
  const fitting = offers.filter((one) => one.fits).map((one) => one.kind as string);
  const first = fitting[0];
  const early = offers.find((one) => one.kind === value)?.early ?? [];
  const stale = asked.data !== undefined && (value === undefined || !fitting.includes(value));
  useEffect(() => {
    if (stale && value !== first) onChange?.(first);
  }, [stale, first, value, onChange]);
  return (
    <>
      <Select
        {...(id ? { id } : {})}
        {...(value === undefined ? {} : { value })}
        onChange={(one: string) => onChange?.(one)}
        loading={asked.isFetching}
        disabled={person === undefined}
        placeholder={person === undefined ? say('applications.personFirst') : undefined}
        options={offers.map((one) => ({ value: one.kind, label: label.value(one.kind), disabled: !one.fits }))}
        style={{ width: '100%' }}
      />
      {early.length > 0 ? <Alert type="warning" showIcon role="status" title={say('applications.early')} description={early.map((one) => <div key={one.code}>{sentence('reasons', one.code, one.params)}</div>)} style={{ marginTop: 8 }} /> : null}
      {from ? <div className="ch-muted">{say('applications.knownFrom', { number: from })}</div> : null}
      {offers.some((one) => !one.fits) ? (
        <ul className="ch-muted">
          {offers.filter((one) => !one.fits).map((one) => (
            <li key={one.kind}>
              {label.value(one.kind)}{say('colon')}{one.reasons.map((reason) => sentence('reasons', reason.code, reason.params)).join(' ')}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

const KNOWN = ['applicantName', 'relation', 'contactPhone', 'disabledSinceOn'] as const;

/** Fills in what the last case of the person said, where nothing was typed yet; returns that case's number. */
function useKnownFiling(person: string | undefined): string | undefined {
  const form = Form.useFormInstance();
  const { data } = useQuery({ queryKey: ['GET /api/people/{id}/filing-draft', person], queryFn: () => api('GET /api/people/{id}/filing-draft', { params: { id: person! } }), enabled: person !== undefined });
  useEffect(() => {
    if (!data) return;
    for (const name of KNOWN) {
      const value = data[name];
      if (value !== null && value.length > 0 && !form.isFieldTouched(name)) form.setFieldValue(name, value);
    }
  }, [data, form]);
  return data?.from ?? undefined;
}

const NO_DECISION = { decidedOn: null, usedBy: null };

/** What the agency and the district do of their own accord: open a spot check, confirm a special case. */
export function useKindActs(personId: string): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const sentence = useSentence();
  const whyNot = useWhyNot();
  const go = useGo();
  const mayDecide = whyNot('assessments.decideStatusChange') === undefined;
  const { decidedOn, usedBy } = useQuery({ queryKey: ['GET /api/people/{id}/status-decision', personId], queryFn: () => api('GET /api/people/{id}/status-decision', { params: { id: personId } }), enabled: mayDecide }).data ?? NO_DECISION;
  return [
    {
      name: 'spotCheck',
      label: say('applications.spotCheck'),
      whyNot: whyNot('assessments.openSpotCheck'),
      intro: say('applications.spotCheckHint'),
      fields: [
        { name: 'ground', label: label.field('ground'), kind: 'choice', required: true, choices: choicesOf(SPOT_CHECK_GROUNDS, label.value) },
        { name: 'source', label: label.field('groundSource'), kind: 'text', required: true, max: 200 },
        { name: 'contactPhone', label: say('applications.agencyPhone'), kind: 'text', required: true, max: 20 },
        { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
      ],
      run: (body: Opened, how) => api('POST /api/people/{id}/spot-checks', { params: { id: personId }, body }, how),
      done: (made: { id: string }) => go(`/applications/${made.id}`),
    },
    {
      name: 'statusDecision',
      label: say('applications.statusDecision'),
      whyNot: whyNot('assessments.decideStatusChange'),
      intro: say('applications.statusDecisionHint'),
      fields: [
        { name: 'togetherWith', label: label.field('togetherWith'), kind: 'text', required: true, max: 120 },
        { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
      ],
      run: (body: Decided, how) => api('POST /api/people/{id}/status-decisions', { params: { id: personId }, body }, how),
    },
    ...(decidedOn === null ? [] : [{
      name: 'statusRevocation',
      label: say('applications.statusRevocation'),
      whyNot: usedBy === null ? undefined : sentence('refusals', 'STATUS_DECISION_USED', { decidedOn, number: usedBy }),
      intro: say('applications.statusRevocationHint', { decidedOn }),
      danger: true,
      fields: [{ name: 'note', label: say('applications.statusRevocationWhy'), kind: 'area' as const, required: true, max: 500 }],
      run: (body: { note: string }, how: { repeatKey: string }) => api('POST /api/people/{id}/status-decisions/revocation', { params: { id: personId }, body }, how),
    }]),
  ];
}
