/** Signing in and out; who is signed in as somebody else than a family is told where to go. */
import { useAct } from '../light/ask.ts';
import { signOut, useBoth, useHouse } from '../light/house.tsx';
import { Fault, Page } from '../light/page.tsx';
import { SignInForm } from '../light/sign-in.tsx';
import { useWords } from '../ui/words.ts';

export function SignIn() {
  const say = useWords('family');
  return (
    <Page title={say('signIn.title')} lead={say('signIn.lead')}>
      <SignInForm role="family" />
      <p className="small ch-muted">{say('signIn.none')}</p>
      <p>
        <a href="/" className="tap">{say('signIn.public')}</a>
      </p>
    </Page>
  );
}

/** Who is signed in, and the way out. */
export function SignedIn() {
  const say = useWords('family');
  const house = useHouse();
  const act = useAct(async () => {
    await signOut();
    house.again();
  });
  return (
    <div className="who">
      <span>{say('signedIn', { name: house.data?.session?.displayName ?? '' })}</span>
      <button type="button" className="button" disabled={act.busy} onClick={() => void act.run(undefined)}>
        {say('signOut')}
      </button>
      <Fault error={act.error} />
    </div>
  );
}

export function NotFamily() {
  const say = useWords('family');
  const both = useBoth();
  const session = useHouse().data?.session;
  return (
    <Page title={say('notFamily.title')} lead={say('notFamily.text', { name: session?.displayName ?? '', role: both(session?.roleName) })}>
      <p>
        <a className="button button-main" href="/office">
          {say('notFamily.office')}
        </a>
      </p>
      <SignedIn />
    </Page>
  );
}
