/** While a page is fetched, when it failed, and when there is none at the address. */
import { Result, Skeleton } from 'antd';
import { Go } from '../../ui/go.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useWords } from '../../ui/words.ts';

export function PageLoading() {
  return <Skeleton active title={false} paragraph={{ rows: 6 }} style={{ maxInlineSize: 900 }} />;
}

export function PageFailed({ error, reset }: { error: unknown; reset?: () => void }) {
  return <ProblemAlert error={error} {...(reset ? { retry: reset } : {})} />;
}

export function NotThere() {
  const say = useWords('office');
  return <Result status="info" title={say('notThere.title')} subTitle={say('notThere.hint')} extra={<Go to="/">{say('notThere.home')}</Go>} />;
}
