/** While something long is under way: what is being done and for how long, so that waiting is not guessing. */
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from './words.ts';

/** `doing` says what happens now; the seconds count from the moment this is shown. */
export function Elapsed({ doing, hint }: { doing: string; hint?: string | undefined }) {
  const say = useWords('ui');
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const from = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - from) / 1000)), 500);
    return () => clearInterval(timer);
  }, []);
  return <Alert type="info" showIcon role="status" style={{ marginBlockEnd: 12 }} title={<>{doing}<span className="ch-number">{say('elapsed', { seconds })}</span></>} description={hint} />;
}
