/** A case, a visit and its parts for the tests of the phone. */
import type { OnSiteCase } from './api.ts';
import type { KeptPackage, Part, Visit } from './store/shapes.ts';

export const ORDER: OnSiteCase = {
  applicationId: '01990000-0000-7000-8000-000000000001', number: 'QH-2026-0001', kind: 'initial', filedOn: '2026-12-02', personId: '01990000-0000-7000-8000-000000000002', personName: '吴建国',
  identityNumber: '990101195010010179', identityNumberMasked: '990101********0179', bornOn: '1950-10-01', sex: 'male', address: '云麓大街5号', community: '云麓社区', districtCode: '990101',
  townshipCode: '990101002', townshipZh: '云麓镇', townshipEn: 'Yunlu', applicantName: '吴敏', relation: 'family', contactPhone: '13900990006', statement: null, dueOn: '2026-12-20', calendarMissing: null,
  overdue: false, gradeBefore: null, assignedTo: null, assignedExpert: null, orderWaits: null, appointmentOn: null, windowFrom: null, windowTo: null, returned: null, scaleId: 'two-items', contradictionsId: 'one-pair',
  policy: { personsOnSite: 2, expertsOnSite: 1, guardianRequired: true, videoRequired: true, videoFullWorkingDays: 3 }, visits: [],
};

const source = { status: 'unverified' as const, source: { document: 'nhsa-2021-37' } };
const options = [0, 5].map((points) => ({ points, zh: `${points}分`, en: `${points} points` }));
const item = (code: string, dimension: 'adl' | 'cognition') => ({ code, dimension, zh: code, en: code, ...source, options });

/** A package with a scale of two items that contradict each other when the first is at its best and the second at its worst. */
export const PACKAGE: Omit<KeptPackage, 'offsetMs' | 'fetchedAt'> = {
  serverAt: '2026-12-10T02:00:00Z', today: '2026-12-10', stamp: 'x'.repeat(64), institutionName: '评估所', cases: [ORDER],
  scales: [{ id: 'two-items', from: '2021-08-03', to: null, status: 'unverified', file: 'x.yaml', documents: [], scale: { items: [item('stairs', 'adl'), item('memory', 'cognition')] } as never }] as never,
  contradictions: [{ id: 'one-pair', status: 'unverified', rules: [{ code: 'STAIRS_AND_MEMORY', zh: '不太一致', en: 'hardly agree', sides: [{ item: 'stairs', atLeast: 5 }, { item: 'memory', atMost: 0 }] }] }],
  companions: [{ accountId: '01990000-0000-7000-8000-00000000000e', name: '顾文澜', expert: true, institutionId: null, area: '990101' }],
  limits: { evidenceBytes: 10_485_760, pieceBytes: 4_194_304 },
};

/** A visit that its assessor has finished, of which nothing is sent. */
export function finishedVisit(): Visit {
  const at = '2026-12-10T03:00:00.000Z';
  return {
    id: '01990000-0000-7000-8000-0000000000f1', applicationId: ORDER.applicationId, revision: 3, step: 'send', item: null, beganAt: at, changedAt: at, offsetMs: 0, finishedAt: at,
    sent: { revision: 0, sealed: [], made: null, refusal: null, fullAsked: false },
    content: {
      arrivedAt: at, leftAt: at, place: null, placeText: '云麓大街5号', companionIds: [], staffIdentityShown: true, guardian: null, applicant: null, consentAt: at, interviewNote: '', neighbourNote: '', answers: {},
      remarks: {}, evidenceIds: [],
    },
  };
}

export function partOf(kind: Part['kind'], number: number, more: Partial<Part> = {}): Part {
  const at = '2026-12-10T03:00:00.000Z';
  return { id: `${kind}-${number}`, visitId: finishedVisit().id, kind, number, take: 1, subject: kind === 'evidence' ? 'other' : null, item: null, mediaType: 'video/webm', bytes: 10, sha256: '0'.repeat(64), fromAt: at, takenAt: at, sent: false, ...more };
}
