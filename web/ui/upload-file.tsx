/** Sends a file: all or nothing. A refused file shows one line per bad row: row, column, value, reason. */
import { Alert, App, Button, Space, Table, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Problem, SubmitKeys } from '../../kit/client.ts';
import { Elapsed } from './elapsed.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { useWords } from './words.ts';

export interface UploadFileProps<A> {
  accept: string;
  send: (file: File, how: { repeatKey: string }) => Promise<A>;
  /** What the server answered, said to the person. */
  outcome: (answer: A) => string;
  columnName?: (column: string) => string;
  /** Said in place of "all or nothing", for files that are no tables. */
  hint?: string;
  /** Word of the button. */
  action?: string;
  /** Asked before it is sent: false where something beside the file is still to be filled in. */
  ready?: () => Promise<boolean>;
  /** Called when the file was taken, to clear what stood beside it. */
  sent?: () => void;
}

export function UploadFile<A>({ accept, send, outcome, columnName = (column) => column, hint, action, ready, sent }: UploadFileProps<A>) {
  const say = useWords('ui');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const keys = useRef(new SubmitKeys());
  const sending = useMutation({
    mutationFn: (one: File) => send(one, { repeatKey: keys.current.keyFor([one.name, one.size, one.lastModified]) }),
    onSuccess: async (answer) => {
      keys.current.succeeded();
      setFile(undefined);
      sent?.();
      void message.success(outcome(answer));
      await queries.invalidateQueries();
    },
  });
  // A refusal that names no row is about what stands beside the file.
  const rows = sending.error instanceof Problem && sending.error.errors.some((one) => one.row !== undefined) ? sending.error.errors : [];
  const start = async (one: File) => {
    if (ready === undefined || (await ready())) sending.mutate(one);
  };
  return (
    <Space orientation="vertical" size={12} style={{ width: '100%' }}>
      <Upload.Dragger
        accept={accept}
        maxCount={1}
        disabled={sending.isPending}
        beforeUpload={(one) => {
          setFile(one);
          sending.reset();
          return false;
        }}
        onRemove={() => setFile(undefined)}
        {...(file ? { fileList: [{ uid: '1', name: file.name, status: 'done' as const }] } : { fileList: [] })}
      >
        <p style={{ margin: 4 }}>{say('upload.drop')}</p>
        <p className="ch-muted" style={{ margin: 4 }}>
          {hint ?? say('upload.allOrNothing', { kinds: accept })}
        </p>
      </Upload.Dragger>
      <Button type="primary" disabled={!file} loading={sending.isPending} onClick={() => file && void start(file)}>
        {sending.isPending ? say('upload.sending') : (action ?? say('upload.send'))}
      </Button>
      {sending.isPending ? <Elapsed doing={say('upload.working', { name: file?.name ?? '' })} hint={say('upload.stay')} /> : null}
      {sending.data !== undefined ? <Alert type="success" showIcon title={outcome(sending.data)} /> : null}
      {sending.error && rows.length === 0 ? <ProblemAlert error={sending.error} fieldName={columnName} /> : null}
      {rows.length > 0 ? <RejectedRows problem={sending.error as Problem} columnName={columnName} /> : null}
    </Space>
  );
}

/** One line per bad row: row, column, value, reason. */
function RejectedRows({ problem, columnName }: { problem: Problem; columnName: (column: string) => string }) {
  const say = useWords('ui');
  return (
    <>
      <Alert type="error" showIcon title={problem.title} description={say('upload.nothingTaken')} />
      <Table
        size="small"
        rowKey={(one) => `${one.row}-${one.column}-${one.code}`}
        dataSource={[...problem.errors]}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          { title: say('upload.row'), dataIndex: 'row', align: 'right', width: 70 },
          { title: say('upload.column'), render: (_, one) => columnName(one.column) },
          { title: say('upload.value'), dataIndex: 'value', className: 'ch-code' },
          { title: say('upload.reason'), dataIndex: 'detail' },
        ]}
      />
    </>
  );
}
