/** Where the city demands the video: the review rendition before handing in, the full one before anybody confirms. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import type { Application } from '../../store/application.ts';
import type { Assessment } from '../../store/assessment.ts';
import { findVisitOf } from '../store/visit.ts';
import type { SiteVisit } from '../store/visit.ts';
import { fullVideoDueOn, isVideoRequired } from './required.ts';
import { videoState } from './video-state.ts';

/** The whole review rendition is there, where the video is demanded. Refuses with VIDEO_NEEDED. */
export async function demandLowVideo(act: Act, application: Application, visit: SiteVisit): Promise<void> {
  if (!isVideoRequired(act, application)) return;
  const low = (await videoState(act, visit)).find((one) => one.rendition === 'low');
  if (low?.sealedAt == null) refuse('VIDEO_NEEDED', { received: low?.received ?? 0, pieces: low?.pieces ?? null }, { status: 409 });
}

/** No expert confirms before the full rendition is complete, where the video is demanded. Refuses with SITE_VISIT_NEEDED or VIDEO_FULL_NEEDED. */
export async function demandVideo(act: Act, application: Application, assessment: Assessment): Promise<void> {
  if (!isVideoRequired(act, application)) return;
  const visit = (await findVisitOf(act, assessment.id)) ?? refuse('SITE_VISIT_NEEDED', {}, { status: 409 });
  const full = (await videoState(act, visit)).find((one) => one.rendition === 'full');
  if (full?.sealedAt == null) refuse('VIDEO_FULL_NEEDED', { received: full?.received ?? 0, pieces: full?.pieces ?? null, dueOn: fullVideoDueOn(act, application, visit.leftAt!) }, { status: 409 });
}
