/** Parts that many of the office's pages share: lists, look-ups, links to persons and institutions. */
import type { ReactNode } from 'react';
import { api } from './api.ts';
import { useAreas } from './areas.ts';
import type { DataTableProps, FilterSpec } from '../ui/data-table.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Choice, Lookup } from '../ui/fields.tsx';
import { Go } from '../ui/go.tsx';
import { PageHead } from '../ui/record-page.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { useSession, useWhyNot } from '../ui/session.ts';
import { Nothing } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Say } from '../ui/words.ts';

/** A page that is a list: head, filters, table. */
export function ListPage<R extends object>({ title, note, extra, above, ...table }: { title: string; note?: ReactNode; extra?: ReactNode; above?: ReactNode } & DataTableProps<R>) {
  return (
    <>
      <PageHead title={title} note={note} extra={extra} />
      {above}
      <DataTable {...table} />
    </>
  );
}

/** What only holders of a permission find on a page. */
export function Permitted({ to, children }: { to: string; children: ReactNode }) {
  return useWhyNot()(to) === undefined ? <>{children}</> : null;
}

/** The district filter, for those who see several. */
export function useDistrictFilter(): FilterSpec[] {
  const say = useWords('office');
  const { districts } = useAreas();
  const own = useSession().data?.session?.institutionId;
  return districts.length > 1 && !own ? [{ name: 'district', label: say('fields.district'), kind: 'choice', choices: districts }] : [];
}

export function usePersonLookup(): Lookup {
  return {
    key: 'people',
    find: async (q) => {
      const { rows } = await api('GET /api/people', { query: { q: q || undefined, pageSize: 20 } });
      return rows.map((one) => ({ value: one.id, label: `${one.name} ${one.identityNumber}` }));
    },
  };
}

type InstitutionKind = 'assessment' | 'homeCare' | 'careHome' | 'individualCarers';

export function useInstitutionLookup(kind?: InstitutionKind, district?: string): Lookup {
  return {
    key: `institutions ${kind ?? ''} ${district ?? ''}`,
    find: async (q) => {
      const { rows } = await api('GET /api/institutions', { query: { q: q || undefined, kind, district, pageSize: 50 } });
      return rows.map((one) => ({ value: one.id, label: one.name }));
    },
  };
}

/** The institution filter, for those who see several and may look them up. */
export function useInstitutionFilter(kind?: InstitutionKind): FilterSpec[] {
  const say = useWords('office');
  const lookup = useInstitutionLookup(kind);
  const mayLookUp = useWhyNot()('providers.read') === undefined;
  const own = useSession().data?.session?.institutionId;
  return own || !mayLookUp ? [] : [{ name: 'institution', label: say(kind === 'assessment' ? 'fields.assessmentInstitution' : 'fields.institution'), kind: 'lookup', lookup }];
}

export const choicesOf = (codes: readonly string[], word: (code: string) => string): Choice[] => codes.map((value) => ({ value, label: word(value) }));

export function PersonLink({ id, name }: { id: string; name: string | null }) {
  return <Go to={`/people/${id}`}>{name ?? '–'}</Go>;
}

export function GradeText({ grade, zh, en }: { grade: number | null | undefined; zh?: string; en?: string }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  if (grade === null || grade === undefined) return <Nothing />;
  const name = lang === 'zh' ? zh : en;
  return <span className="ch-number">{name ? gradeText(say, grade, name) : say('grade.plain', { grade })}</span>;
}

/** A grade with its name; an outcome below every grade (treatment first) by its name alone. */
export function gradeText(say: Say, grade: number, name: string): string {
  return grade < 0 ? name : say('grade.named', { grade, name });
}
