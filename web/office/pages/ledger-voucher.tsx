/** A voucher by hand: by a template of the chart or by own entries, whose sums must meet before it can be sent; and the reversal of one. */
import { App, Button, Drawer, Form, InputNumber, Radio, Select, Space } from 'antd';
import { useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SubmitKeys } from '../../../kit/client.ts';
import { yuan } from '../../../kit/money.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import type { ActSpec } from '../../ui/acts.tsx';
import type { Choice } from '../../ui/fields.tsx';
import { Fields, filled, showFieldErrors } from '../../ui/fields.tsx';
import { useGo } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { useLabels, useWords } from '../../ui/words.ts';
import { balanceOf, entriesToSend } from './voucher-sums.ts';
import type { EntryLine } from './voucher-sums.ts';

type Body = Parameters<typeof api<'POST /api/ledger/postings'>>[1]['body'];

interface Written {
  way: 'template' | 'entries';
  districtCode: string;
  effectiveOn: string;
  narrative: string;
  documentNumber?: string;
  template?: string;
  amountFen?: number;
  entries?: (EntryLine | undefined)[];
}

function useChart() {
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/ledger/chart'], queryFn: () => api('GET /api/ledger/chart', { query: {} }), staleTime: 3_600_000 });
  return {
    accounts: (asked.data?.accounts ?? []).map((one) => ({ value: one.code, label: `${one.code} ${one[lang]}` })),
    // Templates of the statements are posted by the review and the payment themselves.
    templates: (asked.data?.templates ?? []).filter((one) => !one.byMode && one.state === 'posted').map((one) => ({ value: one.name, label: one.label[lang] })),
  };
}

export function NewVoucher() {
  const say = useWords('office');
  const [open, setOpen] = useState(false);
  const whyNot = useWhyNot()('ledger.post');
  if (whyNot !== undefined) return null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>{say('ledger.post')}</Button>
      {open ? <VoucherForm close={() => setOpen(false)} /> : null}
    </>
  );
}

function VoucherForm({ close }: { close: () => void }) {
  const say = useWords('office');
  const label = useLabels('ledger', 'office');
  const { message } = App.useApp();
  const { districts } = useAreas();
  const today = useToday();
  const go = useGo();
  const queries = useQueryClient();
  const chart = useChart();
  const [form] = Form.useForm<Written>();
  const keys = useRef(new SubmitKeys());
  const way = Form.useWatch('way', form) ?? 'template';
  const balance = balanceOf(Form.useWatch('entries', form) ?? []);
  const send = useMutation({
    mutationFn: (written: Written) => {
      const { way: _, entries, template, amountFen, ...rest } = written;
      const content = written.way === 'entries' ? { ...rest, entries: entriesToSend(entries ?? []) } : { ...rest, template, amountFen };
      const key = keys.current.keyFor(content);
      return api('POST /api/ledger/postings', { body: { ...filled(content), key } as Body }, { repeatKey: key });
    },
    onSuccess: async (made) => {
      keys.current.succeeded();
      void message.success(say('ledger.posted', { number: made.number }));
      await queries.invalidateQueries();
      close();
      go(`/ledger/postings/${made.id}`);
    },
    onError: (error) => void showFieldErrors(form, error, ['districtCode', 'effectiveOn', 'narrative', 'documentNumber', 'template', 'amountFen']),
  });
  const ready = way === 'template' || balance.meets;
  return (
    <Drawer
      open
      title={say('ledger.post')}
      onClose={close}
      size={Math.min(720, window.innerWidth)}
      destroyOnHidden
      footer={<Space style={{ float: 'inline-end' }}><Button onClick={close} disabled={send.isPending}>{say('ui:form.cancel')}</Button><Button type="primary" disabled={!ready} loading={send.isPending} onClick={() => form.submit()}>{say('ledger.post')}</Button></Space>}
    >
      <ProblemAlert error={send.error} fieldName={label.field} />
      <Form form={form} layout="vertical" initialValues={{ way: 'template', effectiveOn: today, entries: [{}, {}], ...(districts.length === 1 ? { districtCode: districts[0]!.value } : {}) }} onFinish={(written: Written) => send.mutate(written)} scrollToFirstError>
        <div className="ch-form-grid">
          <Fields fields={[{ name: 'districtCode', label: say('fields.district'), kind: 'choice', choices: districts, required: true }, { name: 'effectiveOn', label: label.field('effectiveOn'), kind: 'day', required: true }]} />
        </div>
        <Fields fields={[{ name: 'narrative', label: label.field('narrative'), kind: 'text', required: true, max: 200 }, { name: 'documentNumber', label: say('ledger.documentNumber'), kind: 'text', max: 80 }]} />
        <Form.Item name="way" label={say('ledger.way')}>
          <Radio.Group optionType="button" options={[{ value: 'template', label: say('ledger.byTemplate') }, { value: 'entries', label: say('ledger.byEntries') }]} />
        </Form.Item>
        {way === 'template' ? (
          <div className="ch-form-grid">
            <Fields fields={[{ name: 'template', label: label.field('template'), kind: 'choice', choices: chart.templates, required: true }, { name: 'amountFen', label: say('ledger.amountYuan'), kind: 'money', required: true }]} />
          </div>
        ) : (
          <Entries accounts={chart.accounts} />
        )}
        {way === 'entries' ? <Balance balance={balance} /> : null}
      </Form>
    </Drawer>
  );
}

