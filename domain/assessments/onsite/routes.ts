/** The contract of the visit on site bound to its acts. */
import type { Routes } from '#platform/module.ts';
import { keepEvidence, readEvidence } from './actions/evidence.ts';
import { readPackage } from './actions/package.ts';
import { readSiteVisit } from './actions/read.ts';
import { submitVisit } from './actions/submit.ts';
import { getVisit } from './actions/own.ts';
import { standingOf, syncVisit } from './actions/sync.ts';
import { keepPiece, playVideo, tellManifest } from './actions/video.ts';
import { videoState } from './actions/video-state.ts';
import type { onsiteContract } from './contract.ts';

export const onsiteRoutes: Routes<typeof onsiteContract> = {
  'GET /api/on-site/package': (act, { query }) => readPackage(act, query),
  'PUT /api/on-site/visits/{id}': (act, { params, body }) => syncVisit(act, params.id, body),
  'GET /api/on-site/visits/{id}': async (act, { params }) => standingOf(act, await getVisit(act, params.id)),
  'PUT /api/on-site/visits/{id}/evidence/{evidenceId}': (act, { params, query, upload }) => keepEvidence(act, params.id, params.evidenceId, query, upload),
  'PUT /api/on-site/visits/{id}/video/{rendition}/{piece}': (act, { params, query, upload }) => keepPiece(act, params.id, params.rendition, params.piece, query.sha256, upload),
  'PUT /api/on-site/visits/{id}/video/{rendition}': (act, { params, body }) => tellManifest(act, params.id, params.rendition, body),
  'GET /api/on-site/visits/{id}/video': async (act, { params }) => videoState(act, await getVisit(act, params.id)),
  'POST /api/on-site/visits/{id}/submit': (act, { params, body }) => submitVisit(act, params.id, body.revision),
  'GET /api/assessments/{id}/site-visit': (act, { params }) => readSiteVisit(act, params.id),
  'GET /api/assessments/{id}/site-visit/evidence/{evidenceId}': (act, { params }) => readEvidence(act, params.id, params.evidenceId),
  'GET /api/assessments/{id}/site-visit/video/{rendition}': (act, { params, query }) => playVideo(act, params.id, params.rendition, query.take),
};
