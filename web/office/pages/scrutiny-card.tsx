/** How a result is looked at before its notice: the experts drawn, the insurer's check, what was sent back, and who should take the case now. */
import { Alert } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { RETURN_REASONS } from '#domain/assessments/expert/model.ts';
import type { ScaleItem } from '#domain/assessments/scale/model.ts';
import { api } from '../api.ts';
import { choicesOf } from '../parts.tsx';
import type { Application } from './application.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { DayText, InstantText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export type Scrutiny = OutputOf<(typeof assessmentsContract)['GET /api/applications/{id}/scrutiny']>;
export type CaseReturn = Scrutiny['returns'][number];

export function useScrutiny(id: string) {
  return useQuery({ queryKey: ['GET /api/applications/{id}/scrutiny', id], queryFn: () => api('GET /api/applications/{id}/scrutiny', { params: { id } }) });
}

/** Names of the items of a scale: code → name in the reader's language. */
export function useItemNames(scaleId: string | undefined): { items: readonly ScaleItem[]; name: (code: string) => string } {
  const { lang } = usePreferences();
  const edition = useQuery({ queryKey: ['GET /api/scale', scaleId], queryFn: () => api('GET /api/scale', { query: { id: scaleId } }), enabled: scaleId !== undefined, staleTime: Infinity }).data;
  const items: readonly ScaleItem[] = edition?.scale.items ?? [];
  return { items, name: (code) => items.find((one) => one.code === code)?.[lang] ?? code };
}

/** Shown once there is something to tell. */
export function ScrutinyCard({ application }: { application: Application }) {
  const say = useWords('office');
  const asked = useScrutiny(application.id);
  const { name } = useItemNames(application.assessments[0]?.scaleId);
  const one = asked.data;
  if (asked.error) return <ProblemAlert error={asked.error} />;
  if (!one || (one.assessmentId === null && one.returns.length === 0)) return null;
  return (
    <Card size="small" title={say('scrutiny.title')}>
      <div className="ch-values">
        {one.changeInstitution ? <Alert type="warning" showIcon title={say('scrutiny.changeInstitution', { ...one.changeInstitution })} /> : null}
        {one.assessmentId ? <Experts one={one} /> : null}
        {one.checkAsked && one.assessmentId && (one.check || application.state === 'confirmed') ? <Check one={one} /> : null}
        {one.returns.map((back) => <ReturnLine key={back.id} back={back} name={name} />)}
      </div>
    </Card>
  );
}

function Experts({ one }: { one: Scrutiny }) {
  const say = useWords('office');
  return (
    <>
      <div>
        {one.atMost === null ? say('scrutiny.ruleOne', { needed: one.needed }) : say('scrutiny.rule', { needed: one.needed, atMost: one.atMost })}{' '}
        {one.voicesDecisionId ? <Go to={`/explanations/${one.voicesDecisionId}`}>{say('scrutiny.voicesWhy')}</Go> : null}
      </div>
      {one.hidden ? <Alert type="info" showIcon title={say('scrutiny.hidden', { n: one.voices })} /> : null}
      {one.lacking > 0 ? <Alert type="error" showIcon title={say('scrutiny.lacking', { n: one.lacking })} /> : null}
      {one.drawn.length > 0 ? (
        <div>
          {say('scrutiny.drawn')}{' '}
          {one.drawn.map((call) => (
            <StateTag key={call.place} state={call.voted ? 'answered' : call.asked ? 'open' : 'moot'}>
              {call.place}. {call.own ? say('scrutiny.you') : (call.name ?? say('scrutiny.expert'))} · {say(call.voted ? 'scrutiny.voted' : call.asked ? 'scrutiny.asked' : 'scrutiny.spare')}
            </StateTag>
          ))}
          {one.drawDecisionId ? <Go to={`/explanations/${one.drawDecisionId}`}>{say('scrutiny.drawWhy')}</Go> : null}
        </div>
      ) : null}
      {one.commitment ? <div className="ch-muted ch-source">{say('scrutiny.commitment')} <InstantText at={one.commitment.committedAt} /> <span className="ch-code" style={{ overflowWrap: 'anywhere' }}>{one.commitment.sha256}</span></div> : null}
    </>
  );
}

function Check({ one }: { one: Scrutiny }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  if (!one.check) return <div>{say('scrutiny.checkWaits')}</div>;
  const failed = Object.entries(one.check.checklist).filter(([, holds]) => !holds).map(([point]) => label.value(point));
  return (
    <div>
      <StateTag state={one.check.result === 'passed' ? 'confirmed' : 'refused'}>{label.value(one.check.result)}</StateTag> {one.check.checkerName} <span className="ch-muted"><InstantText at={one.check.checkedAt} /></span>{' '}
      {failed.length > 0 ? <span className="ch-bad">{failed.join(say('comma'))}</span> : null} {one.check.note}
    </div>
  );
}

/** One return: the how-many-eth, by whom, why, until when, and whether the new assessment has come. */
export function ReturnLine({ back, name }: { back: CaseReturn; name: (code: string) => string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <div>
      <ReturnState back={back} /> {say('scrutiny.nth', { n: back.nth })} · {label.value(back.by)} {back.byName} · <DayText day={back.returnedOn} /> · <strong>{label.value(back.reason)}</strong>
      {back.items.length > 0 ? <> · {back.items.map(name).join(say('comma'))}</> : null} {back.note ? <span>“{back.note}”</span> : null}{' '}
      {back.dueOn ? <span className={back.late ? 'ch-bad' : 'ch-muted'}>{say('returns.until')} <DayText day={back.dueOn} /></span> : back.calendarMissing ? <span className="ch-bad">{say('applications.noCalendar')}</span> : null}
    </div>
  );
}

export function ReturnState({ back }: { back: CaseReturn }) {
  const say = useWords('office');
  return <StateTag state={back.late && back.state === 'open' ? 'overdue' : back.state}>{say(back.state === 'open' ? (back.late ? 'returns.late' : 'returns.open') : `returns.${back.state}`)}</StateTag>;
}

/** The agency's own acts on a result that is not published yet: sending it back, and drawing the experts again. */
export function useScrutinyActs(application: Application): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const may = useWhyNot()('assessments.dispatch') === undefined;
  const { items, name } = useItemNames(application.assessments[0]?.scaleId);
  const scrutiny = useScrutiny(application.id).data;
  if (!may || !['scored', 'confirmed', 'checked'].includes(application.state)) return [];
  const params = { id: application.id };
  type Back = { reason: CaseReturn['reason']; note: string; items?: string[] };
  const back: ActSpec = {
    name: 'return', label: say('scrutiny.return'), danger: true, intro: say('scrutiny.returnHint'),
    fields: [
      { name: 'reason', label: label.field('reason'), kind: 'choice', required: true, choices: choicesOf(RETURN_REASONS, label.value) },
      { name: 'items', label: label.field('items'), kind: 'codes', choices: items.map((one) => ({ value: one.code, label: name(one.code) })) },
      { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 },
    ],
    run: (body: Back, how) => api('POST /api/applications/{id}/return', { params, body }, how),
  };
  const again: ActSpec = {
    name: 'draw', label: say('scrutiny.drawAgain'), primary: (scrutiny?.lacking ?? 0) > 0, intro: say('scrutiny.drawAgainHint'), fields: [{ name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 500 }],
    run: (body: { note: string }, how) => api('POST /api/applications/{id}/experts', { params, body }, how),
  };
  return [back, ...(scrutiny?.drawAsked && application.state === 'scored' ? [again] : [])];
}
