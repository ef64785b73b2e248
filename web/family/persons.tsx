/** My persons: grade in words, until when, and what happens next in one sentence. */
import { To } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { useHouse, usePick, usePlain } from '../light/house.tsx';
import { addressWith } from '../light/match.ts';
import { Nothing, Page, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Person, Plan } from './api.ts';
import { api } from './api.ts';
import { usePersons } from './persons-known.tsx';
import { RoadPicture } from './road-picture.tsx';
import { nextStep } from './road.ts';
import { SignedIn } from './sign-in.tsx';

export function Persons() {
  const say = useWords('family');
  const persons = usePersons();
  const plans = useAsk('plans', (signal) => api('GET /api/family/plans', {}, { signal }));
  return (
    <Page title={say('persons.title')}>
      <Show asked={persons} lines={6}>
        {(known) => (known.length === 0 ? <Nothing>{say('persons.none')}</Nothing> : known.map((one) => <PersonCard key={one.personId} person={one} plans={plans.data} />))}
      </Show>
      <nav className="links" aria-label={say('persons.more')}>
        <To to="/family/conclusions">{say('conclusions.title')}</To>
        <To to="/family/explanations">{say('explanations.title')}</To>
        <To to="/family/complaints">{say('complaints.title')}</To>
        <a href="/policy">{say('persons.policy')}</a>
      </nav>
      <SignedIn />
    </Page>
  );
}

function PersonCard({ person, plans }: { person: Person; plans: readonly Plan[] | undefined }) {
  const pick = usePick();
  return (
    <section className="sheet person" aria-label={person.name}>
      <h2>{person.name}</h2>
      <p className="small ch-muted">
        <span className="ch-number">{person.maskedNumber}</span> · {pick(person.townshipZh, person.townshipEn)} · {person.community}
      </p>
      <Grade person={person} />
      <Notes person={person} />
      {plans ? <Next person={person} plans={plans} /> : null}
      {person.application && !['concluded', 'refused', 'withdrawn', 'closed'].includes(person.application.state) ? <RoadPicture state={person.application.state} /> : null}
    </section>
  );
}

function Grade({ person }: { person: Person }) {
  const say = useWords('family');
  const pick = usePick();
  const { conclusion } = person;
  if (!conclusion) return <p className="grade grade-none">{say('persons.noGrade')}</p>;
  return (
    <div className="grade">
      <p className="grade-name">
        <span className="grade-number">{say('gradeShort', { grade: conclusion.grade })}</span> {pick(conclusion.gradeZh, conclusion.gradeEn)}
      </p>
      <p>
        {conclusion.state === 'notYet' ? say('persons.from') : say('persons.until')} <DayText day={conclusion.state === 'notYet' ? conclusion.effectiveOn : (conclusion.endedOn ?? conclusion.validUntilOn)} />
      </p>
      <To to={`/family/why/${conclusion.decisionId}`} className="button">
        {say('conclusions.why')}
      </To>
    </div>
  );
}

/** What must not be missed: a conclusion that ends, with the way to apply, and a pause. */
function Notes({ person }: { person: Person }) {
  const say = useWords('family');
  const plain = usePlain();
  return (
    <>
      {person.ending ? (
        <div className="next notes" role="note">
          <h3>{say('ending.title')}</h3>
          <p>{plain(say('ending.says', { day: person.ending.lastDayOn, days: person.ending.daysLeft }))}</p>
          {person.ending.remindedOn ? <p className="small ch-muted">{plain(say('ending.reminded', { day: person.ending.remindedOn }))}</p> : null}
          <To to={addressWith('/family/apply', { person: person.personId })} className="button button-main">
            {say('ending.apply')}
          </To>
        </div>
      ) : null}
      {person.pausedFromOn ? (
        <div className="next notes" role="note">
          <h3>{say('paused.title')}</h3>
          <p>{plain(say('paused.says', { day: person.pausedFromOn }))}</p>
        </div>
      ) : null}
    </>
  );
}

function Next({ person, plans }: { person: Person; plans: readonly Plan[] }) {
  const say = useWords('family');
  const today = useHouse().data?.today ?? '';
  const plain = usePlain();
  const step = nextStep(person, plans, today);
  return (
    <div className="next">
      <h3>{say('next.title')}</h3>
      <p>{plain(say(`next.${step.say}`, step.params))}</p>
      {step.to ? (
        <To to={addressWith(step.to, { person: person.personId })} className="button button-main">
          {say(`nextGo.${step.to.split('/').at(-1)!}`)}
        </To>
      ) : null}
    </div>
  );
}
