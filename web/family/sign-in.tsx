/** Signing in and out; who is signed in as somebody else than a family is told where to go. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useAct, useAsk } from '../light/ask.ts';
import { TextField } from '../light/fields.tsx';
import { signIn, signOut, useBoth, useHouse } from '../light/house.tsx';
import { Fault, Page } from '../light/page.tsx';
import { useWords } from '../ui/words.ts';
import { api } from './api.ts';

export function SignIn() {
  const say = useWords('family');
  const house = useHouse();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const act = useAct(async (given: { name: string; password: string }) => {
    await signIn(given.name, given.password);
    house.again();
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void act.run({ name: name.trim(), password });
  };
  return (
    <Page title={say('signIn.title')} lead={say('signIn.lead')}>
      <form className="form" onSubmit={send}>
        <TextField label={say('signIn.name')} value={name} set={setName} autoComplete="username" maxLength={80} />
        <TextField label={say('signIn.password')} value={password} set={setPassword} type="password" autoComplete="current-password" maxLength={200} />
        <Fault error={act.error} />
        <button type="submit" className="button button-main button-wide" disabled={act.busy}>
          {say(act.busy ? 'signIn.busy' : 'signIn.send')}
        </button>
      </form>
      {house.data?.demo ? <Demo pick={(one) => void act.run({ name: one.signInName, password: one.password })} /> : null}
      <p className="small ch-muted">{say('signIn.none')}</p>
      <p>
        <a href="/" className="tap">{say('signIn.public')}</a>
      </p>
    </Page>
  );
}

/** The families of the fictional city, to try with. */
function Demo({ pick }: { pick: (account: { signInName: string; password: string }) => void }) {
  const say = useWords('family');
  const both = useBoth();
  const accounts = useAsk('GET /api/demo-accounts', (signal) => api('GET /api/demo-accounts', {}, { signal })).data ?? [];
  const families = accounts.filter((one) => one.role === 'family');
  if (families.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="demo">
      <h2 id="demo">{say('signIn.demo')}</h2>
      <p>{say('signIn.demoText')}</p>
      <div className="stack">
        {families.map((one) => (
          <button key={one.signInName} type="button" className="button button-wide" onClick={() => pick(one)}>
            {one.displayName} · {both(one.about)}
          </button>
        ))}
      </div>
    </section>
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
