/** The fields of forms and filters: said once as data, shown by the library, values as the contract wants them. */
import { Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import type { FormInstance } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Problem } from '../../kit/client.ts';
import { alone } from './text.tsx';
import { useWords } from './words.ts';

export interface Choice {
  value: string;
  label: string;
}

/** Looks things up as the person types; `find` asks the server. */
export interface Lookup {
  key: string;
  find: (q: string) => Promise<Choice[]>;
}

export interface FieldSpec {
  name: string;
  label: string;
  /** money: yuan on the screen, fen in the value; codes: several choices. */
  kind: 'text' | 'area' | 'day' | 'month' | 'whole' | 'number' | 'money' | 'choice' | 'radio' | 'codes' | 'lookup' | 'check' | 'password' | 'own';
  required?: boolean;
  max?: number;
  min?: number;
  choices?: readonly Choice[];
  lookup?: Lookup;
  /** own: the page's own control; it is handed `value` and `onChange`. */
  control?: ReactNode;
  /** own: what its parts are called, where the server may name one of them. */
  parts?: Readonly<Record<string, string>>;
  hint?: string;
  /** Pattern of the whole text, with the sentence for what does not fit. */
  pattern?: { is: RegExp; says: string };
  autoComplete?: string;
  wide?: boolean;
}

const dayProps = { getValueProps: (value: string | undefined) => ({ value: value ? dayjs(value) : undefined }) };

/** Items of a form; the form itself, its layout and its button belong to the page. */
export function Fields({ fields }: { fields: readonly FieldSpec[] }) {
  return (
    <>
      {fields.map((field) => (
        <FieldItem key={field.name} field={field} />
      ))}
    </>
  );
}

function FieldItem({ field }: { field: FieldSpec }) {
  const say = useWords('ui');
  const rules = [
    ...(field.required ? [{ required: true, message: say('form.required', { label: field.label }), ...(field.kind === 'text' || field.kind === 'area' ? { whitespace: true } : {}) }] : []),
    ...(field.pattern ? [{ pattern: field.pattern.is, message: field.pattern.says }] : []),
  ];
  const dated =
    field.kind === 'day' || field.kind === 'month'
      ? { ...dayProps, normalize: (value: dayjs.Dayjs | null) => (value ? value.format(field.kind === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM') : undefined) }
      : field.kind === 'money'
        ? { getValueProps: (fen: number | undefined) => ({ value: fen === undefined ? undefined : fen / 100 }), normalize: (yuan: number | null) => (yuan === null ? undefined : Math.round(yuan * 100)) }
        : field.kind === 'check'
          ? { valuePropName: 'checked' }
          : {};
  return (
    <Form.Item name={field.name} label={field.kind === 'check' ? undefined : alone(field.label)} rules={rules} extra={field.hint} className={field.wide ? 'ch-wide' : ''} {...dated}>
      {controlOf(field)}
    </Form.Item>
  );
}

function controlOf(field: FieldSpec): ReactNode {
  const full = { style: { width: '100%' } };
  const bounds = { ...(field.min === undefined ? {} : { min: field.min }), ...(field.max === undefined ? {} : { max: field.max }) };
  switch (field.kind) {
    case 'area':
      return <Input.TextArea rows={3} {...(field.max ? { maxLength: field.max, showCount: true } : {})} />;
    case 'password':
      return <Input.Password autoComplete={field.autoComplete ?? 'current-password'} />;
    case 'day':
      return <DatePicker {...full} />;
    case 'month':
      return <DatePicker picker="month" {...full} />;
    case 'whole':
      return <InputNumber precision={0} {...bounds} {...full} />;
    case 'number':
      return <InputNumber {...bounds} {...full} />;
    case 'money':
      return <InputNumber precision={2} min={0} prefix="¥" {...full} />;
    case 'choice':
      return <Select allowClear={!field.required} options={[...(field.choices ?? [])]} showSearch={(field.choices?.length ?? 0) > 8 ? { optionFilterProp: 'label' } : false} {...full} />;
    case 'codes':
      return <Select mode="multiple" options={[...(field.choices ?? [])]} showSearch={{ optionFilterProp: 'label' }} {...full} />;
    case 'radio': {
      // Whole sentences stand one under the other.
      const sentences = (field.choices ?? []).some((one) => one.label.length > 24);
      return <Radio.Group options={[...(field.choices ?? [])]} {...(sentences ? { vertical: true } : { optionType: 'button' as const })} />;
    }
    case 'lookup':
      return <LookupSelect lookup={field.lookup!} />;
    case 'own':
      return field.control;
    case 'check':
      return <Checkbox>{alone(field.label)}</Checkbox>;
    default:
      return <Input autoComplete={field.autoComplete ?? 'off'} {...(field.max ? { maxLength: field.max } : {})} />;
  }
}

/** A select that asks the server while the person types. */
export function LookupSelect({ lookup, id, value, onChange, placeholder, ariaLabel, allowClear = true }: { lookup: Lookup; id?: string; value?: string; onChange?: (value: string | undefined) => void; placeholder?: string; ariaLabel?: string; allowClear?: boolean }) {
  const say = useWords('ui');
  const [q, setQ] = useState('');
  const found = useQuery({ queryKey: ['lookup', lookup.key, q], queryFn: () => lookup.find(q), staleTime: 60_000, placeholderData: keepPreviousData });
  return (
    <Select
      showSearch={{ onSearch: setQ, filterOption: false }}
      allowClear={allowClear && { label: say('form.clear') }}
      // Before the first answer nobody knows the name of what is chosen.
      {...(value === undefined || found.data === undefined ? {} : { value })}
      onChange={(one: string | undefined) => onChange?.(one)}
      loading={found.isFetching}
      options={found.data ?? []}
      style={{ width: '100%', minWidth: 160 }}
      {...(placeholder ? { placeholder } : {})}
      {...(id ? { id } : {})}
      {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
    />
  );
}

/** Shows the errors of a problem at their fields; says whether every error found its field. */
export function showFieldErrors(form: FormInstance, problem: unknown, names: readonly string[]): boolean {
  if (!(problem instanceof Problem) || problem.errors.length === 0) return false;
  const known = problem.errors.filter((one) => names.includes(one.column));
  form.setFields(known.map((one) => ({ name: one.column, errors: [one.detail] })));
  return known.length === problem.errors.length;
}

/** Leaves out fields that the person left empty, so that optional ones are absent rather than empty. */
export function filled<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')) as T;
}
