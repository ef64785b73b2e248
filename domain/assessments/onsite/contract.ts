/**
 * On site: what the phone takes along, and how it brings the visit back. Everything a phone writes is safe to send again: the same
 * content gets the same answer, so a phone that heard no answer simply repeats.
 */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { pageQuery } from '#kit/paging.ts';
import { IdParams, IdSchema, InstantSchema } from '#kit/schemas.ts';
import { AssessmentMadeSchema } from '../contract/grading.ts';
import { SENT_REFUSALS } from '../dispatch/model.ts';
import { EvidenceSchema, EvidenceSubjectSchema, RenditionSchema, Sha256Schema, VideoManifestSchema, VideoSchema } from './contract/evidence.ts';
import { OnSitePackageSchema } from './contract/package.ts';
import { SiteVisitBodySchema, SiteVisitReadingSchema, SiteVisitStandingSchema } from './contract/visit.ts';

const VISIT_REFUSALS = ['NOT_FOUND', 'SITE_VISIT_ACCOUNT', 'SITE_VISIT_FOREIGN', 'SITE_VISIT_REVISION_TAKEN', 'SITE_VISIT_CLOSED', 'ASSESSMENT_INSTITUTION', 'INPUT_WRONG'] as const;
const RenditionParams = Type.Object({ id: IdSchema, rendition: RenditionSchema });
const PieceParams = Type.Object({ id: IdSchema, rendition: RenditionSchema, piece: Type.Integer({ minimum: 0, maximum: 9999 }) });

