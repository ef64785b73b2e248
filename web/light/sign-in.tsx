/** What signing in shows in every small portal: name and password, and the accounts of the fictional city to try with. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import type { worldContract } from '#world/contract.ts';
import { client } from '../../kit/client.ts';
import { preferences } from '../ui/preferences.ts';
import { useWords } from '../ui/words.ts';
import { useAct, useAsk } from './ask.ts';
import { TextField } from './fields.tsx';
import { signIn, useBoth, useHouse } from './house.tsx';
import { Fault } from './page.tsx';

const api = client<typeof worldContract>({ lang: () => preferences().lang });

/** `role` names the demo accounts to show; `done` follows a good sign-in. */
export function SignInForm({ name: known = '', role, done }: { name?: string; role: string; done?: () => void }) {
  const say = useWords('light');
  const house = useHouse();
  const [name, setName] = useState(known);
  const [password, setPassword] = useState('');
  const act = useAct(async (given: { name: string; password: string }) => {
    await signIn(given.name, given.password);
    house.again();
    done?.();
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void act.run({ name: name.trim(), password });
  };
  return (
    <>
      <form className="form" onSubmit={send}>
        <TextField label={say('signIn.name')} value={name} set={setName} autoComplete="username" maxLength={80} />
        <TextField label={say('signIn.password')} value={password} set={setPassword} type="password" autoComplete="current-password" maxLength={200} />
        <Fault error={act.error} />
        <button type="submit" className="button button-main button-wide" disabled={act.busy}>
          {say(act.busy ? 'signIn.busy' : 'signIn.send')}
        </button>
      </form>
      {house.data?.demo ? <Demo role={role} pick={(one) => void act.run({ name: one.signInName, password: one.password })} /> : null}
    </>
  );
}

function Demo({ role, pick }: { role: string; pick: (account: { signInName: string; password: string }) => void }) {
  const say = useWords('light');
  const both = useBoth();
  const accounts = useAsk('GET /api/demo-accounts', (signal) => api('GET /api/demo-accounts', {}, { signal })).data ?? [];
  const own = accounts.filter((one) => one.role === role);
  if (own.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="demo">
      <h2 id="demo">{say('signIn.demo')}</h2>
      <p>{say('signIn.demoText')}</p>
      <div className="stack">
        {own.map((one) => (
          <button key={one.signInName} type="button" className="button button-wide" onClick={() => pick(one)}>
            {one.displayName} · {both(one.about)}
          </button>
        ))}
      </div>
    </section>
  );
}
