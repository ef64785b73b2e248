/** A visit arrives in revisions: again, late, newer; what stands is always the newest. */
import type { Static } from '@sinclair/typebox';
import { distanceM, toWgs84 } from '#kit/geo.ts';
import type { Datum } from '#kit/geo.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { getPerson } from '#domain/people/index.ts';
import type { Person } from '#domain/people/index.ts';
import { getApplication } from '../../actions/case.ts';
import type { SiteVisitBodySchema, SiteVisitStandingSchema } from '../contract/visit.ts';
import { contentSha256, fateOf } from '../rules.ts';
import { listEvidence } from '../store/evidence.ts';
import { findVisit, insertVisit, lockBy, replaceRevision } from '../store/visit.ts';
import type { Revision, SiteVisit, SiteVisitContent } from '../store/visit.ts';
import { getVisit, own } from './own.ts';
import { videoState } from './video-state.ts';

type Standing = Static<typeof SiteVisitStandingSchema>;

/**
 * Takes a revision of a visit in and answers with what stands. The same revision again changes nothing, an older one neither. Refuses with
 * SITE_VISIT_REVISION_TAKEN when another content stands under the number, SITE_VISIT_CLOSED for a newer one after handing in,
 * SITE_VISIT_ACCOUNT when the phone holds it for another account than the one signed in, SITE_VISIT_FOREIGN for another account's visit, ASSESSMENT_INSTITUTION and NOT_FOUND for a case that is not the institution's.
 */
export async function syncVisit(act: Act, id: string, body: Static<typeof SiteVisitBodySchema>): Promise<Standing> {
  if (body.accountId !== undefined && body.accountId !== act.actor.accountId) refuse('SITE_VISIT_ACCOUNT', {}, { status: 409 });
  await lockBy(act, `siteVisit:${id}`);
  const known = await findVisit(act, id);
  if (known) await takeRevision(act, own(act, known), body);
  else await beginVisit(act, id, body);
  return standingOf(act, await getVisit(act, id));
}

async function beginVisit(act: Act, id: string, body: Static<typeof SiteVisitBodySchema>): Promise<void> {
  const application = await getApplication(act, body.applicationId);
  const { institutionId } = application;
  if (institutionId === null || institutionId !== act.actor.institutionId) refuse('ASSESSMENT_INSTITUTION', {}, { status: 403 });
  const person = await getPerson(act, application.personId);
  if (!(await insertVisit(act, application, institutionId, id, revisionOf(body, person)))) refuse('SITE_VISIT_FOREIGN', {}, { status: 403 });
  const { districtCode, townshipCode, personId } = application;
  await recordEvent(act, { districtCode, kind: 'assessments.siteVisitBegun', subjectType: 'siteVisit', subjectId: id, personId, townshipCode, institutionId, data: { number: application.number, applicationId: application.id } });
}

async function takeRevision(act: Act, visit: SiteVisit, body: Static<typeof SiteVisitBodySchema>): Promise<void> {
  if (visit.applicationId !== body.applicationId) refuse('SITE_VISIT_REVISION_TAKEN', { revision: visit.revision }, { status: 409 });
  const sha = contentSha256(body.content);
  const fate = fateOf({ revision: body.revision, contentSha256: sha }, visit);
  if (fate === 'taken') refuse('SITE_VISIT_REVISION_TAKEN', { revision: visit.revision }, { status: 409 });
  if (fate !== 'newer') return;
  if (visit.state === 'submitted') refuse('SITE_VISIT_CLOSED', { submittedAt: visit.submittedAt }, { status: 409 });
  await replaceRevision(act, visit, revisionOf(body, await getPerson(act, visit.personId)));
}

function revisionOf(body: Static<typeof SiteVisitBodySchema>, person: Person): Revision {
  const { revision, deviceId, clockOffsetMs, content } = body;
  return { revision, deviceId, clockOffsetMs, content, contentSha256: contentSha256(content), identityMatches: content.applicant === null ? null : content.applicant.identityNumber === person.identityNumber, distanceM: distanceTo(person, content) };
}

/** Metres from the phone to the person's home, or null where one of the points is not known. */
function distanceTo(person: Pick<Person, 'longitude' | 'latitude' | 'datum'>, { place }: Pick<SiteVisitContent, 'place'>): number | null {
  if (place === null || person.longitude === null || person.latitude === null || person.datum === null) return null;
  return Math.round(distanceM(toWgs84(place), toWgs84({ lng: person.longitude, lat: person.latitude, datum: person.datum as Datum })));
}

/** What stands of a visit, with what arrived of its photographs and video. */
export async function standingOf(act: Act, visit: SiteVisit): Promise<Standing> {
  const { id, applicationId, state, revision, content, receivedAt, identityMatches, assessmentId } = visit;
  return { id, applicationId, state, revision, contentSha256: visit.contentSha256, content, receivedAt, identityMatches, distanceM: visit.distanceM, evidence: await listEvidence(act, visit), video: await videoState(act, visit), assessmentId };
}
