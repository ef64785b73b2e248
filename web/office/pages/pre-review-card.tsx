/** The township's pre-review: check-list, the statement on housekeeping, to whom it was said, result. Made for a phone at somebody's home as well as for a desk. */
import { Alert, Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RELATIONS } from '#domain/assessments/model.ts';
import { PRE_REVIEW_RESULTS } from '#domain/assessments/prereview/model.ts';
import type { Application } from './application.tsx';
import { usePapers } from './papers-card.tsx';
import { api } from '../api.ts';
import { choicesOf } from '../parts.tsx';
import { SubmitKeys } from '../../../kit/client.ts';
import { Card } from '../../ui/card.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { InstantText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Body = Parameters<typeof api<'POST /api/applications/{id}/pre-reviews'>>[1]['body'];

const useReviews = (id: string) => useQuery({ queryKey: ['GET /api/applications/{id}/pre-reviews', id], queryFn: () => api('GET /api/applications/{id}/pre-reviews', { params: { id } }) });
type Reviews = NonNullable<ReturnType<typeof useReviews>['data']>;

export function PreReviewCard({ application }: { application: Application }) {
  const say = useWords('office');
  const asked = useReviews(application.id);
  const may = useWhyNot()('assessments.preReview') === undefined;
  const [writing, setWriting] = useState(false);
  if (application.kind === 'spotCheck') return null;
  return (
    <Loaded asked={asked}>
      {(reviews) =>
        reviews.list === null || (!reviews.owed && reviews.rows.length === 0 && !may) ? null : (
          <Card size="small" title={say('preReview.title')} extra={<a href={api.url('GET /api/applications/{id}/pre-review-sheet.pdf', { params: { id: application.id } })} target="_blank" rel="noreferrer">{say('preReview.sheet')}</a>}>
            <div className="ch-values">
              {reviews.rows.map((one) => <Review key={one.id} review={one} list={reviews.list!} />)}
              {reviews.rows.length === 0 ? <div className="ch-muted">{say(reviews.owed ? 'preReview.owed' : 'preReview.none')}</div> : null}
              {may && application.state === 'filed' ? writing ? <ReviewForm application={application} list={reviews.list} done={() => setWriting(false)} /> : <Button type={reviews.owed && reviews.reviewedOn === null ? 'primary' : 'default'} onClick={() => setWriting(true)}>{say('preReview.write')}</Button> : null}
            </div>
          </Card>
        )
      }
    </Loaded>
  );
}

function Review({ review, list }: { review: Reviews['rows'][number]; list: NonNullable<Reviews['list']> }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { lang } = usePreferences();
  const said = list.checks.map((check) => {
    const option = check.options.find((one) => one.code === review.answers[check.code]);
    return `${lang === 'zh' ? check.zh : check.en}${say('colon')}${option ? (lang === 'zh' ? option.zh : option.en) : '–'}`;
  });
  return (
    <div>
      <strong>{label.value(review.result)}</strong>{review.insists ? ` · ${say('preReview.insists')}` : ''}{review.bring.length > 0 ? ` · ${review.bring.map(label.value).join(say('comma'))}` : ''}
      {review.reason ? <div>{review.reason}</div> : null}
      <div className="ch-muted">{said.join(lang === 'zh' ? '；' : '; ')}</div>
      <div className="ch-muted">{say(review.acknowledged === 'tick' ? 'preReview.toldTick' : 'preReview.toldSigned', { name: review.toldName, relation: label.value(review.toldRelation) })} · {review.actorName} <InstantText at={review.reviewedAt} /></div>
    </div>
  );
}

