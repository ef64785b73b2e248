/** Signing in and out. Without network nobody can sign in, but who was signed in goes on. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useAct, useAsk } from '../light/ask.ts';
import { go } from '../light/address.tsx';
import { TextField } from '../light/fields.tsx';
import { signIn, signOut, useBoth, useHouse } from '../light/house.tsx';
import { Fault, Page } from '../light/page.tsx';
import { useWords } from '../ui/words.ts';
import { api } from './api.ts';
import { useOnPhone } from './phone.tsx';
import { remember, useKnown } from './session.ts';

export function SignIn() {
  const say = useWords('assessor');
  const house = useHouse();
  const known = useKnown();
  const [name, setName] = useState(known?.signInName ?? '');
  const [password, setPassword] = useState('');
  const act = useAct(async (given: { name: string; password: string }) => {
    await signIn(given.name, given.password);
    house.again();
    go('/assess', true);
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void act.run({ name: name.trim(), password });
  };
  return (
    <Page title={say('signIn.title')} lead={say(known ? 'signIn.leadAgain' : 'signIn.lead')}>
      <form className="form" onSubmit={send}>
        <TextField label={say('signIn.name')} value={name} set={setName} autoComplete="username" maxLength={80} />
        <TextField label={say('signIn.password')} value={password} set={setPassword} type="password" autoComplete="current-password" maxLength={200} />
        <Fault error={act.error} />
        <button type="submit" className="button button-main button-wide" disabled={act.busy}>
          {say(act.busy ? 'signIn.busy' : 'signIn.send')}
        </button>
      </form>
      {house.data?.demo ? <Demo pick={(one) => void act.run({ name: one.signInName, password: one.password })} /> : null}
      <p>
        <a className="button button-plain" href="/office">{say('signIn.office')}</a>
      </p>
    </Page>
  );
}

function Demo({ pick }: { pick: (account: { signInName: string; password: string }) => void }) {
  const say = useWords('assessor');
  const both = useBoth();
  const accounts = useAsk('GET /api/demo-accounts', (signal) => api('GET /api/demo-accounts', {}, { signal })).data ?? [];
  const assessors = accounts.filter((one) => one.role === 'assessor');
  if (assessors.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="demo">
      <h2 id="demo">{say('signIn.demo')}</h2>
      <p>{say('signIn.demoText')}</p>
      <div className="stack">
        {assessors.map((one) => (
          <button key={one.signInName} type="button" className="button button-wide" onClick={() => pick(one)}>
            {one.displayName} · {both(one.about)}
          </button>
        ))}
      </div>
    </section>
  );
}

/** Who works on this phone, and the way out; what was not sent stays for the same account. */
export function SignedIn() {
  const say = useWords('assessor');
  const house = useHouse();
  const { known, visits } = useOnPhone();
  const [asked, setAsked] = useState(false);
  const act = useAct(async () => {
    await signOut();
    remember(null);
    house.again();
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
