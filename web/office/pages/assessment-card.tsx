/** One assessment inside its case: sums, grade, who was there, the experts' words, and every answer. */
import { Collapse, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { ScaleItem } from '#domain/assessments/scale/model.ts';
import type { Application } from './application.tsx';
import { SiteVisitPart } from './site-visit-card.tsx';
import { useItemNames } from './scrutiny-card.tsx';
import { GradeText } from '../parts.tsx';
import { pointsText } from '../show.ts';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { FactList } from '../../ui/record-page.tsx';
import { DayText, InstantText, officeMinute } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Assessment = Application['assessments'][number];

/** With `answers` false the answers are left to the page; with `hidden` the reader has to give a voice before seeing others'. */
export function AssessmentCard({ assessment, expertsNeeded, answers = true, hidden = false }: { assessment: Assessment; expertsNeeded: number; answers?: boolean; hidden?: boolean }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { lang } = usePreferences();
  return (
    <Card
      size="small"
      title={<>{say('assessment.title')} <DayText day={officeMinute(assessment.onSiteAt).slice(0, 10)} /></>}
      extra={assessment.supersededAt ? <Tag>{say(`assessment.superseded.${assessment.supersededBy ?? 'disagreement'}`)}</Tag> : <Go to={`/explanations/${assessment.decisionId}`}>{say('assessment.why')}</Go>}
    >
      <FactList
        facts={[
          { label: label.field('grade'), value: <strong><GradeText grade={assessment.grade} zh={assessment.gradeZh} en={assessment.gradeEn} /></strong> },
          { label: say('assessment.points'), value: <span className="ch-number" style={{ whiteSpace: 'normal' }}>{assessment.sums.map((one) => `${one[lang]} ${pointsText(one.points, one.inHundredths)}`).join(' · ')}</span> },
          { label: label.field('onSiteAt'), value: <InstantText at={assessment.onSiteAt} /> },
          { label: label.field('place'), value: assessment.place },
          { label: label.field('assessorName'), value: `${assessment.assessorName}${say('comma')}${assessment.secondName}` },
          { label: label.field('guardianName'), value: assessment.guardianName },
        ]}
      />
      <h3 className="ch-sub">{say('assessment.experts', { agreed: assessment.confirmations.filter((one) => one.agrees).length, needed: expertsNeeded })}</h3>
      {assessment.confirmations.length === 0 && !hidden ? <p className="ch-muted">{say('assessment.noExperts')}</p> : null}
      {assessment.confirmations.map((one) => (
        <p key={one.id} style={{ margin: '4px 0' }}>
          <StateTag state={one.agrees ? 'confirmed' : 'refused'}>{say(one.agrees ? 'assessment.agrees' : 'assessment.disagrees')}</StateTag>
          {one.expertName} <span className="ch-muted"><InstantText at={one.confirmedAt} /></span> {one.reason ? <strong>{label.value(one.reason)}</strong> : null} {one.note}
          <DisputedText items={one.items} scaleId={assessment.scaleId} />
        </p>
      ))}
      {assessment.siteVisitId ? <SiteVisitPart assessmentId={assessment.id} open={!answers} /> : null}
      {answers ? <Collapse ghost size="small" style={{ marginBlockStart: 8, marginInline: -12 }} items={[{ key: 'answers', label: say('assessment.answers'), children: <Answers scaleId={assessment.scaleId} answers={assessment.answers} /> }]} /> : null}
    </Card>
  );
}

/** Items that an expert would answer otherwise, with the option named. */
function DisputedText({ items, scaleId }: { items: Assessment['confirmations'][number]['items']; scaleId: string }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const { items: known, name } = useItemNames(items.length > 0 ? scaleId : undefined);
  if (items.length === 0) return null;
  const told = items.map(({ code, points }) => {
    const option = points === undefined ? undefined : known.find((one) => one.code === code)?.options.find((one) => one.points === points);
    return option ? `${name(code)} → ${option[lang]}` : name(code);
  });
  return <span className="ch-muted"> · {told.join(say('comma'))}</span>;
}

/** Every item with the option that was chosen. */
export function Answers({ scaleId, answers }: { scaleId: string; answers: Record<string, number> }) {
  const { lang } = usePreferences();
  const edition = useQuery({ queryKey: ['GET /api/scale', scaleId], queryFn: () => api('GET /api/scale', { query: { id: scaleId } }), staleTime: Infinity }).data;
  if (!edition) return null;
  return (
    <div className="ch-grid-2">
      {edition.scale.dimensions.map((dimension) => (
        <table key={dimension.code} className="ch-answers">
          <caption>{dimension[lang]}</caption>
          <tbody>
            {(edition.scale.items as readonly ScaleItem[]).filter((item) => item.dimension === dimension.code).map((item) => (
              <tr key={item.code}>
                <th scope="row">{item[lang]}</th>
                <td>{item.options.find((option) => option.points === answers[item.code])?.[lang] ?? '–'}</td>
                <td className="ch-number">{answers[item.code] ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
