/** Frame of the family page: sign-in first, then five places at the thumb. */
import type { ReactNode } from 'react';
import { To, useAddress } from '../light/address.tsx';
import { useBoth, useHouse } from '../light/house.tsx';
import { addressWith, match, pathOf, searchOf } from '../light/match.ts';
import { Fault, Page, Wait } from '../light/page.tsx';
import { Switches } from '../light/switches.tsx';
import { useWords } from '../ui/words.ts';
import { Activate } from './activate.tsx';
import { Applications } from './applications.tsx';
import { Apply } from './apply.tsx';
import { Complaints } from './complaints.tsx';
import { Conclusions } from './conclusions.tsx';
import { Explanations } from './explanations.tsx';
import { Money } from './money.tsx';
import { PersonsAround } from './persons-known.tsx';
import { ApplicationPapers } from './papers.tsx';
import { Persons } from './persons.tsx';
import { Plans } from './plans.tsx';
import { NotFamily, SignIn } from './sign-in.tsx';
import { TabIcon } from './tab-icon.tsx';
import { Visits } from './visits.tsx';
import { Why } from './why.tsx';

const PAGES: [pattern: string, page: (params: Record<string, string>) => ReactNode][] = [
  ['/family', () => <Persons />],
  ['/family/apply', () => <Apply />],
  ['/family/applications', () => <Applications />],
  ['/family/papers/:id', ({ id }) => <ApplicationPapers key={id} id={id!} />],
  ['/family/conclusions', () => <Conclusions />],
  ['/family/complaints', () => <Complaints />],
  ['/family/explanations', () => <Explanations />],
  ['/family/why/:id', ({ id }) => <Why key={id} id={id!} />],
  ['/family/plans', () => <Plans />],
  ['/family/visits', () => <Visits />],
  ['/family/money', () => <Money />],
];

const TABS = ['home', 'applications', 'plans', 'visits', 'money'] as const;

export function Family() {
  const say = useWords('family');
  const house = useHouse();
  const session = house.data?.session;
  // A one-time link is followed before anybody has signed in.
  const activating = pathOf(useAddress()) === '/family/activate';
  return (
    <>
      <a className="skip" href="#main">
        {say('light:skip')}
      </a>
      <Top />
      <main id="main" tabIndex={-1}>
        {house.error ? (
          <div className="page">
            <Fault error={house.error} again={house.again} />
          </div>
        ) : house.data === undefined ? (
          <div className="page">
            <Wait slow={house.slow} lines={6} />
          </div>
        ) : activating ? (
          <Activate />
        ) : !session ? (
          <SignIn />
        ) : session.permissions.includes('family.read') ? (
          <PersonsAround>
            <Routes />
          </PersonsAround>
        ) : (
          <NotFamily />
        )}
      </main>
      {session?.permissions.includes('family.read') && !activating ? <Tabs /> : null}
    </>
  );
}

function Routes() {
  const say = useWords('light');
  const address = useAddress();
  for (const [pattern, page] of PAGES) {
    const params = match(pattern, address);
    if (params) return page(params);
  }
  return (
    <Page title={say('notFound.title')} lead={say('notFound.text')}>
      <To to="/family" className="button">
        {say('notFound.home')}
      </To>
    </Page>
  );
}

function Top() {
  const say = useWords('family');
  const both = useBoth();
  const house = useHouse().data;
  return (
    <header className="top">
      <To to="/family" className="brand">
        <strong>{say('brand')}</strong>
        <small>{house ? say('city', { city: both(house.city) }) : say('insurance')}</small>
      </To>
      <Switches />
    </header>
  );
}

/** The five places, at the lower edge of a phone; the chosen person and month go along. */
function Tabs() {
  const say = useWords('family');
  const address = useAddress();
  const path = pathOf(address);
  const { person, month } = searchOf(address);
  const here = (tab: (typeof TABS)[number]) => (tab === 'home' ? ['/family', '/family/conclusions', '/family/explanations', '/family/complaints'].includes(path) : path === `/family/${tab}` || (tab === 'applications' && (path === '/family/apply' || path.startsWith('/family/papers/'))));
  return (
    <nav className="tabs" aria-label={say('tabs.label')}>
      {TABS.map((tab) => (
        <To key={tab} to={tab === 'home' ? '/family' : addressWith(`/family/${tab}`, { person, month: tab === 'visits' || tab === 'money' ? month : undefined })} aria-current={here(tab) ? 'page' : undefined}>
          <TabIcon name={tab} />
          <span>{say(`tabs.${tab}`)}</span>
        </To>
      ))}
    </nav>
  );
}
