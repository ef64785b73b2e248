/** Why a decision is as it is, and deciding again. */
import { Button, Select, Space } from 'antd';
import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ExplanationView } from '../../ui/explanation-view.tsx';
import { Go } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Loaded, PageHead } from '../../ui/record-page.tsx';
import { recordsApi } from '../../ui/records.ts';
import { useWords } from '../../ui/words.ts';

/** Where the subject of a decision is shown. */
const SUBJECT_PAGES: Record<string, string> = { application: '/applications', conclusion: '/conclusions', plan: '/plans', statement: '/statements', person: '/people', visit: '/visits' };

export function ExplanationPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const asked = useQuery({ queryKey: ['GET /api/explanations/{id}', id], queryFn: () => recordsApi('GET /api/explanations/{id}', { params: { id } }) });
  const rerun = useMutation({ mutationFn: (city: string | undefined) => recordsApi('POST /api/explanations/{id}/rerun', { params: { id }, body: city ? { city } : {} }, { repeatKey: null }) });
  return (
    <Loaded asked={asked}>
      {(explanation) => {
        const subject = SUBJECT_PAGES[explanation.subjectType];
        return (
          <>
            <PageHead
              title={say('explanations.title')}
              extra={
                <Space wrap size={16}>
                  {explanation.subjectType === 'line' ? <LineLinks id={explanation.subjectId} /> : null}
                  {subject ? <Go to={`${subject}/${explanation.subjectId}`}>{say('explanations.subject')}</Go> : null}
                  {explanation.personId ? <Go to={`/people/${explanation.personId}`}>{say('explanations.person')}</Go> : null}
                </Space>
              }
            />
            <ProblemAlert error={rerun.error} />
            <ExplanationView explanation={explanation} rerun={rerun.data} actions={explanation.canRerun ? <Again pending={rerun.isPending} run={(city) => rerun.mutate(city)} /> : <span className="ch-muted">{say('explanations.cannot')}</span>} />
          </>
        );
      }}
    </Loaded>
  );
}

/** A claim line belongs to a statement, and often to a visit. */
function LineLinks({ id }: { id: string }) {
  const say = useWords('office');
  const line = useQuery({ queryKey: ['GET /api/lines/{id}', id], queryFn: () => api('GET /api/lines/{id}', { params: { id } }) }).data;
  if (!line) return null;
  return (
    <Space wrap size={16}>
      <Go to={`/statements/${line.statementId}`}>{say('explanations.statement', { number: line.statementNumber })}</Go>
      {line.visitId ? <Go to={`/visits/${line.visitId}?serviceOn=${line.serviceOn}`}>{say('explanations.visit')}</Go> : null}
    </Space>
  );
}

function Again({ pending, run }: { pending: boolean; run: (city: string | undefined) => void }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const [city, setCity] = useState<string>();
  const cities = useQuery({ queryKey: ['GET /api/policy-cities'], queryFn: () => recordsApi('GET /api/policy-cities') }).data ?? [];
  return (
    <Space wrap>
      <Button onClick={() => run(undefined)} loading={pending && city === undefined}>{say('explanations.again')}</Button>
      <Select
        style={{ minWidth: 200 }}
        placeholder={say('explanations.tryCity')}
        aria-label={say('explanations.tryCity')}
        value={city ?? null}
        allowClear
        options={cities.filter((one) => !one.own).map((one) => ({ value: one.city, label: one.name[lang] }))}
        onChange={(value: string | null) => {
          setCity(value ?? undefined);
          if (value) run(value);
        }}
      />
    </Space>
  );
}
