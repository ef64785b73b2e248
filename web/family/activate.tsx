/** `/family/activate#token`: the family sets its first password. The token stands behind the # so that no server logs it. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import { To } from '../light/address.tsx';
import { useAct } from '../light/ask.ts';
import { TextField } from '../light/fields.tsx';
import { activate } from '../light/house.tsx';
import { Fault, Page } from '../light/page.tsx';
import { useWords } from '../ui/words.ts';

const MIN_LENGTH = 12;

export function Activate() {
  const say = useWords('family');
  const [token] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [name, setName] = useState<string>();
  const differs = again !== '' && again !== password;
  const act = useAct(async (given: string) => {
    setName((await activate(token, given)).signInName);
    // The link is used up; it need not stay in the browser's history.
    window.history.replaceState(null, '', '/family/activate');
  });
  if (name !== undefined) {
    return (
      <Page title={say('activate.ready')} lead={say('activate.readyText', { name })}>
        <To to="/family" className="button button-main button-wide">
          {say('light:signIn.send')}
        </To>
      </Page>
    );
  }
  if (token.length < 20) return <Page title={say('activate.title')} lead={say('activate.noToken')} />;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!differs) void act.run(password);
  };
  return (
    <Page title={say('activate.title')} lead={say('activate.lead')}>
      <form className="form" onSubmit={send}>
        <TextField label={say('activate.password')} hint={say('activate.hint', { n: MIN_LENGTH })} value={password} set={setPassword} type="password" autoComplete="new-password" minLength={MIN_LENGTH} maxLength={200} />
        <TextField label={say('activate.again')} value={again} set={setAgain} type="password" autoComplete="new-password" maxLength={200} error={differs ? say('activate.differs') : undefined} />
        <Fault error={act.error} />
        <button type="submit" className="button button-main button-wide" disabled={act.busy}>
          {say(act.busy ? 'activate.busy' : 'activate.send')}
        </button>
      </form>
    </Page>
  );
}
