/** Signing in and out. Without network nobody can sign in, but who was signed in goes on. */
import { useState } from 'react';
import { useAct } from '../light/ask.ts';
import { go } from '../light/address.tsx';
import { signOut, useBoth, useHouse } from '../light/house.tsx';
import { Fault, Page } from '../light/page.tsx';
import { SignInForm } from '../light/sign-in.tsx';
import { useWords } from '../ui/words.ts';
import { useOnPhone } from './phone.tsx';
import { remember, useKnown } from './session.ts';
import { forgetOrders } from './store/visits.ts';

export function SignIn() {
  const say = useWords('assessor');
  const known = useKnown();
  return (
    <Page title={say('signIn.title')} lead={say(known ? 'signIn.leadAgain' : 'signIn.lead')}>
      <SignInForm name={known?.signInName ?? ''} role="assessor" done={() => go('/assess', true)} />
      <p>
        <a className="button button-plain" href="/office">{say('signIn.office')}</a>
      </p>
    </Page>
  );
}

/** Who works on this phone, and the way out; what was not sent stays for the same account. */
export function SignedIn() {
  const say = useWords('assessor');
  const house = useHouse();
  const { phone, known, visits } = useOnPhone();
  const [asked, setAsked] = useState(false);
  const act = useAct(async () => {
    await signOut();
    try {
      await forgetOrders(phone, new Date());
    } finally {
      remember(null);
      house.again();
    }
  });
  const leave = () => (visits.length > 0 && !asked ? setAsked(true) : void act.run(undefined));
  return (
    <div className="who">
      <span>{say('signedIn', { name: known.displayName })}</span>
      {asked ? <p role="status">{say('signOutUnsent', { n: visits.length })}</p> : null}
      <button type="button" className="button" disabled={act.busy} onClick={leave}>
        {say(asked ? 'signOutSure' : 'signOut')}
      </button>
      <Fault error={act.error} />
    </div>
  );
}

export function NotAssessor() {
  const say = useWords('assessor');
  const both = useBoth();
  const house = useHouse();
  const session = house.data?.session;
  const act = useAct(async () => {
    await signOut();
    house.again();
  });
  return (
    <Page title={say('notAssessor.title')} lead={say('notAssessor.text', { name: session?.displayName ?? '', role: both(session?.roleName) })}>
      <div className="pair">
        <a className="button button-main" href="/office">
          {say('notAssessor.office')}
        </a>
        <button type="button" className="button" disabled={act.busy} onClick={() => void act.run(undefined)}>
          {say('signOut')}
        </button>
      </div>
      <Fault error={act.error} />
    </Page>
  );
}
