/** Frame of the assessor's portal: it opens with or without network for whoever was signed in last. */
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { To, useAddress } from '../light/address.tsx';
import { useHouse } from '../light/house.tsx';
import { match, pathOf } from '../light/match.ts';
import { Fault, Nothing, Page, Wait } from '../light/page.tsx';
import { Switches } from '../light/switches.tsx';
import { useWords } from '../ui/words.ts';
import { Orders } from './orders.tsx';
import { PhoneAround, unsentOf, useOnPhone } from './phone.tsx';
import { useRecorder } from './recorder.ts';
import { OutboxAround } from './sending.tsx';
import { remember, useKnown, useOnline } from './session.ts';
import { NotAssessor, SignIn } from './sign-in.tsx';
import type { Receipt } from './store/shapes.ts';
import { takeNewVersion, useNewVersion } from './update.ts';
import { VisitAround } from './visit/around.tsx';
import { Arrive } from './visit/arrive.tsx';
import { Film } from './visit/film.tsx';
import { Finish } from './visit/finish.tsx';
import { Items } from './visit/items.tsx';
import { Persons } from './visit/persons.tsx';
import { Review } from './visit/review.tsx';
import { ReceiptSheet, Send } from './visit/send.tsx';
import { addressOf } from './visit/step.tsx';

const STEP_PAGES: Record<string, (item: string | undefined) => ReactNode> = {
  arrive: () => <Arrive />,
  persons: () => <Persons />,
  video: () => <Film />,
  items: (item) => <Items code={item} />,
  review: () => <Review />,
  finish: () => <Finish />,
  send: () => <Send />,
};

export function Portal() {
  const say = useWords('assessor');
  const house = useHouse();
  const known = useKnown();
  const session = house.data?.session;
  const works = session?.permissions.includes('assessments.assess') ?? false;
  useEffect(() => {
    if (session && works) remember({ accountId: session.accountId, signInName: session.signInName, displayName: session.displayName, institutionId: session.institutionId, city: house.data!.city });
  }, [session, works, house.data]);
  const signingIn = pathOf(useAddress()) === '/assess/sign-in';
  return (
    <>
      <a className="skip" href="#main">
        {say('light:skip')}
      </a>
      {session && !works ? (
        <Framed>
          <NotAssessor />
        </Framed>
      ) : known && !(signingIn && !session) ? (
        <PhoneAround key={known.accountId} known={known}>
          <OutboxAround>
            <Framed bar={<Bar signedOut={house.data?.session === null} />}>
              <Routes />
            </Framed>
          </OutboxAround>
        </PhoneAround>
      ) : (
        <Framed>{house.data ? <SignIn /> : <First />}</Framed>
      )}
    </>
  );
}

/** Nobody is known on this phone yet, and the server has not answered. */
function First() {
  const say = useWords('assessor');
  const house = useHouse();
  if (!house.error) return <div className="page"><Wait slow={house.slow} lines={6} /></div>;
  return (
    <Page title={say('signIn.title')} lead={say('signIn.needsNetwork')}>
      <Fault error={house.error} again={house.again} />
    </Page>
  );
}

function Framed({ children, bar }: { children: ReactNode; bar?: ReactNode }) {
  const say = useWords('assessor');
  return (
    <>
      <header className="top">
        <To to="/assess" className="brand">
          <strong>{say('brand')}</strong>
        </To>
        <Switches />
      </header>
      {bar}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** What holds on every page: what is on this phone only, the network, a running camera, a new version. */
function Bar({ signedOut }: { signedOut: boolean }) {
  const say = useWords('assessor');
  const held = useOnPhone();
  const online = useOnline();
  const recorder = useRecorder();
  const newVersion = useNewVersion();
  const inVisit = pathOf(useAddress()).startsWith('/assess/visit/');
  const unsent = unsentOf(held);
  return (
    <div className="bar-top" role="status">
      <span className={online ? 'net' : 'net net-off'}>{say(online ? 'net.on' : 'net.off')}</span>
      {unsent > 0 ? <To to="/assess">{say('unsent', { n: unsent })}</To> : <span>{say('unsentNone')}</span>}
      {recorder.state === 'on' && !inVisit ? <To to={addressOf(recorder.visitId!, 'video')}>{say('video.elsewhere')}</To> : null}
      {signedOut && online ? <To to="/assess/sign-in">{say('signIn.again')}</To> : null}
      {newVersion && unsent === 0 && !inVisit ? (
        <button type="button" className="button button-plain" onClick={takeNewVersion}>
          {say('newVersion')}
        </button>
      ) : null}
    </div>
  );
}

function Routes() {
  const say = useWords('assessor');
  const { receipts } = useOnPhone();
  const address = useAddress();
  if (['/assess', '/assess/sign-in'].includes(pathOf(address))) return <Orders />;
  const found = match('/assess/visit/:id/:step', address) ?? match('/assess/visit/:id/:step/:item', address);
  const page = found && STEP_PAGES[found['step']!];
  if (!found || !page) {
    return (
      <Page title={say('light:notFound.title')} lead={say('light:notFound.text')}>
        <To to="/assess" className="button">
          {say('toOrders')}
        </To>
      </Page>
    );
  }
  const receipt = receipts.find((one) => one.visitId === found['id']);
  if (receipt) return <Done receipt={receipt} />;
  return <VisitAround id={found['id']!}>{page(found['item'])}</VisitAround>;
}

function Done({ receipt }: { receipt: Receipt }) {
  const say = useWords('assessor');
  useEffect(() => window.scrollTo(0, 0), []);
  return (
    <Page title={say('steps.send')}>
      <ReceiptSheet receipt={receipt} />
      <Nothing more={<To to="/assess" className="button button-main">{say('toOrders')}</To>}>{say('receipt.next')}</Nothing>
    </Page>
  );
}
