/** What the statements of care and of assessment fees share: the reviews so far, and the acts of first review, second review, return and payment. */
import { worded } from '../show.ts';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { InstantText } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

type Step = 'firstReview' | 'secondReview' | 'return' | 'pay';

interface Next {
  act: Step;
  allowed: boolean;
  whyNot: { code: string; params: Record<string, unknown> } | null;
}

interface Review {
  id: string;
  step: string;
  reviewerName: string;
  reviewedAt: string;
  note: string | null;
}

export function ReviewsCard({ reviews }: { reviews: readonly Review[] }) {
  const say = useWords('office');
  return (
    <Card size="small" title={say('statements.reviews')}>
      {reviews.length === 0 ? <span className="ch-muted">{say('statements.noReviews')}</span> : null}
      {reviews.map((one) => (
        <p key={one.id} style={{ margin: '2px 0' }}>
          <StateTag state={one.step === 'return' ? 'refused' : 'approved'}>{say(`reviewSteps.${one.step}`)}</StateTag>
          {one.reviewerName} <span className="ch-muted"><InstantText at={one.reviewedAt} /></span> {one.note}
        </p>
      ))}
    </Card>
  );
}

/** Every act with the server's own reason where it cannot be done; `hints` say before an act what it means. */
export function useReviewActs(module: 'claims' | 'assessments', next: readonly Next[], hints: Partial<Record<Step, string>>, run: Record<Step, (body: { note: string }, how: { repeatKey: string }) => Promise<unknown>>): ActSpec[] {
  const say = useWords('office');
  const sentence = useSentence();
  const label = useLabels(module, 'office');
  return next.map((one) => ({
    name: one.act,
    label: say(`acts.${one.act}`),
    ...(one.act === 'return' ? { danger: true } : { primary: true }),
    ...(hints[one.act] ? { intro: hints[one.act] } : {}),
    fields: [{ name: 'note', label: say('fields.note'), kind: 'area', max: 500, required: one.act === 'return' }],
    run: run[one.act],
    whyNot: one.allowed ? undefined : one.whyNot ? sentence('refusals', one.whyNot.code, worded(one.whyNot.params, label.state)) : say('notNow'),
  }));
}
