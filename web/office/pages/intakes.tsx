/** Files of visits: taking one in, and those that were. */
import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { Card } from '../../ui/card.tsx';
import { useSignedIn, useWhyNot } from '../../ui/session.ts';
import { Count, InstantText } from '../../ui/text.tsx';
import { UploadFile } from '../../ui/upload-file.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export function IntakesPage() {
  const say = useWords('office');
  const label = useLabels('visits', 'office');
  const mayImport = useWhyNot()('visits.import') === undefined;
  const district = useDistrictFilter();
  const institution = useInstitutionFilter();
  return (
    <ListPage
      title={say('pages.intakes')}
      extra={<Button href={api.url('GET /api/visits/template.xlsx')}>{say('visits.template')}</Button>}
      above={mayImport ? <TakeIn /> : null}
      name="GET /api/intakes"
      load={(query) => api('GET /api/intakes', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/visits?intake=${row.id}`}
      empty={say('visits.noIntakes')}
      filters={[...institution, ...district]}
      columns={[
        { key: 'receivedAt', title: label.field('receivedAt'), show: (row) => <InstantText at={row.receivedAt} /> },
        { key: 'file', title: label.field('file'), show: (row) => <strong>{row.fileName}</strong> },
        { key: 'format', title: label.field('format'), show: (row) => label.value(row.format) },
        { key: 'institution', title: label.field('institution'), show: (row) => row.institutionName ?? '–' },
        { key: 'rows', title: label.field('rows'), align: 'right', show: (row) => <Count value={row.rows} /> },
        { key: 'visits', title: label.field('visits'), align: 'right', show: (row) => <Count value={row.visits} /> },
        { key: 'sha256', title: label.field('sha256'), show: (row) => <span className="ch-code" title={row.sha256}>{row.sha256.slice(0, 12)}</span>, wideOnly: true },
      ]}
    />
  );
}

function TakeIn() {
  const say = useWords('office');
  const label = useLabels('visits', 'office');
  const areas = useAreas();
  const session = useSignedIn();
  const [district, setDistrict] = useState<string>();
  const several = session.institutionId === null && areas.districts.length > 1;
  return (
    <Card size="small" title={say('visits.takeIn')} style={{ marginBlockEnd: 14 }}>
      {several ? (
        <Form.Item label={say('fields.district')} required>
          <Select style={{ width: 220 }} value={district ?? null} onChange={(value: string | null) => setDistrict(value ?? undefined)} options={areas.districts} aria-label={say('fields.district')} />
        </Form.Item>
      ) : null}
      <UploadFile
        accept=".xlsx,.csv"
        columnName={label.field}
        send={(upload, how) => api('POST /api/visits/intake', { upload, query: { format: upload.name.toLowerCase().endsWith('.csv') ? 'csv' : 'excel', district } }, how)}
        outcome={(answer) => (answer.already ? say('visits.already') : say('visits.taken', { rows: answer.rows, visits: answer.visits }))}
      />
    </Card>
  );
}
