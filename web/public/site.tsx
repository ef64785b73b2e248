/** Frame and pages of the public site. */
import type { ReactNode } from 'react';
import { To, useAddress } from '../light/address.tsx';
import { useBoth, useHouse } from '../light/house.tsx';
import { match, pathOf } from '../light/match.ts';
import { Page } from '../light/page.tsx';
import { Switches } from '../light/switches.tsx';
import { useWords } from '../ui/words.ts';
import { Home } from './home.tsx';
import { Institutions } from './institutions.tsx';
import { LetterForm, LetterPage } from './letters.tsx';
import { NoticePage } from './notice.tsx';
import { Notices } from './notices.tsx';
import { PolicyFigure } from './policy-figure.tsx';
import { Policy } from './policy.tsx';
import { ReceiptPage } from './receipt.tsx';

const PAGES: [pattern: string, page: (params: Record<string, string>) => ReactNode][] = [
  ['/', () => <Home />],
  ['/notices', () => <Notices />],
  ['/notices/:id', ({ id }) => <NoticePage key={id} id={id!} />],
  ['/receipt', () => <ReceiptPage />],
  ['/letters', () => <LetterForm />],
  ['/letters/:code', ({ code }) => <LetterPage key={code} code={code!} />],
  ['/institutions', () => <Institutions />],
  ['/policy', () => <Policy />],
  ['/policy/:name', ({ name }) => <PolicyFigure key={name} name={name!} />],
];

const MENU = ['notices', 'letters', 'institutions', 'policy'] as const;

export function Site() {
  const say = useWords('site');
  const address = useAddress();
  return (
    <>
      <a className="skip" href="#main">
        {say('light:skip')}
      </a>
      <Top path={pathOf(address)} />
      <main id="main" tabIndex={-1}>
        {pageOf(address) ?? <Missing />}
      </main>
      <Foot />
    </>
  );
}

function pageOf(address: string): ReactNode {
  for (const [pattern, page] of PAGES) {
    const params = match(pattern, address);
    if (params) return page(params);
  }
  return undefined;
}

function Top({ path }: { path: string }) {
  const say = useWords('site');
  const both = useBoth();
  const house = useHouse().data;
  return (
    <header className="top">
      <div className="top-row">
        <To to="/" className="brand">
          <Sign />
          <span>
            <strong>{say('brand')}</strong>
            <small>{house ? say('city', { city: both(house.city) }) : say('insurance')}</small>
          </span>
        </To>
        <Switches />
      </div>
      <nav className="menu" aria-label={say('menu.label')}>
        {MENU.map((one) => (
          <To key={one} to={`/${one}`} aria-current={path === `/${one}` || path.startsWith(`/${one}/`) ? 'page' : undefined}>
            {say(`menu.${one}`)}
          </To>
        ))}
      </nav>
    </header>
  );
}

/** The mark of the house: a bridge that carries. */
function Sign() {
  return (
    <svg className="sign" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M3 23h26M7 23v-7a9 9 0 0 1 18 0v7M13 23v-6.5a3 3 0 0 1 6 0V23" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}

function Foot() {
  const say = useWords('site');
  const house = useHouse().data;
  return (
    <footer className="foot">
      <nav aria-label={say('foot.label')}>
        <a href="/office">{say('enter.office')}</a>
        <a href="/family">{say('enter.family')}</a>
        <a href="/assess">{say('enter.assess')}</a>
        <a href="/api/reference">{say('foot.reference')}</a>
        <a href="/api/openapi.json">{say('foot.openapi')}</a>
      </nav>
      <p>{say('foot.masked')}</p>
      {house?.demo ? <p>{say('foot.demo')}</p> : null}
    </footer>
  );
}

function Missing() {
  const say = useWords('light');
  return (
    <Page title={say('notFound.title')} lead={say('notFound.text')}>
      <To to="/" className="button">
        {say('notFound.home')}
      </To>
    </Page>
  );
}
