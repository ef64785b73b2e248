/** What the audit found, and the rules it works by. */
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ListPage, PersonLink, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { useRuleName, useRules } from '../rule-names.ts';
import { addressQuery } from '../show.ts';
import { StateTag, UnverifiedBadge } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go, useFilters } from '../../ui/go.tsx';
import { FigureValue } from '../../ui/policy-value.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded, PageHead } from '../../ui/record-page.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { DayText, Money } from '../../ui/text.tsx';
import { useSentence, useWords } from '../../ui/words.ts';

export function FindingsPage() {
  const say = useWords('office');
  const sentence = useSentence();
  const rules = useRules();
  const rule = useRuleName();
  const district = useDistrictFilter();
  const institution = useInstitutionFilter();
  const [held] = useFilters();
  return (
    <ListPage
      title={say('pages.findings')}
      name="GET /api/findings"
      load={(query) => api('GET /api/findings', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/explanations/${row.lineId}`}
      empty={say('findings.none')}
      fixed={{ statement: held['statement'] }}
      filters={[
        { name: 'q', label: say('findings.find'), kind: 'text' },
        { name: 'month', label: say('fields.month'), kind: 'month' },
        { name: 'rule', label: say('fields.rule'), kind: 'choice', choices: rules.map((one) => ({ value: one.id, label: one.name })) },
        { name: 'effect', label: say('fields.effect'), kind: 'choice', choices: ['refuse', 'cut'].map((value) => ({ value, label: say(`effects.${value}`) })) },
        ...institution,
        ...district,
      ]}
      columns={[
        { key: 'serviceOn', title: say('fields.serviceOn'), show: (row) => <DayText day={row.serviceOn} /> },
        { key: 'rule', title: say('fields.rule'), show: (row) => <strong>{rule(row.rule)}</strong> },
        { key: 'effect', title: say('fields.effect'), show: (row) => <StateTag state={row.effect}>{say(`effects.${row.effect}`)}</StateTag> },
        { key: 'person', title: say('fields.person'), show: (row) => <PersonLink id={row.personId} name={row.personName} /> },
        { key: 'institution', title: say('fields.institution'), show: (row) => row.institutionName },
        { key: 'why', title: say('findings.why'), show: (row) => <span className="ch-sentence">{sentence('reasons', row.code, row.params)}</span> },
        { key: 'ref', title: say('fields.sourceRef'), show: (row) => <span className="ch-code">{row.ref}</span>, wideOnly: true },
      ]}
    />
  );
}

export function KnowledgePage() {
  const say = useWords('office');
  const { lang } = usePreferences();
  const [held] = useFilters();
  const query = { district: held['district'], month: held['month'] };
  const asked = useQuery({ queryKey: ['GET /api/knowledge', query], queryFn: () => api('GET /api/knowledge', { query }) });
  return (
    <>
      <PageHead title={say('pages.knowledge')} note={say('knowledge.hint')} />
      <Loaded asked={asked} headed>
        {(rules) => (
          <div className="ch-stack">
            {rules.map((one) => (
              <Card
                key={one.id}
                size="small"
                title={<>{one.title[lang]} <StateTag state={one.effect}>{say(`effects.${one.effect}`)}</StateTag>{one.status === 'unverified' ? <UnverifiedBadge /> : null}</>}
                extra={<Go to={`/findings?rule=${one.id}${held['month'] ? `&month=${held['month']}` : ''}`}>{say('knowledge.found', { n: one.findings })} · <Money fen={one.refusedFen} unit /></Go>}
              >
                <p className="ch-knowledge">{one.knowledge[lang]}</p>
                {one.parameters.length > 0 ? (
                  <SmallTable
                    rowKey="name"
                    dataSource={one.parameters}
                    columns={[
                      { title: say('knowledge.parameter'), render: (_, row) => <Go to={`/policy/${row.name}`}>{row.label[lang]}</Go> },
                      { title: say('fields.value'), render: (_, row) => <FigureValue value={row.value} unit={row.unit} /> },
                      { title: say('policy.from'), render: (_, row) => <DayText day={row.from} /> },
                      { title: say('policy.decidedBy'), render: (_, row) => <span className="ch-sentence">{row.decidedBy[lang]}</span> },
                      { title: say('ui:table.status'), render: (_, row) => (row.status === 'unverified' ? <UnverifiedBadge source={row.sources.map((source) => source.document).join(' ')} /> : null) },
                    ]}
                  />
                ) : null}
                <p className="ch-source">
                  {one.sources.map((source) => `${source.number ? `${source.number} ` : ''}${source.title[lang]}${source.article ? ` ${source.article}` : ''}`).join(say('comma'))}
                  <br />
                  <span className="ch-code">{one.sqlFile}</span>
                </p>
              </Card>
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}
