/** While a page is fetched, when it failed, and when there is none at the address. */
import { Result, Skeleton } from 'antd';
import { Go } from '../../ui/go.tsx';
import { PageHead, useTitle } from '../../ui/page-head.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useWords } from '../../ui/words.ts';

export function PageLoading() {
  return <Skeleton active title={false} paragraph={{ rows: 6 }} style={{ maxInlineSize: 900 }} />;
}

export function PageFailed({ error, reset }: { error: unknown; reset?: () => void }) {
  const say = useWords('ui');
  return <><PageHead title={say('problem.cannotShow')} /><ProblemAlert error={error} {...(reset ? { retry: reset } : {})} /></>;
}

export function NotThere() {
  const say = useWords('office');
  useTitle(say('notThere.title'));
  return <main className="ch-main"><Result status="info" title={<h1 className="ch-card-title">{say('notThere.title')}</h1>} subTitle={say('notThere.hint')} extra={<Go to="/">{say('notThere.home')}</Go>} /></main>;
}
