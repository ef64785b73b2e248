/** Entering the scale on site: one card per item, digits choose, the sums and the grade appear beside it. */
import { Alert, App, Button, Form } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { SubmitKeys } from '../../../kit/client.ts';
import { api } from '../api.ts';
import type { Application } from './application.tsx';
import { ItemCard } from './scale-item.tsx';
import { ScaleSide } from './scale-side.tsx';
import { progressOf } from '#domain/assessments/scale/model.ts';
import type { Answers, DimensionProgress, ScaleItem } from '#domain/assessments/scale/model.ts';
import { pointsText } from '../show.ts';
import type { ScaleEdition } from '../scale-edition.ts';
import { StateTag, UnverifiedBadge } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Fields, showFieldErrors } from '../../ui/fields.tsx';
import type { FieldSpec } from '../../ui/fields.tsx';
import { useGo } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Loaded, PageHead } from '../../ui/record-page.tsx';
import { useToday } from '../../ui/session.ts';
import { useLabels, useWords } from '../../ui/words.ts';

export function ScaleEntryPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const application = useQuery({ queryKey: ['GET /api/applications/{id}', id], queryFn: () => api('GET /api/applications/{id}', { params: { id } }) });
  const scaleId = application.data?.scaleId;
  const edition = useQuery({ queryKey: ['GET /api/scale', scaleId], queryFn: () => api('GET /api/scale', { query: { id: scaleId } }), enabled: scaleId !== undefined, staleTime: Infinity });
  return <Loaded asked={application}>{(one) => <Loaded asked={edition}>{(scale) => <Entry application={one} edition={scale} />}</Loaded>}</Loaded>;
}

/** Answers entered but not sent stay on this machine until they are. */
function useDraft(id: string): [Answers, (answers: Answers) => void, () => void] {
  const key = `changhu.scale.${id}`;
  const [answers, setAnswers] = useState<Answers>(() => {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Answers;
    } catch {
      // A draft that cannot be read is as good as none.
      return {};
    }
  });
  const set = (next: Answers) => {
    setAnswers(next);
    sessionStorage.setItem(key, JSON.stringify(next));
  };
  return [answers, set, () => sessionStorage.removeItem(key)];
}

interface OnSite {
  secondName: string;
  guardianName: string;
  visitedOn: string;
  visitedAt: string;
  place: string;
}

function Entry({ application, edition }: { application: Application; edition: ScaleEdition }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { scale } = edition;
  const [answers, setAnswers, forget] = useDraft(application.id);
  const [marked, setMarked] = useState(false);
  const [form] = Form.useForm<OnSite>();
  const fields = useOnSiteFields();
  const today = useToday();
  const sums = progressOf(scale, answers);
  const missing = (scale.items as readonly ScaleItem[]).filter((item) => answers[item.code] === undefined);
  const preview = usePreview(application.id, answers);
  const submit = useSubmit(application.id, answers, forget, (error) => void showFieldErrors(form, error, fields.map((one) => one.name)));
  const allowed = application.acts.find((one) => one.act === 'assess')?.allowed !== false;
  const send = () => {
    setMarked(true);
    if (missing[0]) focusItem(missing[0].code);
    else form.submit();
  };
  return (
    <>
      <PageHead title={`${application.person.name} · ${say('assess.title')}`} back={{ to: '/assess', label: say('pages.assess') }} note={say('assess.keys')} extra={<StateTag state={application.state}>{label.state(application.state)}</StateTag>} />
      {allowed ? null : <Alert type="warning" showIcon style={{ marginBlockEnd: 12 }} title={say('assess.notNow', { state: label.state(application.state) })} />}
      <ProblemAlert error={submit.error ?? preview.error} fieldName={(column) => fields.find((one) => one.name === column)?.label ?? column} />
      <div className="ch-record-parts">
        <div className="ch-record-main">
          <Items scale={scale} answers={answers} sums={sums} marked={marked} choose={(code, points) => setAnswers({ ...answers, [code]: points })} />
          <Card size="small" title={say('assess.onSite')}>
            <Form form={form} layout="vertical" onFinish={(values) => submit.mutate(values)} initialValues={{ place: application.person.address, visitedOn: today }}>
              <div className="ch-form-grid"><Fields fields={fields} /></div>
            </Form>
          </Card>
        </div>
        <div className="ch-record-side ch-sticky">
          <ScaleSide edition={edition} sums={sums} answers={answers} preview={preview.data} />
          <Send edition={edition} missing={missing} marked={marked} allowed={allowed} pending={submit.isPending} send={send} />
        </div>
      </div>
    </>
  );
}

type Sums = readonly DimensionProgress[];
type Items = readonly ScaleItem[];

