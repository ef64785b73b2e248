/** Complaints about assessment institutions and assessors: the list, filing, answering. */
import { Form, Select } from 'antd';
import { useEffect, useRef } from 'react';
import { api } from '../api.ts';
import { ListPage, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { COMPLAINT_STATES, COMPLAINT_SUBJECTS } from '#domain/assessments/quality/model.ts';
import type { OutputOf } from '#kit/contract.ts';
import { ActButton } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import type { DataTableProps, FilterSpec } from '../../ui/data-table.tsx';
import { LookupSelect } from '../../ui/fields.tsx';
import type { Lookup } from '../../ui/fields.tsx';
import { Go } from '../../ui/go.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

export function ComplaintsPage() {
  const district = useDistrictFilter();
  return <Complaints title="complaints" hint="hint" name="GET /api/complaints" load={(query) => api('GET /api/complaints', { query: addressQuery(query) })} more={district} />;
}

/** What the own township filed, with the answer: without the figures of quality, and without what others filed. */
export function FiledComplaintsPage() {
  return <Complaints title="complaintsFiled" hint="filedHint" name="GET /api/complaints/filed" load={(query) => api('GET /api/complaints/filed', { query: addressQuery(query) })} more={[]} />;
}

type Page = OutputOf<(typeof assessmentsContract)['GET /api/complaints']>;

function Complaints({ title, hint, name, load, more }: { title: string; hint: string; name: string; load: DataTableProps<Page['rows'][number]>['load']; more: FilterSpec[] }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const sentence = useSentence();
  return (
    <ListPage
      title={say(`pages.${title}`)}
      note={say(`complaints.${hint}`)}
      extra={<FileComplaint />}
      name={name}
      load={load}
      rowKey={(row) => row.id}
      empty={say('complaints.none')}
      filters={[{ name: 'state', label: say('fields.state'), kind: 'choice', choices: choicesOf(COMPLAINT_STATES, (code) => say(`complaints.${code}`)) }, ...more]}
      expand={(row) => <div><p style={{ margin: 0 }}>{row.matter}</p>{row.answer ? <p className="ch-muted" style={{ margin: 0 }}>{say('ui:with', { text: label.field('answer'), more: row.answeredBy })}{say('ui:problem.colon')}{row.answer}</p> : null}</div>}
      columns={[
        { key: 'number', title: say('fields.number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'filedOn', title: say('complaints.filedOn'), show: (row) => <DayText day={row.filedOn} /> },
        { key: 'institution', title: say('fields.institution'), show: (row) => <strong>{row.institutionName}</strong> },
        { key: 'assessor', title: say('quality.assessor'), show: (row) => row.assessorName ?? '–' },
        { key: 'subject', title: label.field('subject'), show: (row) => label.value(row.subject) },
        { key: 'source', title: label.field('source'), show: (row) => label.value(row.source) },
        { key: 'case', title: say('complaints.case'), show: (row) => (row.applicationId && row.applicationNumber ? <Go to={`/applications/${row.applicationId}`}>{row.applicationNumber}</Go> : '–') },
        { key: 'state', title: say('fields.state'), show: (row) => <StateTag state={row.state === 'upheld' ? 'refused' : row.state === 'open' ? 'filed' : 'approved'}>{say(`complaints.${row.state}`)}</StateTag> },
        {
          key: 'act', title: '', show: (row) => (row.state === 'open' && row.whyNot !== 'NOT_PERMITTED' ? (
            <ActButton
              size="small"
              act={{
                name: 'answer', label: say('complaints.answer'), whyNot: row.whyNot === null ? undefined : sentence('refusals', row.whyNot, { number: row.number, permission: 'assessments.answerComplaint' }),
                fields: [{ name: 'upheld', label: say('complaints.finding'), kind: 'radio', required: true, choices: [{ value: 'yes', label: say('complaints.upheld') }, { value: 'no', label: say('complaints.notUpheld') }] }, { name: 'answer', label: label.field('answer'), kind: 'area', required: true, max: 2000 }],
                run: (body: { upheld: string; answer: string }, how) => api('POST /api/complaints/{id}/answer', { params: { id: row.id }, body: { upheld: body.upheld === 'yes', answer: body.answer } }, how),
              }}
            />
          ) : null),
        },
      ]}
    />
  );
}

/** A case of the institution that the complaint is about; another institution takes the chosen case away. */
function CaseOfInstitution(field: { id?: string; value?: string; onChange?: (value: string | undefined) => void }) {
  const say = useWords('office');
  const institution = Form.useWatch('institutionId') as string | undefined;
  const { onChange } = field;
  const chosenOf = useRef(institution);
  useEffect(() => {
    if (chosenOf.current !== institution) onChange?.(undefined);
    chosenOf.current = institution;
  }, [institution, onChange]);
  if (institution === undefined) return <Select disabled placeholder={say('complaints.institutionFirst')} {...(field.id === undefined ? {} : { id: field.id })} />;
  const lookup: Lookup = {
    key: `applications of ${institution}`,
    find: async (q) => (await api('GET /api/applications', { query: { q: q || undefined, institution, pageSize: 20 } })).rows.map((one) => ({ value: one.id, label: `${one.number} ${one.personName}` })),
  };
  return <LookupSelect key={institution} lookup={lookup} {...field} />;
}

/** From the published register: a township has no desk of its own for institutions. */
function useAssessmentInstitutions(): Lookup {
  return {
    key: 'assessment institutions',
    find: async (q) => (await api('GET /api/public/institutions', { query: { q: q || undefined, kind: 'assessment', pageSize: 50 } })).rows.map((one) => ({ value: one.id, label: one.name })),
  };
}

function FileComplaint() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const institutions = useAssessmentInstitutions();
  const whyNot = useWhyNot()('assessments.fileComplaint');
  if (whyNot !== undefined) return null;
  return (
    <ActButton
      act={{
        name: 'file', label: say('complaints.file'), primary: true, intro: say('complaints.fileHint'),
        fields: [
          { name: 'institutionId', label: say('fields.institution'), kind: 'lookup', lookup: institutions, required: true },
          { name: 'applicationId', label: say('complaints.case'), kind: 'own', control: <CaseOfInstitution />, hint: say('complaints.caseHint') },
          { name: 'subject', label: label.field('subject'), kind: 'choice', choices: choicesOf(COMPLAINT_SUBJECTS, (code) => label.value(code)), required: true },
          { name: 'matter', label: label.field('matter'), kind: 'area', required: true, max: 2000 },
        ],
        run: (body: { institutionId: string; applicationId?: string; subject: (typeof COMPLAINT_SUBJECTS)[number]; matter: string }, how) => api('POST /api/complaints', { body }, how),
      }}
    />
  );
}
