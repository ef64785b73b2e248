/** The applications of own persons, each with its road. */
import { To, useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { usePlain } from '../light/house.tsx';
import { Nothing, Page, Pager, Said, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords, wordOf } from '../ui/words.ts';
import type { Application } from './api.ts';
import { api } from './api.ts';
import { SupplyBanner } from './papers.tsx';
import { RoadPicture } from './road-picture.tsx';
import { roadSentence } from './road.ts';

const PAGE_SIZE = 20;
/** States in which papers are handed in, and in which an application is accepted. */
const PAPER_STATES = ['filed', 'accepted', 'dispatched', 'scored', 'confirmed', 'checked'];
const ACCEPTED = ['accepted', 'dispatched', 'scored', 'confirmed', 'checked', 'onNotice', 'concluded'];

export function Applications() {
  const say = useWords('family');
  const [search] = useFilters();
  const page = Math.max(1, Number(search['page']) || 1);
  const asked = useAsk(`applications ${page}`, (signal) => api('GET /api/family/applications', { query: { page, pageSize: PAGE_SIZE } }, { signal }));
  return (
    <Page title={say('applications.title')}>
      {search['filed'] ? (
        <Said>
          <strong>{say('applications.filed')}</strong>
          <p>{say('applications.filedNumber', { number: search['filed'] })}</p>
        </Said>
      ) : null}
      <Show asked={asked} lines={6}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing>{say('applications.none')}</Nothing>
          ) : (
            <>
              {found.rows.map((one) => (
                <ApplicationCard key={one.id} application={one} />
              ))}
              {found.total > PAGE_SIZE ? <Pager total={found.total} pageSize={PAGE_SIZE} shown={found.rows.length} /> : null}
            </>
          )
        }
      </Show>
      <To to="/family/apply" className="button button-wide">
        {say('applications.new')}
      </To>
    </Page>
  );
}

/** When somebody comes, and who: a family opens its door to these two and to nobody else. */
function Appointment({ visit }: { visit: NonNullable<Application['appointment']> }) {
  const say = useWords('family');
  const people = [visit.assessorName, visit.expertName].filter((one) => one !== null).join(say('papers.between'));
  return (
    <div className="verdict verdict-good">
      <strong>{say('applications.appointment')} <DayText day={visit.on} />{visit.windowFrom && visit.windowTo ? <span className="ch-number"> {visit.windowFrom}–{visit.windowTo}</span> : null}</strong>
      <p>{say('applications.whoComes', { people, institution: visit.institutionName })}</p>
      {visit.institutionPhone ? <p>{say('applications.otherTime')} <a href={`tel:${visit.institutionPhone}`}>{visit.institutionPhone}</a></p> : null}
    </div>
  );
}

function ApplicationCard({ application }: { application: Application }) {
  const say = useWords('family');
  const words = useWords('assessments');
  const plain = usePlain();
  const sentence = roadSentence(application);
  return (
    <section className="sheet" aria-label={`${application.personName} ${application.number}`}>
      <h2>
        {application.personName} · {wordOf(words, 'values', application.kind)}
      </h2>
      <p className="small ch-muted">
        {application.number} · {say('applications.filedOn')} <DayText day={application.filedOn} />
      </p>
      <RoadPicture state={application.state} />
      {application.appointment ? null : <p className="next-line">{plain(say(`next.${sentence.say}`, { ...sentence.params, defaultValue: wordOf(words, 'states', application.state) }))}</p>}
      {application.supplyByOn && PAPER_STATES.includes(application.state) ? <SupplyBanner supply={{ byOn: application.supplyByOn, suppliedOn: null, overdue: false }} /> : null}
      {application.appointment ? <Appointment visit={application.appointment} /> : null}
      {application.comeAgainOn ? <p>{say('papers.comeAgain')} <DayText day={application.comeAgainOn} /></p> : null}
      <div className="stack">
        {PAPER_STATES.includes(application.state) && application.kind !== 'spotCheck' ? (
          <To to={`/family/papers/${application.id}`} className={application.supplyByOn ? 'button button-main' : 'button'}>
            {say(application.supplyByOn ? 'papers.supplyNow' : 'papers.open')}
          </To>
        ) : null}
        {application.state === 'refused' ? <a className="button" href={api.url('GET /api/family/applications/{id}/refusal-letter.pdf', { params: { id: application.id } })} target="_blank" rel="noreferrer">{say('papers.refusalLetter')}</a> : null}
        {application.state === 'closed' ? <a className="button" href={api.url('GET /api/family/applications/{id}/closing-letter.pdf', { params: { id: application.id } })} target="_blank" rel="noreferrer">{say('papers.closingLetter')}</a> : null}
        {ACCEPTED.includes(application.state) ? <a className="button" href={api.url('GET /api/family/applications/{id}/acceptance-receipt.pdf', { params: { id: application.id } })} target="_blank" rel="noreferrer">{say(application.kind === 'spotCheck' ? 'papers.spotCheckNotice' : 'papers.receipt')}</a> : null}
        {application.state === 'concluded' ? (
          <To to="/family/conclusions" className="button">
            {say('applications.conclusion')}
          </To>
        ) : null}
        {application.decisionId && (application.state === 'refused' || (application.state === 'closed' && application.closedReason !== 'PERSON_DECEASED')) ? (
          <To to={`/family/why/${application.decisionId}`} className="button">
            {say(application.state === 'closed' ? 'applications.whyClosed' : 'applications.whyRefused')}
          </To>
        ) : null}
      </div>
    </section>
  );
}