/** The items of each dimension in their order; where the worst of several groups counts, under the name of their group. */
function Items({ scale, answers, sums, marked, choose }: { scale: ScaleEdition['scale']; answers: Answers; sums: Sums; marked: boolean; choose: (code: string, points: number) => void }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const items: Items = scale.items;
  const nextOpen = (from: string) => {
    const at = items.findIndex((item) => item.code === from);
    const next = [...items.slice(at + 1), ...items.slice(0, at)].find((item) => answers[item.code] === undefined);
    if (next) focusItem(next.code);
  };
  const card = (item: ScaleItem) => (
    <ItemCard key={item.code} item={item} number={items.indexOf(item) + 1} chosen={answers[item.code]} marked={marked} choose={(points) => choose(item.code, points)} next={() => nextOpen(item.code)} />
  );
  return sums.map((sum) => {
    const own = items.filter((item) => item.dimension === sum.code);
    const groups = scale.type === 'weightedSum' ? scale.dimensions.find((one) => one.code === sum.code)?.groups : undefined;
    return (
      <section key={sum.code} className="ch-scale-group">
        <h2>
          {sum[lang]} <span className="ch-muted ch-number">{say('assess.answered', { answered: sum.answered, items: sum.items })} · {pointsText(sum.points, sum.inHundredths)}/{pointsText(sum.maxPoints, sum.inHundredths)}</span>
        </h2>
        {groups ? groups.map((group) => (
          <div key={group.code}>
            <h3 className="ch-sub">{group[lang]}</h3>
            {own.filter((item) => 'group' in item && item.group === group.code).map(card)}
          </div>
        )) : own.map(card)}
      </section>
    );
  });
}

/** What is missing, and the button. */
function Send({ edition, missing, marked, allowed, pending, send }: { edition: ScaleEdition; missing: Items; marked: boolean; allowed: boolean; pending: boolean; send: () => void }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  return (
    <Card size="small">
      {missing.length > 0 ? (
        <div className={marked ? 'ch-bad' : 'ch-muted'} role={marked ? 'alert' : undefined}>
          {say('assess.missing', { n: missing.length })}
          <div className="ch-missing">
            {missing.map((item) => <button key={item.code} type="button" className="ch-plain" onClick={() => focusItem(item.code)}>{item[lang]}</button>)}
          </div>
        </div>
      ) : null}
      <Button type="primary" block size="large" loading={pending} disabled={!allowed} onClick={send}>{say('assess.submit')}</Button>
      {edition.status === 'unverified' ? <p className="ch-source"><UnverifiedBadge source={edition.documents[0]?.title[lang]} /> {say('assess.unverified')}</p> : null}
    </Card>
  );
}

/** Sends the assessment once, and leads to the explanation of its grade. */
function useSubmit(id: string, answers: Answers, forget: () => void, failed: (error: unknown) => void) {
  const say = useWords('office');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const go = useGo();
  const keys = useRef(new SubmitKeys());
  return useMutation({
    mutationFn: ({ visitedOn, visitedAt, ...rest }: OnSite) => {
      const body = { ...rest, answers, onSiteAt: dayjs(`${visitedOn}T${visitedAt}:00+08:00`).toISOString() };
      return api('POST /api/applications/{id}/assessment', { params: { id }, body }, { repeatKey: keys.current.keyFor(body) });
    },
    onSuccess: async (made) => {
      keys.current.succeeded();
      forget();
      void message.success(say('assess.recorded', { grade: made.grade }));
      await queries.invalidateQueries();
      go(`/explanations/${made.decisionId}`);
    },
    onError: failed,
  });
}

function focusItem(code: string): void {
  const card = document.getElementById(`item-${code}`);
  card?.scrollIntoView({ block: 'center' });
  card?.querySelector<HTMLElement>('input:checked, input')?.focus();
}

/** The server's grade for these answers; nothing is stored. */
function usePreview(id: string, answers: Answers) {
  const [settled, setSettled] = useState(answers);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(answers), 300);
    return () => clearTimeout(timer);
  }, [answers]);
  return useQuery({
    queryKey: ['preview', id, settled],
    queryFn: ({ signal }) => api('POST /api/applications/{id}/assessment/preview', { params: { id }, body: { answers: settled } }, { signal, repeatKey: null }),
    enabled: Object.keys(settled).length > 0,
    placeholderData: (before) => before,
  });
}

function useOnSiteFields(): FieldSpec[] {
  const say = useWords('office');
  return [
    { name: 'visitedOn', label: say('assess.visitedOn'), kind: 'day', required: true },
    { name: 'visitedAt', label: say('assess.visitedAt'), kind: 'text', required: true, max: 5, pattern: { is: /^([01]\d|2[0-3]):[0-5]\d$/, says: say('assess.timeHint') }, hint: say('assess.timeHint') },
    { name: 'secondName', label: say('assess.secondName'), kind: 'text', required: true, max: 60 },
    { name: 'guardianName', label: say('assess.guardianName'), kind: 'text', required: true, max: 60 },
    { name: 'place', label: say('assess.place'), kind: 'text', required: true, max: 200, wide: true },
  ];
}
