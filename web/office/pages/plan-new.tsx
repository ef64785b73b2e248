/** Proposing a plan: person, mode, institution, and the items with their minutes and frequency. */
import { App, Button, Form, InputNumber, Select, Space } from 'antd';
import { useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SubmitKeys } from '../../../kit/client.ts';
import { api } from '../api.ts';
import { choicesOf, useInstitutionLookup, usePersonLookup } from '../parts.tsx';
import { PLAN_MODES } from './plans.tsx';
import { Card } from '../../ui/card.tsx';
import { Fields, filled, showFieldErrors } from '../../ui/fields.tsx';
import type { FieldSpec } from '../../ui/fields.tsx';
import { useFilters, useGo } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { PageHead } from '../../ui/record-page.tsx';
import { useSignedIn, useToday } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { Minutes } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Body = Parameters<typeof api<'POST /api/plans'>>[1]['body'];
type Item = Required<Body['items'][number]>;

export function PlanNewPage() {
  const say = useWords('office');
  const label = useLabels('plans', 'office');
  const [held] = useFilters();
  const session = useSignedIn();
  const today = useToday();
  const go = useGo();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Omit<Body, 'items'>>();
  const [items, setItems] = useState<readonly Item[]>([]);
  const keys = useRef(new SubmitKeys());
  const persons = usePersonLookup();
  const institutions = useInstitutionLookup();
  const fields: FieldSpec[] = [
    { name: 'personId', label: label.field('person'), kind: 'lookup', lookup: persons, required: true },
    { name: 'mode', label: label.field('mode'), kind: 'choice', required: true, choices: choicesOf(PLAN_MODES, label.value) },
    { name: 'institutionId', label: label.field('institution'), kind: 'lookup', lookup: institutions, required: true },
    { name: 'fromOn', label: label.field('fromOn'), kind: 'day', required: true },
    { name: 'toOn', label: label.field('toOn'), kind: 'day' },
  ];
  const propose = useMutation({
    mutationFn: (body: Body) => api('POST /api/plans', { body }, { repeatKey: keys.current.keyFor(body) }),
    onSuccess: async (made) => {
      keys.current.succeeded();
      void message.success(say('plans.proposed', { number: made.number }));
      await queries.invalidateQueries();
      go(`/plans/${made.id}`);
    },
    onError: (error) => void showFieldErrors(form, error, fields.map((one) => one.name)),
  });
  return (
    <div className="ch-form-page">
      <PageHead title={say('plans.propose')} back={{ to: '/plans', label: say('pages.plans') }} />
      <ProblemAlert error={propose.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ mode: 'homeVisit', fromOn: today, ...(held['person'] ? { personId: held['person'] } : {}), ...(session.institutionId ? { institutionId: session.institutionId } : {}) }}
        onFinish={(values) => propose.mutate({ ...filled(values), items: [...items] })}
      >
        <Card size="small">
          <div className="ch-form-grid">
            <Fields fields={fields} />
          </div>
        </Card>
        <Card size="small" title={say('plans.items')} style={{ marginBlock: 14 }}>
          <ItemRows items={items} set={setItems} />
        </Card>
        <Space>
          <Button type="primary" htmlType="submit" loading={propose.isPending}>{say('plans.propose')}</Button>
          <Button onClick={() => go('/plans')}>{say('ui:form.cancel')}</Button>
        </Space>
      </Form>
    </div>
  );
}

function ItemRows({ items, set }: { items: readonly Item[]; set: (items: readonly Item[]) => void }) {
  const say = useWords('office');
  const label = useLabels('plans', 'office');
  const { lang } = usePreferences();
  const catalogue = useQuery({ queryKey: ['GET /api/catalogue'], queryFn: () => api('GET /api/catalogue'), staleTime: 600_000 });
  const known = catalogue.data?.items ?? [];
  const free = known.filter((one) => !items.some((item) => item.itemCode === one.code));
  const change = (code: string, part: Partial<Item>) => set(items.map((one) => (one.itemCode === code ? { ...one, ...part } : one)));
  const number = (row: Item, name: 'minutes' | 'timesPerDay' | 'timesPerWeek' | 'carers', max: number) => (
    <InputNumber size="small" min={1} max={max} precision={0} value={row[name]} aria-label={label.field(name)} onChange={(value) => change(row.itemCode, { [name]: value ?? 1 })} style={{ width: 76 }} />
  );
  return (
    <>
      <ProblemAlert error={catalogue.error} retry={() => void catalogue.refetch()} />
      <SmallTable<Item>
        rowKey="itemCode"
        dataSource={[...items]}
        locale={{ emptyText: say('plans.noItems') }}
        columns={[
          { title: label.field('item'), render: (_, row) => known.find((one) => one.code === row.itemCode)?.[lang] ?? row.itemCode },
          { title: label.field('minutes'), render: (_, row) => number(row, 'minutes', 1440) },
          { title: label.field('timesPerDay'), render: (_, row) => number(row, 'timesPerDay', 24) },
          { title: label.field('timesPerWeek'), render: (_, row) => number(row, 'timesPerWeek', 168) },
          { title: label.field('carers'), render: (_, row) => number(row, 'carers', 2) },
          { title: say('plans.weekMin'), align: 'right', render: (_, row) => <Minutes min={row.minutes * row.timesPerWeek * row.carers} /> },
          { title: '', render: (_, row) => <Button type="text" onClick={() => set(items.filter((one) => one.itemCode !== row.itemCode))}>{say('plans.takeOut')}</Button> },
        ]}
      />
      <Select
        style={{ width: 320, marginBlockStart: 10 }}
        value={null}
        placeholder={say('plans.addItem')}
        aria-label={say('plans.addItem')}
        showSearch={{ optionFilterProp: 'label' }}
        options={free.map((one) => ({ value: one.code, label: `${one[lang]}(${one.code})` }))}
        onChange={(code: string | null) => {
          if (code) set([...items, { itemCode: code, minutes: known.find((one) => one.code === code)?.referenceMin ?? 30, timesPerDay: 1, timesPerWeek: 3, carers: 1 }]);
        }}
      />
    </>
  );
}