export const onsiteContract = defineContract({
  'GET /api/on-site/package': {
    summary: { zh: '上门评估离线包：派给本机构的案件、量表、规则', en: 'What an assessor takes along offline: cases of the own institution, scales, rules' },
    permission: 'assessments.onSite', query: pageQuery({}), output: OnSitePackageSchema,
  },
  'PUT /api/on-site/visits/{id}': {
    summary: { zh: '同步上门评估记录（按版本号，重发不重复）', en: 'Sync a visit by its revision; sending again changes nothing' },
    permission: 'assessments.assess', params: IdParams, body: SiteVisitBodySchema, output: SiteVisitStandingSchema, refusals: VISIT_REFUSALS,
  },
  'GET /api/on-site/visits/{id}': {
    summary: { zh: '服务器上的上门评估记录（续传用）', en: 'What stands on the server of a visit, to resume from' },
    permission: 'assessments.onSite', params: IdParams, output: SiteVisitStandingSchema, refusals: ['NOT_FOUND'],
  },
  'PUT /api/on-site/visits/{id}/evidence/{evidenceId}': {
    summary: { zh: '上传一张佐证照片', en: 'Bring a photograph of evidence' },
    permission: 'assessments.assess', params: Type.Object({ id: IdSchema, evidenceId: IdSchema }),
    query: Type.Object(
      {
        subject: EvidenceSubjectSchema,
        item: Type.Optional(Type.String({ maxLength: 60, description: 'item of the scale; needed where the subject is item' })),
        takenAt: InstantSchema,
        sha256: Sha256Schema,
      },
      { additionalProperties: false },
    ),
    upload: true, keepsUpload: true, output: EvidenceSchema,
    refusals: ['NOT_FOUND', 'SITE_VISIT_FOREIGN', 'SITE_VISIT_CLOSED', 'EVIDENCE_HASH', 'EVIDENCE_OTHER', 'EVIDENCE_TYPE', 'EVIDENCE_TOO_LARGE', 'EVIDENCE_ITEM'],
  },
  'PUT /api/on-site/visits/{id}/video/{rendition}/{piece}': {
    summary: { zh: '上传一段录像（按序号，自 0 起）', en: 'Bring one numbered piece of a video, from 0' },
    permission: 'assessments.assess', params: PieceParams,
    query: Type.Object({ sha256: Sha256Schema }, { additionalProperties: false }),
    upload: true, keepsUpload: true, output: Type.Object({ piece: Type.Integer(), sha256: Sha256Schema, bytes: Type.Integer() }),
    refusals: ['NOT_FOUND', 'SITE_VISIT_FOREIGN', 'VIDEO_PIECE_HASH', 'VIDEO_PIECE_OTHER', 'VIDEO_PIECE_TOO_LARGE', 'VIDEO_PIECE_BEYOND', 'VIDEO_TYPE'],
  },
  'PUT /api/on-site/visits/{id}/video/{rendition}': {
    summary: { zh: '录像清单：拍摄结束后报总段数，齐全即封存', en: 'Manifest of a finished video: how many pieces; sealed once all are there' },
    permission: 'assessments.assess', params: RenditionParams, body: VideoManifestSchema, output: VideoSchema,
    refusals: ['NOT_FOUND', 'SITE_VISIT_FOREIGN', 'VIDEO_MANIFEST_OTHER', 'VIDEO_PIECE_BEYOND', 'VIDEO_TAKES', 'VIDEO_TYPE'],
  },
  'GET /api/on-site/visits/{id}/video': {
    summary: { zh: '录像已收到哪些段、缺哪些段', en: 'Which pieces of the video have arrived and which are missing' },
    permission: 'assessments.onSite', params: IdParams, output: Type.Array(VideoSchema), refusals: ['NOT_FOUND'],
  },
  'POST /api/on-site/visits/{id}/submit': {
    summary: { zh: '提交上门评估', en: 'Hand in a visit: it becomes the assessment' },
    permission: 'assessments.assess', params: IdParams,
    body: Type.Object({ revision: Type.Integer({ minimum: 1, description: 'the revision that the phone hands in' }) }, { additionalProperties: false }),
    output: AssessmentMadeSchema,
    refusals: [
      'NOT_FOUND', 'APPLICATION_STATE', 'SITE_VISIT_FOREIGN', 'SITE_VISIT_REVISION', 'SITE_VISIT_INCOMPLETE', 'SITE_PERSONS', 'SITE_EXPERTS', 'SITE_PERSON_UNKNOWN', 'SITE_IDENTITY_MISMATCH', 'SITE_TIMES', 'EVIDENCE_MISSING',
      'CONTRADICTION_UNEXPLAINED', 'VIDEO_NEEDED', 'ASSESSMENT_INSTITUTION', 'ASSESSMENT_ANSWER_MISSING', 'ASSESSMENT_ANSWER_FOREIGN', 'ASSESSMENT_ON_SITE_AT', 'REVIEW_SAME_INSTITUTION', 'REVIEW_SAME_PERSON',
      ...SENT_REFUSALS,
    ],
  },
  'GET /api/assessments/{id}/site-visit': {
    summary: { zh: '评估的上门记录：时间、地点、人员、佐证、录像', en: 'The visit behind an assessment: times, place, persons, evidence, video' },
    permission: 'assessments.read', params: IdParams, output: SiteVisitReadingSchema, refusals: ['NOT_FOUND', 'SITE_VISIT_NONE'],
  },
  'GET /api/assessments/{id}/site-visit/evidence/{evidenceId}': {
    summary: { zh: '一张佐证照片', en: 'A photograph of evidence' },
    permission: 'assessments.read', params: Type.Object({ id: IdSchema, evidenceId: IdSchema }), output: Type.Unknown(), file: 'image/*', refusals: ['NOT_FOUND'],
  },
  'GET /api/assessments/{id}/site-visit/video/{rendition}': {
    summary: { zh: '播放录像（支持分段请求）', en: 'Play the video; ranges of bytes are served' },
    permission: 'assessments.read', params: RenditionParams,
    query: Type.Object({ take: Type.Optional(Type.Integer({ minimum: 0, maximum: 99, description: 'the first take (0) unless told' })) }, { additionalProperties: false }),
    output: Type.Unknown(), file: 'video/*', refusals: ['NOT_FOUND', 'VIDEO_NOT_SEALED'],
  },
});
