/** A "no" of the server, in full: sentence, errors by field or row, reasons, number for the administrator. */
import { Alert, Button, Space } from 'antd';
import { Problem } from '../../kit/client.ts';
import { useWords } from './words.ts';

export function ProblemAlert({ error, retry, fieldName }: { error: unknown; retry?: () => void; fieldName?: (column: string) => string }) {
  const say = useWords('ui');
  if (!error) return null;
  const problem = error instanceof Problem ? error : undefined;
  const title = problem?.title ?? say('problem.unknown');
  // What the headline says already is not said a second time; its field is marked.
  const errors = problem?.errors.filter((one) => one.row || one.detail !== title) ?? [];
  const shown = errors.slice(0, 12);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBlockEnd: 12 }}
      title={title}
      description={
        shown.length > 0 || (problem?.reasons.length ?? 0) > 0 || problem?.status === 500 ? (
          <ul className="ch-list">
            {problem?.reasons.map((one) => <li key={one.code}>{one.sentence}</li>)}
            {shown.map((one, at) => (
              <li key={at}>
                {one.row ? `${say('problem.row', { row: one.row })} ` : ''}
                <strong>{fieldName?.(one.column) ?? one.column}</strong>
                {say('problem.colon')}
                {one.detail}
              </li>
            ))}
            {errors.length > shown.length ? <li>{say('problem.more', { n: errors.length - shown.length })}</li> : null}
            {problem?.status === 500 && problem.instance ? <li className="ch-code">{problem.instance}</li> : null}
          </ul>
        ) : undefined
      }
      action={
        retry ? (
          <Space>
            <Button size="small" onClick={retry}>
              {say('problem.retry')}
            </Button>
          </Space>
        ) : undefined
      }
    />
  );
}
