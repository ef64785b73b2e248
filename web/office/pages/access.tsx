/** Signing in, and setting the first password with a one-time link. */
import { Alert, Button, Form, Input } from 'antd';
import { useQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import type { worldContract } from '#world/contract.ts';
import { client } from '../../../kit/client.ts';
import { Card } from '../../ui/card.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { preferences, usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SESSION_KEY } from '../../ui/query.ts';
import { useTitle } from '../../ui/page-head.tsx';
import { identityApi, useSession } from '../../ui/session.ts';
import { Switches } from '../../ui/shell.tsx';
import { useWords } from '../../ui/words.ts';
import type { ReactNode } from 'react';

function Gate({ city, title, children }: { city: string; title: string; children: ReactNode }) {
  const say = useWords('office');
  useTitle(title);
  return (
    <div className="ch-gate">
      <div className="ch-gate-switches">
        <Switches signedIn={false} />
      </div>
      <main className="ch-gate-box">
        <div className="ch-brand">
          <span className="ch-brand-mark" aria-hidden>护</span>
          <span className="ch-brand-name">{say('gate.name')}</span>
        </div>
        <p className="ch-muted">{city}</p>
        <Card>
          <h1>{title}</h1>
          {children}
        </Card>
        <p className="ch-gate-links">
          <a href="/">{say('gate.public')}</a>
          <a href="/family">{say('gate.family')}</a>
          <a href="/assess">{say('gate.assess')}</a>
        </p>
      </main>
    </div>
  );
}

export function SignInPage({ city, demo }: { city: string; demo: boolean }) {
  const say = useWords('office');
  const queries = useQueryClient();
  const [form] = Form.useForm<{ signInName: string; password: string }>();
  const signIn = useMutation({
    mutationFn: (body: { signInName: string; password: string }) => identityApi('POST /api/session', { body }),
    onSuccess: (session) => {
      // A family member belongs to the family's pages.
      if (session.desk === 'family') window.location.assign('/family');
      else void queries.invalidateQueries({ queryKey: SESSION_KEY });
    },
  });
  return (
    <Gate city={city} title={say('gate.signIn')}>
      <ProblemAlert error={signIn.error} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)}>
        <Form.Item name="signInName" label={say('gate.signInName')} rules={[{ required: true, message: say('ui:form.required', { label: say('gate.signInName') }) }]}>
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={say('gate.password')} rules={[{ required: true, message: say('ui:form.required', { label: say('gate.password') }) }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {say('gate.signIn')}
        </Button>
      </Form>
      {demo ? <DemoAccounts choose={(signInName, password) => form.setFieldsValue({ signInName, password })} /> : null}
    </Gate>
  );
}

const worldApi = client<typeof worldContract>({ lang: () => preferences().lang });

/** The demo world's accounts, where the server lists them; otherwise a hint where to read them. */
function DemoAccounts({ choose }: { choose: (signInName: string, password: string) => void }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/demo-accounts'], queryFn: () => worldApi('GET /api/demo-accounts') });
  const rows = asked.data ?? [];
  return (
    <Alert
      style={{ marginBlockStart: 20 }}
      type="info"
      title={say('gate.demo')}
      description={
        rows.length === 0 ? (
          say('gate.demoHint')
        ) : (
          <ul className="ch-demo">
            {rows.map((one) => (
              <li key={one.signInName}>
                <button type="button" className="ch-plain ch-code" onClick={() => choose(one.signInName, one.password)}>
                  {one.signInName}
                </button>
                <span className="ch-muted">
                  {one.displayName} · {one.about[lang]}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}

/** `/office/activate#token`: the token stands behind the # so that no server logs it. */
export function ActivatePage() {
  const say = useWords('office');
  const { lang } = usePreferences();
  const go = useGo();
  const { hash } = useLocation();
  const city = useSession().data?.city[lang] ?? '';
  const setting = useMutation({ mutationFn: (values: { password: string }) => identityApi('POST /api/activation', { body: { token: hash, password: values.password } }) });
  if (setting.data) {
    return (
      <Gate city={city} title={say('gate.ready')}>
        <p>{say('gate.readyHint', { name: setting.data.signInName })}</p>
        <Button type="primary" block onClick={() => go('/')}>{say('gate.signIn')}</Button>
      </Gate>
    );
  }
  return (
    <Gate city={city} title={say('gate.activate')}>
      {hash.length < 20 ? <Alert type="error" showIcon title={say('gate.noToken')} /> : null}
      <ProblemAlert error={setting.error} />
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(values: { password: string }) => setting.mutate(values)}
        validateTrigger="onBlur"
      >
        <Form.Item name="password" label={say('gate.newPassword')} extra={say('gate.passwordHint')} rules={[{ required: true, min: 12, message: say('gate.passwordHint') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={setting.isPending} disabled={hash.length < 20}>
          {say('gate.setPassword')}
        </Button>
      </Form>
      <p><Go to="/">{say('gate.signIn')}</Go></p>
    </Gate>
  );
}
