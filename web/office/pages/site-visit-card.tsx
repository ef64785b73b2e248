/** The visit behind an assessment: who was there, when and where, what was seen and said, photographs and the video. */
import { Alert, Button, Collapse, Image, Tabs, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '#kit/contract.ts';
import type { onsiteContract } from '#domain/assessments/onsite/contract.ts';
import { api } from '../api.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { FactList } from '../../ui/record-page.tsx';
import { Count, DayText, InstantText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Visit = OutputOf<(typeof onsiteContract)['GET /api/assessments/{id}/site-visit']>;

/** Fetched once it is opened: the page of a case must not wait for it. */
export function SiteVisitPart({ assessmentId, open = false }: { assessmentId: string; open?: boolean }) {
  const say = useWords('assessments');
  return <Collapse ghost size="small" style={{ marginInline: -12 }} defaultActiveKey={open ? ['visit'] : []} destroyOnHidden items={[{ key: 'visit', label: say('siteVisit.title'), children: <SiteVisit assessmentId={assessmentId} /> }]} />;
}

function SiteVisit({ assessmentId }: { assessmentId: string }) {
  const query = useQuery({ queryKey: ['GET /api/assessments/{id}/site-visit', assessmentId], queryFn: () => api('GET /api/assessments/{id}/site-visit', { params: { id: assessmentId } }) });
  if (query.error) return <ProblemAlert error={query.error} />;
  if (!query.data) return null;
  const visit = query.data;
  return (
    <>
      <VisitFacts visit={visit} />
      <Contradictions visit={visit} />
      <Evidence visit={visit} />
      <Video visit={visit} />
      <Notes visit={visit} />
    </>
  );
}

function VisitFacts({ visit }: { visit: Visit }) {
  const say = useWords('assessments');
  const label = useLabels('assessments', 'office');
  const { place } = visit;
  const persons = [{ ...visit.assessor, assessor: true }, ...visit.companions.map((one) => ({ ...one, assessor: false }))];
  return (
    <FactList
      facts={[
        { label: say('siteVisit.arrivedAt'), value: <InstantText at={visit.arrivedAt} /> },
        { label: say('siteVisit.leftAt'), value: <><InstantText at={visit.leftAt} /> <span className="ch-muted">{say('siteVisit.minutes', { count: visit.durationMin })}</span></> },
        { label: say('siteVisit.persons'), value: persons.map((one) => <span key={one.accountId} style={{ marginInlineEnd: 12 }}>{one.name} <Tag>{say(one.expert ? 'siteVisit.expert' : 'siteVisit.assessor')}</Tag></span>) },
        { label: say('siteVisit.guardian'), value: <>{visit.guardian.name} <span className="ch-muted">{label.value(visit.guardian.relation)} · {label.value(visit.guardian.checkedBy)} <span className="ch-number">{visit.guardian.identityNumberMasked}</span></span></> },
        { label: say('siteVisit.applicant'), value: say('siteVisit.applicantSeen', { document: label.value(visit.applicantDocument) }) },
        { label: say('siteVisit.consentAt'), value: <InstantText at={visit.consentAt} /> },
        { label: say('siteVisit.place'), value: visit.placeText, wide: true },
        {
          label: say('siteVisit.position'),
          value: place
            ? <><span className="ch-number">{place.lng.toFixed(5)}, {place.lat.toFixed(5)}</span> <span className="ch-muted">{say('siteVisit.accuracy', { accuracyM: Math.round(place.accuracyM) })}</span>{visit.distanceM === null ? <span className="ch-muted"> · {say('siteVisit.noHome')}</span> : <> · {say('siteVisit.distance', { distanceM: visit.distanceM.toLocaleString('en-US') })}</>}</>
            : visit.placeMissing ?? '–',
          wide: true,
        },
        { label: say('siteVisit.interviewNote'), value: visit.interviewNote, wide: true },
        ...(visit.neighbourNote.trim() === '' ? [] : [{ label: say('siteVisit.neighbourNote'), value: visit.neighbourNote, wide: true }]),
        { label: say('siteVisit.submittedAt'), value: <><InstantText at={visit.submittedAt} /> <span className="ch-muted">{say('siteVisit.revision', { revision: visit.revision })}</span></> },
      ]}
    />
  );
}

/** What the rule pointed out, with the assessor's remark on each. */
function Contradictions({ visit }: { visit: Visit }) {
  const say = useWords('assessments');
  const { lang } = usePreferences();
  if (visit.contradictions.length === 0) return <p className="ch-muted">{say('siteVisit.noContradictions')}</p>;
  return (
    <>
      <h3 className="ch-sub">{say('siteVisit.contradictions', { count: visit.contradictions.length })}</h3>
      {visit.contradictions.map((one) => (
        <Alert
          key={one.code}
          type="warning"
          style={{ marginBlockEnd: 6 }}
          title={one[lang]}
          description={<>
            <div className="ch-muted">{one.sides.map((side) => say('siteVisit.side', lang === 'zh' ? { item: side.itemZh, option: side.optionZh } : { item: side.itemEn, option: side.optionEn })).join(' ↔ ')}</div>
            <div>{say('siteVisit.remark', { remark: one.remark })}</div>
          </>}
        />
      ))}
    </>
  );
}

function Evidence({ visit }: { visit: Visit }) {
  const say = useWords('assessments');
  const label = useLabels('assessments', 'office');
  const { lang } = usePreferences();
  const nameOf = (item: string | null): string | undefined => {
    const found = visit.items.find((one) => one.item === item);
    return found && (lang === 'zh' ? found.itemZh : found.itemEn);
  };
  return (
    <>
      <h3 className="ch-sub">{say('siteVisit.evidence', { count: visit.evidence.length })}</h3>
      {visit.evidence.length === 0 ? <p className="ch-muted">{say('siteVisit.noEvidence')}</p> : null}
      <Image.PreviewGroup>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 10 }}>
          {visit.evidence.map((one) => {
            const name = nameOf(one.item) ?? label.value(one.subject);
            return (
              <figure key={one.id} style={{ margin: 0, inlineSize: 132 }}>
                <Image width={132} height={99} style={{ objectFit: 'cover' }} alt={name} loading="lazy" src={api.url('GET /api/assessments/{id}/site-visit/evidence/{evidenceId}', { params: { id: visit.assessmentId, evidenceId: one.id } })} />
                <figcaption className="ch-muted" style={{ fontSize: 12 }}>{name}<br /><InstantText at={one.takenAt} /></figcaption>
              </figure>
            );
          })}
        </div>
      </Image.PreviewGroup>
    </>
  );
}

