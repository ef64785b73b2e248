/** Who stands behind an institution, and the days on which its agreement is suspended: the wall between assessment and care. */
import { useQuery } from '@tanstack/react-query';
import { PARTY_RELATIONS } from '#domain/providers/parties/contract.ts';
import { api } from '../api.ts';
import { choicesOf } from '../parts.tsx';
import { ActButton } from '../../ui/acts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Listed = Awaited<ReturnType<typeof api<'GET /api/institutions/{id}/related-parties'>>>;
type Party = Listed['parties'][number];
type Pause = Listed['pauses'][number];
type NewParty = Parameters<typeof api<'POST /api/institutions/{id}/related-parties'>>[1]['body'];
type NewPause = Parameters<typeof api<'POST /api/institutions/{id}/pauses'>>[1]['body'];

/** Both cards; nothing for who may not read the register. */
export function Separation({ id, kind }: { id: string; kind: string }) {
  const mayRead = useWhyNot()('workers.read') === undefined;
  const asked = useQuery({ queryKey: ['GET /api/institutions/{id}/related-parties', id], queryFn: () => api('GET /api/institutions/{id}/related-parties', { params: { id } }), enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Loaded asked={asked}>
      {({ parties, pauses }) => (
        <>
          <Parties id={id} kind={kind} parties={parties} />
          <Pauses id={id} pauses={pauses} />
        </>
      )}
    </Loaded>
  );
}

/** Whether a period with an open end, the last day not included, holds on a day. */
const when = (one: { fromOn: string; toOn: string | null }, today: string): 'holds' | 'comes' | 'over' => (today < one.fromOn ? 'comes' : one.toOn !== null && one.toOn <= today ? 'over' : 'holds');

function Period({ one }: { one: { fromOn: string; toOn: string | null } }) {
  const say = useWords('office');
  return <span className="ch-number"><DayText day={one.fromOn} /> – {one.toOn === null ? say('parties.open') : <DayText day={one.toOn} />}</span>;
}

function Parties({ id, kind, parties }: { id: string; kind: string; parties: readonly Party[] }) {
  const say = useWords('office');
  const label = useLabels('providers', 'office');
  const today = useToday();
  const notMine = useWhyNot()('providers.register');
  const register = useRegister(id);
  return (
    <Card size="small" title={say('parties.title')} extra={notMine === undefined ? <ActButton size="small" act={register} /> : null}>
      <p className="ch-muted" style={{ marginBlockStart: 0 }}>{say(kind === 'assessment' ? 'parties.wallOfAssessment' : 'parties.wallOfCare')}</p>
      {parties.length === 0 ? <span className="ch-muted">{say('parties.none')}</span> : parties.map((one) => (
        <div key={one.id} className="ch-order-line">
          <strong>{one.partyName}</strong>
          <StateTag state={when(one, today)} tone={when(one, today) === 'holds' ? 'open' : 'plain'}>{label.value(one.relation)}</StateTag>
          <span>{label.value(one.partyKind)} <span className="ch-code">{one.partyNumber}</span></span>
          <Period one={one} />
          <span className="ch-muted">{one.evidence} · {one.actorName}</span>
          {one.toOn === null && notMine === undefined ? <ActButton size="small" act={endOf('endParty', say('parties.end'), say('parties.endAsk', { party: one.partyName }), label.field('toOn'), today, (body, how) => api('POST /api/related-parties/{id}/end', { params: { id: one.id }, body }, how))} /> : null}
        </div>
      ))}
    </Card>
  );
}

function Pauses({ id, pauses }: { id: string; pauses: readonly Pause[] }) {
  const say = useWords('office');
  const today = useToday();
  const notMine = useWhyNot()('providers.register');
  const pause = usePause(id);
  return (
    <Card size="small" title={say('parties.pauses')} extra={notMine === undefined ? <ActButton size="small" act={pause} /> : null}>
      {pauses.length === 0 ? <span className="ch-muted">{say('parties.noPause')}</span> : pauses.map((one) => (
        <div key={one.id} className="ch-order-line">
          <StateTag state={when(one, today)} tone={when(one, today) === 'holds' ? 'bad' : when(one, today) === 'comes' ? 'wait' : 'plain'}>{say(`parties.${when(one, today)}`)}</StateTag>
          <Period one={one} />
          <span>{one.reason}</span>
          <span className="ch-muted">{one.actorName}</span>
          {when(one, today) !== 'over' && notMine === undefined ? <ActButton size="small" act={endOf('endPause', say('parties.resume'), say('parties.resumeAsk'), say('parties.resumeOn'), today, (body, how) => api('POST /api/pauses/{id}/end', { params: { id: one.id }, body }, how))} /> : null}
        </div>
      ))}
    </Card>
  );
}

/** The act that closes a period: one day is asked. */
function endOf(name: string, label: string, intro: string, day: string, today: string, run: (body: { toOn: string }, how: { repeatKey: string }) => Promise<unknown>): ActSpec {
  return { name, label, intro, initial: { toOn: today }, fields: [{ name: 'toOn', label: day, kind: 'day', required: true }], run };
}

function useRegister(id: string): ActSpec {
  const say = useWords('office');
  const label = useLabels('providers', 'office');
  const today = useToday();
  return {
    name: 'registerParty', label: say('parties.register'), intro: say('parties.registerAsk'), initial: { partyKind: 'person', fromOn: today },
    fields: [
      { name: 'partyKind', label: label.field('partyKind'), kind: 'radio', choices: choicesOf(['person', 'company'], label.value), required: true },
      { name: 'partyName', label: label.field('partyName'), kind: 'text', required: true, max: 80 },
      { name: 'partyNumber', label: label.field('partyNumber'), kind: 'text', required: true, max: 20, hint: say('parties.numberHint'), pattern: { is: /^.{15,20}$/, says: say('parties.numberHint') } },
      { name: 'relation', label: label.field('relation'), kind: 'choice', choices: choicesOf(PARTY_RELATIONS, label.value), required: true },
      { name: 'fromOn', label: say('parties.from'), kind: 'day', required: true },
      { name: 'toOn', label: label.field('toOn'), kind: 'day', hint: say('parties.openHint') },
      { name: 'evidence', label: label.field('evidence'), kind: 'area', required: true, max: 400, hint: say('parties.evidenceHint') },
    ],
    run: (body: NewParty, how) => api('POST /api/institutions/{id}/related-parties', { params: { id }, body }, how),
  };
}

function usePause(id: string): ActSpec {
  const say = useWords('office');
  const today = useToday();
  return {
    name: 'pauseAgreement', label: say('parties.pause'), danger: true, intro: say('parties.pauseAsk'), initial: { fromOn: today },
    fields: [
      { name: 'fromOn', label: say('parties.pauseFrom'), kind: 'day', required: true },
      { name: 'toOn', label: say('parties.resumeOn'), kind: 'day', hint: say('parties.resumeHint') },
      { name: 'reason', label: say('parties.pauseReason'), kind: 'area', required: true, max: 400, hint: say('parties.pauseReasonHint') },
    ],
    run: (body: NewPause, how) => api('POST /api/institutions/{id}/pauses', { params: { id }, body }, how),
  };
}