function ReviewForm({ application, list, done }: { application: Application; list: NonNullable<Reviews['list']>; done: () => void }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { lang } = usePreferences();
  const zh = lang === 'zh';
  const queries = useQueryClient();
  const keys = useRef(new SubmitKeys());
  const [form] = Form.useForm<Record<string, unknown>>();
  const result = Form.useWatch('result', form) as string | undefined;
  const acknowledged = Form.useWatch('acknowledged', form) as string | undefined;
  const papers = usePapers(application.id).data;
  const there = new Set((papers?.materials ?? []).filter((one) => one.withdrawn === null).map((one) => one.code));
  const sheets = (papers?.materials ?? []).filter((one) => one.code === 'preReviewSheet' && one.form === 'file' && one.withdrawn === null);
  const saving = useMutation({
    mutationFn: (values: Record<string, unknown>) => {
      const { said: _said, ...body } = values;
      return api('POST /api/applications/{id}/pre-reviews', { params: { id: application.id }, body: body as unknown as Body }, { repeatKey: keys.current.keyFor(values) });
    },
    onSuccess: async () => {
      keys.current.succeeded();
      await queries.invalidateQueries();
      done();
    },
  });
  const needed = [{ required: true, message: say('preReview.needed') }];
  return (
    <Form form={form} layout="vertical" onFinish={(values) => saving.mutate(values as Record<string, unknown>)} initialValues={{ toldName: application.applicantName, toldRelation: application.relation, acknowledged: 'tick' }} scrollToFirstError>
      {list.checks.map((check) => (
        <Form.Item key={check.code} name={['answers', check.code]} label={zh ? check.zh : check.en} rules={needed}>
          <Radio.Group options={check.options.map((one) => ({ value: one.code, label: zh ? one.zh : one.en }))} />
        </Form.Item>
      ))}
      <Alert type="warning" showIcon title={say('preReview.sayIt')} description={zh ? list.statementZh : list.statementEn} style={{ marginBottom: 12 }} />
      <Form.Item name="toldName" label={say('preReview.toldName')} rules={[{ ...needed[0], whitespace: true }]}><Input maxLength={60} /></Form.Item>
      <Form.Item name="toldRelation" label={label.field('relation')} rules={needed}><Select options={choicesOf(RELATIONS, label.value)} /></Form.Item>
      <Form.Item name="acknowledged" label={say('preReview.acknowledged')} rules={needed}>
        <Radio.Group options={[{ value: 'tick', label: say('preReview.byTick') }, { value: 'signature', label: say('preReview.bySignature') }]} />
      </Form.Item>
      {acknowledged === 'signature' ? (
        <Form.Item name="signatureMaterialId" label={say('preReview.signature')} rules={needed} extra={say('preReview.signatureHint')}><Select options={sheets.map((one) => ({ value: one.id, label: one.fileName ?? one.id }))} /></Form.Item>
      ) : (
        <Form.Item name="said" valuePropName="checked" rules={[{ validator: (_, ticked) => (ticked ? Promise.resolve() : Promise.reject(new Error(say('preReview.needed')))) }]}><Checkbox>{say('preReview.ticked')}</Checkbox></Form.Item>
      )}
      <Form.Item name="result" label={say('preReview.result')} rules={needed}><Radio.Group options={choicesOf(PRE_REVIEW_RESULTS, label.value)} /></Form.Item>
      {result === 'adviseNot' ? <Form.Item name="insists" valuePropName="checked"><Checkbox>{say('preReview.insistsBox')}</Checkbox></Form.Item> : null}
      {result === 'bring' ? <Form.Item name="bring" label={say('preReview.bring')} rules={needed}><Select mode="multiple" options={(papers?.items ?? []).filter((one) => !there.has(one.code)).map((one) => ({ value: one.code, label: zh ? one.zh : one.en }))} /></Form.Item> : null}
      {result !== undefined && result !== 'goOn' ? <Form.Item name="reason" label={say('preReview.reason')} rules={result === 'adviseNot' ? [{ ...needed[0], whitespace: true }] : []}><Input.TextArea rows={3} maxLength={500} showCount /></Form.Item> : null}
      {saving.error ? <ProblemAlert error={saving.error} /> : null}
      <Button type="primary" htmlType="submit" loading={saving.isPending}>{say('preReview.save')}</Button> <Button onClick={done}>{say('preReview.cancel')}</Button>
    </Form>
  );
}