/** Both renditions: what is there, until when the rest is due, and the player of what is sealed. */
function Video({ visit }: { visit: Visit }) {
  const say = useWords('assessments');
  const label = useLabels('assessments', 'office');
  if (visit.video.every((one) => one.received === 0)) return <><h3 className="ch-sub">{say('siteVisit.video')}</h3><p className="ch-muted">{visit.videoMissing ?? say('siteVisit.noVideo')}</p></>;
  const full = visit.video.find((one) => one.rendition === 'full');
  return (
    <>
      <h3 className="ch-sub">{say('siteVisit.video')}</h3>
      {visit.videoRequired && full?.sealedAt === null ? <p>{say('siteVisit.fullDue')} <DayText day={visit.videoFullDueOn} /></p> : null}
      <Tabs size="small" items={visit.video.map((one) => ({ key: one.rendition, label: label.value(one.rendition), children: <Rendition assessmentId={visit.assessmentId} video={one} /> }))} />
    </>
  );
}

function Rendition({ assessmentId, video }: { assessmentId: string; video: Visit['video'][number] }) {
  const say = useWords('assessments');
  const [take, setTake] = useState(0);
  const takes = video.takes?.length ?? 1;
  if (video.sealedAt === null) return <p className="ch-muted">{video.pieces === null ? say('siteVisit.arriving', { received: video.received }) : say('siteVisit.incomplete', { received: video.received, pieces: video.pieces })}</p>;
  return (
    <>
      <video key={take} controls preload="metadata" style={{ inlineSize: '100%', maxBlockSize: 360, background: '#000' }} src={api.url('GET /api/assessments/{id}/site-visit/video/{rendition}', { params: { id: assessmentId, rendition: video.rendition }, query: { take } })} />
      {takes > 1 ? <p>{Array.from({ length: takes }, (_, at) => <Button key={at} size="small" type={at === take ? 'primary' : 'default'} style={{ marginInlineEnd: 8 }} onClick={() => setTake(at)}>{say('siteVisit.take', { number: at + 1 })}</Button>)}</p> : null}
      <p className="ch-muted" style={{ overflowWrap: 'anywhere' }}>{say('siteVisit.sealed')} <InstantText at={video.sealedAt} /> · <Count value={video.pieces} unit={say('siteVisit.pieces')} /> · SHA-256 <code>{video.sealSha256}</code></p>
    </>
  );
}

/** Notes and instants item by item. */
function Notes({ visit }: { visit: Visit }) {
  const say = useWords('assessments');
  const { lang } = usePreferences();
  const zh = lang === 'zh';
  return (
    <Collapse
      ghost
      size="small"
      style={{ marginInline: -12 }}
      items={[{
        key: 'notes',
        label: say('siteVisit.notes', { count: visit.items.filter((one) => one.note !== null).length }),
        children: (
          <table className="ch-answers">
            <tbody>
              {visit.items.map((one) => (
                <tr key={one.item}>
                  <th scope="row">{zh ? one.itemZh : one.itemEn}</th>
                  <td>{zh ? one.optionZh : one.optionEn}{one.note === null ? null : <div className="ch-muted">{one.note}</div>}</td>
                  <td className="ch-number"><InstantText at={one.answeredAt} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        ),
      }]}
    />
  );
}
