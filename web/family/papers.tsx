/** The papers of an own application: what is asked, photographs from the phone, what is still to be supplied until when, the self-assessment, and withdrawing. */
import { useState } from 'react';
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { Papers, SelfQuestions } from '../ui/papers.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import { To, go, useFilters } from '../light/address.tsx';
import { useAct, useAsk } from '../light/ask.ts';
import { LongField } from '../light/fields.tsx';
import { useHouse } from '../light/house.tsx';
import { Fault, Page, Said, Show } from '../light/page.tsx';
import { preferences } from '../ui/preferences.ts';
import { api } from './api.ts';

type Shown = OutputOf<(typeof assessmentsContract)['GET /api/family/applications/{id}/materials']>;

export function ApplicationPapers({ id }: { id: string }) {
  const say = useWords('family');
  const filed = useFilters()[0]['filed'];
  const asked = useAsk(`papers ${id}`, (signal) => api('GET /api/family/applications/{id}/materials', { params: { id } }, { signal }));
  return (
    <Page title={say('papers.title')} lead={say('papers.lead')} back={<To to="/family/applications" className="back">{say('apply.back')}</To>}>
      <Show asked={asked} lines={8}>
        {(shown) => (
          <>
            {filed ? <Said><strong>{say('applications.filed')}</strong><p>{say('papers.filedNumber', { number: filed })}</p></Said> : null}
            <SupplyBanner supply={shown.supply} />
            {shown.preReview ? <PreReviewSaid said={shown.preReview} items={shown.items} /> : null}
            {shown.open && shown.supply === null && shown.lacking.length > 0 ? <p role="status" className="next-line">{say('papers.lacking', { n: shown.lacking.length })}</p> : null}
            {shown.lacking.length === 0 ? <Said>{say(shown.supply ? 'papers.supplied' : 'papers.complete')}</Said> : null}
            <Papers
              items={shown.items}
              materials={shown.materials}
              limits={shown.limits}
              open={shown.open}
              fileUrl={(material) => api.url('GET /api/family/materials/{id}/file', { params: { id: material } })}
              send={(code, file, how) => api('POST /api/family/applications/{id}/materials', { params: { id }, query: { code: code as 'otherPaper' }, upload: file }, how)}
              withdraw={(material, reason) => api('POST /api/family/materials/{id}/withdrawal', { params: { id: material }, body: { reason } })}
              mayWithdraw={(paper) => paper.own}
              changed={asked.again}
            />
            <SelfPart id={id} known={shown.selfAssessment} open={shown.open} again={asked.again} />
            {shown.open ? <WithdrawPart id={id} /> : null}
          </>
        )}
      </Show>
    </Page>
  );
}

/** What the township said at its pre-review, and what that asks of the family. */
function PreReviewSaid({ said, items }: { said: NonNullable<Shown['preReview']>; items: Shown['items'] }) {
  const say = useWords('family');
  const { lang } = preferences();
  const goesOn = said.result === 'goOn' || said.insists;
  const bring = items.filter((one) => said.bring.includes(one.code)).map((one) => one[lang]);
  return (
    <Said className={goesOn ? 'verdict verdict-good' : 'verdict verdict-wait'}>
      <strong>{say('papers.preReview', { on: said.reviewedOn })}</strong>
      <p>{say(`papers.preReviewed.${goesOn ? 'goOn' : said.result}`)}</p>
      {bring.length > 0 ? <p>{bring.join(say('papers.between'))}</p> : null}
      {said.reason ? <p>{said.reason}</p> : null}
    </Said>
  );
}

/** What was promised, and until when it is to come. */
export function SupplyBanner({ supply }: { supply: { byOn: string; suppliedOn: string | null; overdue: boolean } | null }) {
  const say = useWords('family');
  if (supply === null || supply.suppliedOn !== null) return null;
  return <Said className={supply.overdue ? 'verdict verdict-bad' : 'verdict verdict-wait'}><strong>{say(supply.overdue ? 'papers.overdue' : 'papers.supplyBy')} <DayText day={supply.byOn} /></strong></Said>;
}

interface Known {
  answers: Record<string, boolean>;
  class: string;
  classZh: string;
  classEn: string;
}

function SelfPart({ id, known, open, again }: { id: string; known: Known | null; open: boolean; again: () => void }) {
  const say = useWords('family');
  const house = useHouse().data;
  const form = useAsk('self form', (signal) => api('GET /api/self-assessment-form', {}, { signal }));
  const [answers, setAnswers] = useState<Record<string, boolean>>();
  const act = useAct(async (given: Record<string, boolean>, how) => {
    await api('POST /api/family/applications/{id}/self-assessment', { params: { id }, body: { answers: given, filledBy: house?.session?.displayName ?? '', onPaper: false } }, how);
    setAnswers(undefined);
    again();
  });
  const items = form.data?.items ?? [];
  if (!open && !known) return null;
  return (
    <section className="sheet" aria-label={say('papers.self')}>
      <h2>{say('papers.self')}</h2>
      {known ? <p>{say('papers.selfSaid', { text: preferences().lang === 'zh' ? known.classZh : known.classEn })}</p> : <p>{say('papers.selfLead')}</p>}
      {answers === undefined ? null : <SelfQuestions items={items} value={answers} set={setAnswers} />}
      <Fault error={act.error} />
      {open ? (
        <button type="button" className="button" disabled={act.busy} onClick={() => (answers === undefined ? setAnswers({ ...known?.answers }) : void act.run(answers))}>
          {say(answers !== undefined ? 'papers.selfSave' : known ? 'papers.selfAgain' : 'papers.selfFill')}
        </button>
      ) : null}
    </section>
  );
}

/** Withdrawing asks for the reason first, and says what it means. */
function WithdrawPart({ id }: { id: string }) {
  const say = useWords('family');
  const [reason, setReason] = useState('');
  const act = useAct(async (given: string, how) => {
    await api('POST /api/family/applications/{id}/withdraw', { params: { id }, body: { reason: given } }, how);
    go('/family/applications');
    window.scrollTo(0, 0);
  });
  return (
    <details className="sheet">
      <summary>{say('papers.withdraw')}</summary>
      <form className="form" onSubmit={(event) => (event.preventDefault(), void act.run(reason.trim()))}>
        <LongField label={say('papers.withdrawReason')} hint={say('papers.withdrawHint')} value={reason} set={setReason} maxLength={300} minLength={1} />
        <Fault error={act.error} />
        <button type="submit" className="button" disabled={act.busy}>{say('papers.withdraw')}</button>
      </form>
    </details>
  );
}
