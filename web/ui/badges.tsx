/** Small marks: the state of a thing, and the mark of what nobody has verified. */
import { Tag, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from './words.ts';

export type Tone = 'plain' | 'open' | 'wait' | 'good' | 'bad';
const COLOURS: Record<Tone, string> = { plain: 'default', open: 'processing', wait: 'warning', good: 'success', bad: 'error' };

/** Tones of the states of every module; a state that is not listed shows plain. */
const TONES: Record<string, Tone> = {
  filed: 'open', accepted: 'open', dispatched: 'open', scored: 'wait', confirmed: 'good', onNotice: 'wait', running: 'wait', open: 'wait', objected: 'bad', concluded: 'good', effective: 'good',
  refused: 'bad', withdrawn: 'plain', ended: 'plain', expired: 'plain', lapsed: 'plain', proposed: 'wait', declined: 'bad', drafted: 'open', firstReviewed: 'wait', approved: 'good', paid: 'good',
  cut: 'wait', refuse: 'bad', pending: 'wait', posted: 'good', settled: 'good', voided: 'plain', reversed: 'plain', answered: 'good', overdue: 'bad', verified: 'good', unverified: 'wait',
};

/** A state as a coloured tag. The word carries the meaning; the colour only helps the eye. */
export function StateTag({ state, children, tone }: { state: string; children: ReactNode; tone?: Tone }) {
  return <Tag color={COLOURS[tone ?? TONES[state] ?? 'plain']}>{children}</Tag>;
}

/** 未核实: the figure behind this rests on a source that nobody has checked against the official text. */
export function UnverifiedBadge({ source }: { source?: string | undefined }) {
  const say = useWords('ui');
  return (
    <Tooltip title={source ? `${say('unverified.hint')} ${source}` : say('unverified.hint')}>
      <Tag color="warning" tabIndex={0} style={{ cursor: 'help' }}>
        {say('unverified.mark')}
      </Tag>
    </Tooltip>
  );
}
