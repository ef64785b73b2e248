/** The list: what is overdue and due first, what is in hand, what waits on this phone only, and the last receipts. */
import { useEffect, useState } from 'react';
import { To, go } from '../light/address.tsx';
import { daysFromTo } from '../light/day.ts';
import { useHouse, usePick } from '../light/house.tsx';
import { Fault, Nothing, Page, Wait } from '../light/page.tsx';
import { Problem } from '../../kit/client.ts';
import { DayText, InstantText } from '../ui/text.tsx';
import { useWords, wordOf } from '../ui/words.ts';
import type { OnSiteCase } from './api.ts';
import { ordersOf, useFetchedPackage, useOnPhone } from './phone.tsx';
import { SignedIn } from './sign-in.tsx';
import type { Receipt, Visit } from './store/shapes.ts';
import { beginVisit } from './store/visits.ts';
import { usePortalKept } from './update.ts';
import { Returned } from './visit/returned.tsx';
import { addressOf } from './visit/step.tsx';

export function Orders() {
  const say = useWords('assessor');
  const { kept, visits, receipts, known } = useOnPhone();
  const fetched = useFetchedPackage();
  const today = useHouse().data?.today ?? new Date().toISOString().slice(0, 10);
  const orders = ordersOf(kept, known.accountId, today).filter((one) => !visits.some(({ visit }) => visit.applicationId === one.applicationId) && !receipts.some((receipt) => receipt.applicationId === one.applicationId && receipt.sentAt > (kept?.fetchedAt ?? '')));
  const offline = fetched.error instanceof Problem && fetched.error.status === 0;
  return (
    <Page title={say('orders.title')} lead={kept ? <Standing fetchedAt={kept.fetchedAt} busy={fetched.busy} offline={offline} again={fetched.again} /> : undefined}>
      {fetched.error && !offline ? <Fault error={fetched.error} again={fetched.again} /> : null}
      {visits.length > 0 ? (
        <section aria-labelledby="inhand">
          <h2 id="inhand">{say('orders.inHand', { n: visits.length })}</h2>
          <ul className="plain">
            {visits.map(({ visit, ground }) => (
              <li key={visit.id}>
                <InHandCard visit={visit} order={ground.case} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-labelledby="orders">
        <h2 id="orders">{say('orders.waiting', { n: orders.length })}</h2>
        {!kept && fetched.busy ? <Wait slow={false} lines={4} /> : null}
        {!kept && offline ? <Nothing>{say('orders.neverFetched')}</Nothing> : null}
        {kept && orders.length === 0 ? <Nothing>{say('orders.none')}</Nothing> : null}
        <ul className="plain">
          {orders.map((one) => (
            <li key={one.applicationId}>
              <OrderCard order={one} late={one.late} today={today} />
            </li>
          ))}
        </ul>
      </section>
      <Receipts receipts={receipts} />
      <Room />
      <SignedIn />
    </Page>
  );
}

/** How old the list is, and whether the portal opens without network. */
function Standing({ fetchedAt, busy, offline, again }: { fetchedAt: string; busy: boolean; offline: boolean; again: () => void }) {
  const say = useWords('assessor');
  const portalKept = usePortalKept();
  return (
    <span className="standing">
      <span>
        {say(busy ? 'orders.fetching' : offline ? 'orders.offline' : 'orders.fetched')} <InstantText at={fetchedAt} />
        {portalKept ? ` · ${say('orders.portalKept')}` : ''}
      </span>
      <button type="button" className="button" disabled={busy} onClick={again}>
        {say('orders.fetch')}
      </button>
    </span>
  );
}

function OrderCard({ order, late, today }: { order: OnSiteCase; late: boolean; today: string }) {
  const say = useWords('assessor');
  const words = useWords('assessments');
  const pick = usePick();
  const { phone, kept, again } = useOnPhone();
  const [fault, setFault] = useState<string>();
  const begin = async () => {
    const visit = kept && (await beginVisit(phone, kept, order, new Date()));
    if (!visit) return setFault(say('orders.noScale'));
    await again();
    go(addressOf(visit.id, 'arrive'));
    window.scrollTo(0, 0);
  };
  const days = order.dueOn === null ? null : daysFromTo(today, order.dueOn);
  return (
    <article className={late ? 'sheet order order-late' : 'sheet order'} aria-label={order.personName}>
      <h3>
        {order.personName} <span className="small ch-muted">{wordOf(words, 'values', order.kind)}</span>
      </h3>
      <Returned order={order} items={kept?.scales.find((one) => one.id === order.scaleId)?.scale.items ?? []} />
      <p className={late ? 'due due-late' : 'due'}>
        {order.dueOn === null ? say('orders.noDue') : <>{say(late ? 'orders.late' : 'orders.due')} <DayText day={order.dueOn} />{days === null ? '' : ` · ${days < 0 ? say('orders.daysLate', { n: -days }) : days === 0 ? say('orders.today') : say('orders.daysLeft', { n: days })}`}</>}
      </p>
      <p>
        {pick(order.townshipZh, order.townshipEn)} {order.community} · {order.address}
      </p>
      {order.appointmentOn ? (
        <p>
          {say('orders.appointment')} <DayText day={order.appointmentOn} />{' '}
          <span className="ch-number">
            {order.windowFrom?.slice(0, 5)}–{order.windowTo?.slice(0, 5)}
          </span>
        </p>
      ) : null}
      {order.visits.some((one) => one.state === 'open') ? <p className="small ch-warn">{say('orders.elsewhere', { name: order.visits[0]!.assessorName })}</p> : null}
      <div className="pair">
        <a className="button" href={`tel:${order.contactPhone}`}>
          {say('orders.callShort')}
        </a>
        {order.orderWaits ? null : (
          <button type="button" className="button button-main" onClick={() => void begin()}>
            {say('orders.begin')}
          </button>
        )}
      </div>
      {order.orderWaits ? <p className="small ch-warn">{say(`orders.waits.${order.orderWaits}`)}</p> : null}
      {fault ? <p className="field-error" role="alert">{fault}</p> : null}
    </article>
  );
}

function InHandCard({ visit, order }: { visit: Visit; order: OnSiteCase }) {
  const say = useWords('assessor');
  const state = visit.sent.refusal ? 'refused' : visit.sent.made ? 'made' : visit.finishedAt ? 'finished' : 'open';
  return (
    <To to={addressOf(visit.id, visit.step, visit.step === 'items' ? visit.item : null)} className={`sheet order in-hand in-hand-${state}`}>
      <strong>{order.personName}</strong>
      <span>{say(`orders.state.${state}`, { step: say(`steps.${visit.step}`) })}</span>
      <span className="small ch-muted">
        {say('orders.changed')} <InstantText at={visit.changedAt} />
      </span>
    </To>
  );
}

function Receipts({ receipts }: { receipts: readonly Receipt[] }) {
  const say = useWords('assessor');
  if (receipts.length === 0) return null;
  return (
    <details className="receipts">
      <summary>{say('orders.receipts', { n: receipts.length })}</summary>
      <ul className="plain">
        {receipts.slice(0, 50).map((one) => (
          <li key={one.visitId}>
            <To to={addressOf(one.visitId, 'send')} className="jump-link">
              {one.personName} · <InstantText at={one.sentAt} />
            </To>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Said when the phone has less room than a long visit needs. */
const LOW_BYTES = 500_000_000;

function Room() {
  const say = useWords('assessor');
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    void navigator.storage?.estimate?.().then(({ quota, usage }) => quota !== undefined && setLeft(quota - (usage ?? 0)));
  }, []);
  if (left === undefined || left > LOW_BYTES) return null;
  return <p className="verdict verdict-wait">{say('store.low', { mb: Math.round(left / 1_000_000) })}</p>;
}
