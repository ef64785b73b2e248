/** The acts on a record: each a button with its form; what cannot be done now is shown with the reason why. */
import { App, Button, Drawer, Form, Modal, Space, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { SubmitKeys } from '../../kit/client.ts';
import { Elapsed } from './elapsed.tsx';
import { Fields, filled, showFieldErrors } from './fields.tsx';
import type { FieldSpec } from './fields.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { useWords } from './words.ts';

export interface ActSpec {
  name: string;
  label: string;
  /** Why it cannot be done now; undefined when it can. */
  whyNot?: string | undefined;
  /** What will happen, said before the person agrees. */
  intro?: ReactNode;
  fields?: readonly FieldSpec[];
  initial?: Record<string, unknown>;
  primary?: boolean;
  danger?: boolean;
  run: (values: never, how: { repeatKey: string }) => Promise<unknown>;
  /** After success; the sentence of success is said anyway. */
  done?: (answer: never) => void;
  success?: string;
  /** For an act that takes long: what is being done while it runs. */
  working?: string;
}

/** First what can be done, the expected act at the front and the grave ones last; under it, small, what cannot be done now. All under one parent: an open form stays when its act moves. */
export function Acts({ acts }: { acts: readonly ActSpec[] }) {
  const say = useWords('ui');
  const weight = (act: ActSpec) => (act.primary ? 0 : act.danger ? 2 : 1);
  const now = acts.filter((act) => act.whyNot === undefined).toSorted((a, b) => weight(a) - weight(b));
  const later = acts.filter((act) => act.whyNot !== undefined);
  return (
    <div className="ch-acts">
      {now.map((act) => <ActButton key={act.name} act={act} />)}
      {later.length > 0 ? <span key="not now" className="ch-acts-later">{say('record.notNow')}</span> : null}
      {later.map((act) => <ActButton key={act.name} act={act} size="small" />)}
    </div>
  );
}

export function ActButton({ act, size }: { act: ActSpec; size?: 'small' }) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  // The keyboard goes on where it was; when the act is done and its button gone, at the page.
  const close = () => {
    setOpen(false);
    setTimeout(() => (opener.current ?? document.getElementById('main'))?.focus({ preventScroll: true }), 60);
  };
  const button = (
    <Button
      ref={opener}
      type={act.primary && act.whyNot === undefined ? 'primary' : 'default'}
      danger={act.danger === true}
      aria-disabled={act.whyNot !== undefined}
      aria-description={act.whyNot}
      className={act.whyNot === undefined ? '' : 'ch-not-allowed'}
      onClick={() => act.whyNot === undefined && setOpen(true)}
      {...(size ? { size } : {})}
    >
      {act.label}
    </Button>
  );
  return (
    <>
      {act.whyNot === undefined ? button : <Tooltip title={act.whyNot} trigger={['hover', 'focus', 'click']}>{button}</Tooltip>}
      {open ? <ActForm act={act} close={close} /> : null}
    </>
  );
}

/** The form of an act in a drawer, or a question when it needs nothing written. */
export function ActForm({ act, close }: { act: ActSpec; close: () => void }) {
  const say = useWords('ui');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Record<string, unknown>>();
  const keys = useRef(new SubmitKeys());
  const fields = act.fields ?? [];
  const submit = useMutation({
    mutationFn: (values: Record<string, unknown>) => act.run(values as never, { repeatKey: keys.current.keyFor(values) }),
    onSuccess: async (answer) => {
      keys.current.succeeded();
      void message.success(act.success ?? say('form.done', { act: act.label }));
      await queries.invalidateQueries();
      close();
      act.done?.(answer as never);
    },
    onError: (error) => void showFieldErrors(form, error, fields.map((one) => one.name)),
  });
  const nameOf = (column: string) => fields.find((one) => one.name === column)?.label ?? fields.find((one) => one.parts?.[column])?.parts?.[column] ?? column;
  const body = (
    <>
      <ProblemAlert error={submit.error} fieldName={nameOf} />
      {submit.isPending && act.working ? <Elapsed doing={act.working} /> : null}
      {act.intro && !(submit.isPending && act.working) ? <div style={{ marginBlockEnd: 16 }}>{act.intro}</div> : null}
      <Form form={form} layout="vertical" requiredMark initialValues={act.initial ?? {}} onFinish={(values) => submit.mutate(filled(values))} scrollToFirstError>
        <Fields fields={fields} />
      </Form>
    </>
  );
  const ok = (
    <Button type="primary" danger={act.danger === true} loading={submit.isPending} onClick={() => form.submit()}>
      {act.label}
    </Button>
  );
  const no = (
    <Button onClick={close} disabled={submit.isPending}>
      {say('form.cancel')}
    </Button>
  );
  if (fields.length <= 2) {
    return (
      <Modal open title={act.label} onCancel={() => submit.isPending || close()} footer={<Space>{no}{ok}</Space>} destroyOnHidden>
        {body}
      </Modal>
    );
  }
  return (
    <Drawer open title={act.label} onClose={close} size={Math.min(520, window.innerWidth)} footer={<Space style={{ float: 'inline-end' }}>{no}{ok}</Space>} destroyOnHidden>
      {body}
    </Drawer>
  );
}
