/** Papers and self-assessment of an application, as the office sees them. */
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Application } from './application.tsx';
import { api } from '../api.ts';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { Papers, SelfQuestions } from '../../ui/papers.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { DayText, InstantText } from '../../ui/text.tsx';
import { useWords } from '../../ui/words.ts';

/** What is asked of the papers and of the applicant, and what is there. */
export function usePapers(id: string) {
  return useQuery({ queryKey: ['GET /api/applications/{id}/materials', id], queryFn: () => api('GET /api/applications/{id}/materials', { params: { id } }) });
}

type Shown = NonNullable<ReturnType<typeof usePapers>['data']>;

export function PapersCards({ application }: { application: Application }) {
  const say = useWords('office');
  const asked = usePapers(application.id);
  if (application.kind === 'spotCheck') return null;
  return (
    <Loaded asked={asked}>
      {(shown) => (
        <>
          <Card size="small" title={say('papers.title')}>
            <PapersPart application={application} shown={shown} />
          </Card>
          <Card size="small" title={say('papers.self')}>
            <SelfPart application={application} shown={shown} />
          </Card>
        </>
      )}
    </Loaded>
  );
}

function PapersPart({ application, shown }: { application: Application; shown: Shown }) {
  const say = useWords('office');
  const queries = useQueryClient();
  const mayFile = useWhyNot()('assessments.file') === undefined;
  const { supply } = shown;
  return (
    <div className="ch-values">
      {supply ? (
        <Alert type={supply.suppliedOn ? 'success' : supply.overdue ? 'error' : 'warning'} showIcon
          title={supply.suppliedOn ? say('papers.supplied', { day: supply.suppliedOn }) : say('papers.supplyBy', { day: supply.byOn, name: supply.promisedBy })} />
      ) : shown.demanded && application.state === 'filed' ? (
        <Alert type={shown.outcome === 'complete' ? 'success' : shown.outcome === 'supplyLater' ? 'warning' : 'error'} showIcon title={say(`papers.outcome.${shown.outcome}`, { day: shown.byOn ?? '–' })} />
      ) : null}
      <Papers
        items={shown.items}
        materials={shown.materials}
        limits={shown.limits}
        open={shown.open && mayFile}
        fileUrl={(id) => api.url('GET /api/materials/{id}/file', { params: { id } })}
        send={(code, file, how) => api('POST /api/applications/{id}/materials', { params: { id: application.id }, query: { code: code as 'otherPaper' }, upload: file }, how)}
        withdraw={(id, reason) => api('POST /api/materials/{id}/withdrawal', { params: { id }, body: { reason } })}
        mayWithdraw={() => mayFile}
        sawOriginal={(code) => api('POST /api/applications/{id}/originals', { params: { id: application.id }, body: { codes: [code as 'otherPaper'] } })}
        changed={() => void queries.invalidateQueries()}
      />
    </div>
  );
}

function SelfPart({ application, shown }: { application: Application; shown: Shown }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const queries = useQueryClient();
  const mayFile = useWhyNot()('assessments.file') === undefined;
  const form = useQuery({ queryKey: ['GET /api/self-assessment-form'], queryFn: () => api('GET /api/self-assessment-form') });
  const [answers, setAnswers] = useState<Record<string, boolean>>();
  const known = shown.selfAssessment;
  const saving = useMutation({
    mutationFn: (given: Record<string, boolean>) => api('POST /api/applications/{id}/self-assessment', { params: { id: application.id }, body: { answers: given, filledBy: application.applicantName, onPaper: true } }),
    onSuccess: async () => {
      setAnswers(undefined);
      await queries.invalidateQueries();
    },
  });
  const items = form.data?.items ?? [];
  return (
    <div className="ch-values">
      {known ? (
        <>
          <Alert type="info" showIcon title={say('papers.selfClass', { class: known.class === 'other' ? '–' : known.class, text: lang === 'zh' ? known.classZh : known.classEn })} description={say('papers.selfHint')} />
          <div className="ch-muted">{say('papers.selfBy', { name: known.filledBy, actor: known.actorName })} <InstantText at={known.recordedAt} /> <Go to={`/explanations/${known.decisionId}`}>{say('papers.selfWhy')}</Go></div>
        </>
      ) : <div className="ch-muted">{say('papers.selfNone')}</div>}
      {answers ?? known ? <SelfQuestions items={items} value={answers ?? known?.answers ?? {}} set={setAnswers} disabled={answers === undefined} /> : null}
      {shown.open && mayFile ? (
        answers === undefined ? (
          <Button onClick={() => setAnswers({ ...known?.answers })}>{say(known ? 'papers.selfAgain' : 'papers.selfFill')}</Button>
        ) : (
          <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate(answers)}>{say('papers.selfSave')}</Button>
        )
      ) : null}
      {saving.error ? <ProblemAlert error={saving.error} /> : null}
    </div>
  );
}

/** What is said beside the state: the township's turn, what is promised, when to come again, and the letters to print. */
export function PapersNote({ application }: { application: Application }) {
  const say = useWords('office');
  const params = { id: application.id };
  return (
    <>
      {application.preReviewWaits ? <Alert type="info" showIcon title={say('papers.preReviewWaits')} /> : null}
      {application.supplyByOn ? <Alert type="warning" showIcon title={say('papers.supplyOpen', { day: application.supplyByOn })} /> : null}
      {application.closedReason ? <Alert type="error" showIcon title={say(`papers.closed.${application.closedReason}`)} /> : null}
      {application.comeAgainOn ? <div>{say('papers.comeAgain')} <DayText day={application.comeAgainOn} /></div> : null}
      {application.state === 'refused' ? <a href={api.url('GET /api/applications/{id}/refusal-letter.pdf', { params })} target="_blank" rel="noreferrer">{say('papers.refusalLetter')}</a> : null}
      {application.state === 'closed' ? <a href={api.url('GET /api/applications/{id}/closing-letter.pdf', { params })} target="_blank" rel="noreferrer">{say('papers.closingLetter')}</a> : null}
      {application.acceptedOn ? <a href={api.url('GET /api/applications/{id}/acceptance-receipt.pdf', { params })} target="_blank" rel="noreferrer">{say(application.kind === 'spotCheck' ? 'papers.spotCheckNotice' : 'papers.receipt')}</a> : null}
    </>
  );
}