/** Fen in the value, yuan on the screen. */
const inYuan = { getValueProps: (fen: number | undefined) => ({ value: fen === undefined ? undefined : fen / 100 }), normalize: (value: number | null) => (value === null ? undefined : Math.round(value * 100)) };

function Entries({ accounts }: { accounts: Choice[] }) {
  const say = useWords('office');
  const label = useLabels('ledger', 'office');
  return (
    <Form.List name="entries">
      {(rows, { add, remove }) => (
        <fieldset className="ch-entries">
          <legend>{label.field('entries')}</legend>
          {rows.map((row, at) => (
            <div key={row.key} className="ch-entry">
              <Form.Item name={[row.name, 'accountCode']} rules={[{ required: true, message: say('ui:form.required', { label: label.field('account') }) }]}>
                <Select showSearch={{ optionFilterProp: 'label' }} options={accounts} placeholder={label.field('account')} aria-label={`${label.field('account')} ${at + 1}`} />
              </Form.Item>
              {(['debitFen', 'creditFen'] as const).map((side) => (
                <Form.Item key={side} name={[row.name, side]} {...inYuan}>
                  <InputNumber min={0} precision={2} prefix="¥" style={{ width: '100%' }} placeholder={label.field(side === 'debitFen' ? 'debit' : 'credit')} aria-label={`${label.field(side === 'debitFen' ? 'debit' : 'credit')} ${at + 1}`} />
                </Form.Item>
              ))}
              <Button type="text" disabled={rows.length <= 2} onClick={() => remove(row.name)} aria-label={say('ledger.removeEntry', { n: at + 1 })}>×</Button>
            </div>
          ))}
          <Button type="dashed" block disabled={rows.length >= 40} onClick={() => add({})}>{say('ledger.addEntry')}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}

/** Both sums, and whether they meet. */
function Balance({ balance }: { balance: ReturnType<typeof balanceOf> }) {
  const say = useWords('office');
  const label = useLabels('ledger', 'office');
  const { debitFen, creditFen, meets } = balance;
  const verdict = meets ? say('ledger.balanced') : debitFen === creditFen ? say('ledger.incomplete') : say('ledger.unbalanced', { amount: yuan(Math.abs(debitFen - creditFen)) });
  return (
    <p className="ch-balance" role="status">
      {label.field('debit')} <strong className="ch-number">{yuan(debitFen)}</strong> · {label.field('credit')} <strong className="ch-number">{yuan(creditFen)}</strong> · <span className={meets ? 'ch-good' : 'ch-warn'}>{verdict}</span>
    </p>
  );
}

/** The act of reversing a voucher; what is already closed, only reserved or itself a reversal says so. */
export function useReverse(posting: { id: string; kind: string; number: string; closedByNumber: string | null; documentType: string | null; documentNumber: string | null }): ActSpec {
  const say = useWords('office');
  const label = useLabels('ledger', 'office');
  const mayNot = useWhyNot()('ledger.reverse');
  const today = useToday();
  const go = useGo();
  const { id, kind, number, closedByNumber, documentType, documentNumber } = posting;
  const whyNot = mayNot ?? (documentType === 'statement' ? say('ledger:refusals.LEDGER_STATEMENT', { number: documentNumber }) : closedByNumber !== null ? say('ledger:refusals.LEDGER_CLOSED', { number, closedBy: closedByNumber }) : kind === 'posted' || kind === 'settlement' ? undefined : say('ledger:refusals.LEDGER_KIND', { number }));
  return {
    name: 'reverse', label: say('ledger.reverse'), danger: true, whyNot, intro: say('ledger.reverseIntro', { number }),
    initial: { effectiveOn: today, narrative: say('ledger.reverseNarrative', { number }) },
    fields: [
      { name: 'effectiveOn', label: label.field('effectiveOn'), kind: 'day', required: true },
      { name: 'narrative', label: label.field('narrative'), kind: 'area', required: true, max: 200 },
    ],
    run: (body: { effectiveOn: string; narrative: string }, how) => api('POST /api/ledger/postings/{id}/reverse', { params: { id }, body: { ...body, key: how.repeatKey } }, how),
    done: (made: { id: string }) => go(`/ledger/postings/${made.id}`),
  };
}
