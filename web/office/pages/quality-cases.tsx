/** The cases behind a figure of quality. */
import { useParams } from '@tanstack/react-router';
import type { QualityFigure } from '#domain/assessments/quality/model.ts';
import { api } from '../api.ts';
import { ListPage, choicesOf } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { Go, useFilters } from '../../ui/go.tsx';
import { useSession } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';
import { usePlace, useWayBack } from './quality-place.ts';

export function QualityCasesPage() {
  const { figure } = useParams({ strict: false }) as { figure: QualityFigure };
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const sentence = useSentence();
  const { month, district } = usePlace();
  const [held] = useFilters();
  const inArea = Boolean(useSession().data?.session?.area);
  const fixed = { month, district, institution: held['institution'], assessor: held['assessor'] };
  return (
    <ListPage
      title={`${label.value(`quality.${figure}`)} ${month}`}
      note={<Go to={useWayBack()}>{say('pages.quality')}</Go>}
      name={`GET /api/quality/${figure}/cases`}
      fixed={fixed}
      load={({ all, ...query }) => api('GET /api/quality/{figure}/cases', { params: { figure }, query: { ...addressQuery(query), month, ...(all === 'yes' ? { all: true } : {}) } })}
      rowKey={(row) => `${row.subjectId} ${row.dayOn} ${row.assessorAccountId ?? ''} ${row.code}`}
      {...(inArea ? { open: (row: { subjectType: string; subjectId: string }) => (row.subjectType === 'complaint' ? '/complaints' : `/applications/${row.subjectId}`), filters: [{ name: 'all', label: say('quality.show'), kind: 'choice' as const, choices: choicesOf(['yes'], () => say('quality.showAll')) }] } : {})}
      empty={say('quality.noCases')}
      columns={[
        { key: 'number', title: say('fields.number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'day', title: say('quality.day'), show: (row) => <DayText day={row.dayOn} /> },
        { key: 'what', title: say('quality.what'), show: (row) => sentence('reasons', row.code, row.params) },
        { key: 'institution', title: say('fields.institution'), show: (row) => row.institutionName },
        { key: 'assessor', title: say('quality.assessor'), show: (row) => row.assessorName ?? '–' },
      ]}
    />
  );
}
