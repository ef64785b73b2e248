/** What the tests of the visit on site share: photographs and films that are what they say, uploads, and a visit with everything in it. */
import { createHash } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { newId } from '#kit/ids.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { ORPHAN_DAYS, sweepOrphans } from '#platform/files/orphans.ts';
import type { TestOffice } from '../testing.ts';
import { answersOf, GUILAN } from '../testing.ts';
import type { SiteVisitContent } from './store/visit.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A JPEG's head with a body of its own. */
export function photo(mark: string | number): Buffer {
  return Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from(`photo ${mark}`), Buffer.from('ffd9', 'hex')]);
}

/** A piece of a WebM: the first holds the EBML head, the others are clusters. */
export function piece(at: number, mark: string | number, bytes = 200): Buffer {
  const head = at === 0 ? Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff', 'hex') : Buffer.alloc(0);
  return Buffer.concat([head, Buffer.alloc(bytes, `piece ${at} of ${mark}. `)]);
}

/** Sends a file as a browser does. */
export async function send(call: Caller, address: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  const border = 'on-site-test-border';
  const body = Buffer.concat([Buffer.from(`--${border}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n`), bytes, Buffer.from(`\r\n--${border}--\r\n`)]);
  return call('PUT', address, body, { 'content-type': `multipart/form-data; boundary=${border}`, ...headers });
}

/** How many files of the vault no row names: as many as the sweep takes away on the nights of a month when all of them are old. */
export async function strayFiles(house: TestHouse): Promise<number> {
  let found = 0;
  for (let night = 1; night <= 32; night += 1) found += (await sweepOrphans(house.platform.files.folder, house.platform.databases, Date.now() + (ORPHAN_DAYS + night) * 86_400_000)).files;
  return found;
}

/** Account of a test account by its sign-in name. */
export async function accountIdOf(office: TestOffice, signInName: string): Promise<string> {
  const { rows } = await office.house.platform.databases.owner.query<{ id: string }>('SELECT id FROM identity.account WHERE sign_in_name = $1', [signInName]);
  return rows[0]!.id;
}

/** A visit in which nothing is missing, from an hour before the test's clock to half an hour before it. */
export async function wholeVisit(office: TestOffice, more: Partial<SiteVisitContent> = {}): Promise<SiteVisitContent> {
  const minutesAgo = (minutes: number): string => new Date(office.house.clock.now.getTime() - minutes * 60_000).toISOString();
  const points = await answersOf(office, { adl: 'best', cognition: 'best', perception: 'best' });
  return {
    arrivedAt: minutesAgo(60), leftAt: minutesAgo(30),
    place: { lng: 120.1, lat: 30.2, accuracyM: 12, datum: 'WGS84', takenAt: minutesAgo(59) }, placeText: '槐荫街道 1 号',
    companionIds: [await accountIdOf(office, 'expert-01')], staffIdentityShown: true,
    guardian: { name: '王小梅', relation: 'child', identityNumber: '002X', checkedBy: 'identityCard' },
    applicant: { document: 'identityCard', identityNumber: GUILAN.identityNumber },
    consentAt: minutesAgo(58), interviewNote: '长期卧床，由女儿照料。', neighbourNote: '邻居：很少出门。',
    answers: Object.fromEntries(Object.entries(points).map(([item, one]) => [item, { points: one, note: `${item} 现场观察`, answeredAt: minutesAgo(45) }])),
    remarks: {}, evidenceIds: [], ...more,
  };
}

export interface Begun {
  id: string;
  content: SiteVisitContent;
}

/** The body of a revision. */
export function revision(applicationId: string, content: SiteVisitContent, at = 1, more: object = {}): object {
  return { applicationId, revision: at, deviceId: 'test-phone-1', clockOffsetMs: 0, content, ...more };
}

/** Begins a whole visit of a case, synced but not handed in. */
export async function beginVisit(office: TestOffice, applicationId: string, more: Partial<SiteVisitContent> = {}, by: Caller = office.assessor): Promise<Begun> {
  const id = newId();
  const content = await wholeVisit(office, more);
  const answer = await by('PUT', `/api/on-site/visits/${id}`, revision(applicationId, content));
  if (answer.statusCode !== 200) throw new Error(`the visit did not begin: ${answer.body}`);
  return { id, content };
}

/** Brings a film in pieces and tells its manifest. */
export async function film(call: Caller, visitId: string, rendition: 'low' | 'full', pieces: number, mark: string | number = rendition): Promise<void> {
  for (let at = 0; at < pieces; at += 1) {
    const bytes = piece(at, mark);
    const answer = await send(call, `/api/on-site/visits/${visitId}/video/${rendition}/${at}?sha256=${sha256(bytes)}`, bytes);
    if (answer.statusCode !== 200) throw new Error(`piece ${at} was not taken: ${answer.body}`);
  }
  const answer = await call('PUT', `/api/on-site/visits/${visitId}/video/${rendition}`, { mediaType: 'video/webm', pieces, durationMs: pieces * 10_000 });
  if (answer.statusCode !== 200) throw new Error(`the manifest was not taken: ${answer.body}`);
}
