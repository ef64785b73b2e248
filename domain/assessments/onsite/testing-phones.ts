/** Phones for the storm: each brings one visit with revisions, photographs and a film, loses its network, asks again, and sends twice. */
import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { insertTie, registerPerson } from '#domain/people/index.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { accountIdOf, photo, piece, sha256 } from './testing.ts';
import type { TestOffice } from '../testing.ts';
import { JIANGUO } from '../testing.ts';
import type { SiteVisitContent } from './store/visit.ts';

/** What one phone holds. Its film and photographs are its own: no two phones send the same bytes. */
export interface Phone {
  cookie: string;
  accountId: string;
  applicationId: string;
  visitId: string;
  revisions: { revision: number; content: SiteVisitContent }[];
  evidence: { id: string; bytes: Buffer }[];
  film: Buffer[];
}

/** What a server answered with 200: it may not be gone afterwards, whatever happens. */
export interface Acknowledged {
  revisions: Map<string, number>;
  evidence: Map<string, string>;
  pieces: Map<string, string>;
  assessments: Map<string, Set<string>>;
}

export const nothingYet = (): Acknowledged => ({ revisions: new Map(), evidence: new Map(), pieces: new Map(), assessments: new Map() });

/** Chance that a seed repeats (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<T>(all: readonly T[], chance: () => number): T[] {
  return all.map((one) => ({ one, at: chance() })).sort((a, b) => a.at - b.at).map(({ one }) => one);
}

/** Signs accounts in without a password each: rows of accounts and sessions, and the cookies that belong to them. */
async function insertSignedIn(owner: pg.Pool, like: string, secret: string, accounts: readonly { id: string; name: string; institutionId: string }[]): Promise<string[]> {
  const { rows } = await owner.query<{ data: Record<string, unknown> }>('SELECT s.data FROM identity.session s WHERE s.account_id = $1', [like]);
  const cookies: string[] = [];
  for (const { id, name, institutionId } of accounts) {
    await owner.query(`INSERT INTO identity.account (id, sign_in_name, display_name, role_code, institution_id, created_at) VALUES ($1, $2, $2, 'assessor', $3, now())`, [id, name, institutionId]);
    const session = randomBytes(24).toString('base64url');
    await owner.query(`INSERT INTO identity.session (id_sha256, account_id, data, expires_at) VALUES (encode(sha256($1::bytea), 'hex'), $2, $3, now() + interval '1 hour')`, [session, id, { ...rows[0]!.data, accountId: id }]);
    cookies.push(`changhu=${encodeURIComponent(`${session}.${createHmac('sha256', secret).update(session).digest('base64').replace(/=/g, '')}`)}`);
  }
  return cookies;
}

/** As many dispatched cases of the office's institution, filed before the register and the draw are demanded, each with a phone of its own. */
export async function handOutPhones(office: TestOffice, count: number, content: SiteVisitContent, secret: string, mark: string | number): Promise<Phone[]> {
  const { house, institutionId } = office;
  const { owner } = house.platform.databases;
  const accounts = Array.from({ length: count }, (_, at) => ({ id: newId(), name: `phone-${mark}-${at}`, institutionId }));
  const cookies = await insertSignedIn(owner, await accountIdOf(office, 'assessor-01'), secret, accounts);
  const numbers = accounts.map((_, at) => identityNumberFor('990101', '1941-07-08', at + 1));
  const cases = await house.act(async (act) => {
    const made: string[] = [];
    for (const [at, identityNumber] of numbers.entries()) {
      const person = await registerPerson(act, { ...JIANGUO, name: `沈阿${at}`, identityNumber });
      await insertTie(act, { districtCode: '990101', personId: person.id, institutionId, kind: 'assessment', fromOn: '2026-11-30' });
      made.push(person.id);
    }
    return made;
  });
  const applications = cases.map(() => newId());
  await owner.query(
    `INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since, assessment_institution_id, accepted_on)
     SELECT '990101', a, 'STORM-' || p, p, '990101002', 'initial', '2026-11-30', now(), '王小梅', 'family', '13900000001', '2025-10-01', 'dispatched', now(), $3, '2026-11-30' FROM unnest($1::uuid[], $2::uuid[]) AS x (a, p)`,
    [applications, cases, institutionId],
  );
  return accounts.map((account, at) => {
    const evidence = [0, 1, 2].map((which) => ({ id: newId() as string, bytes: photo(`${mark} ${at} ${which}`) }));
    const whole = { ...content, applicant: { document: 'identityCard' as const, identityNumber: numbers[at]! }, evidenceIds: evidence.map((one) => one.id) };
    return {
      cookie: cookies[at]!, accountId: account.id, applicationId: applications[at]!, visitId: newId(),
      revisions: [1, 2, 3].map((revision) => ({ revision, content: revision === 3 ? whole : { ...whole, interviewNote: `${at} 第 ${revision} 版` } })),
      evidence, film: Array.from({ length: 6 }, (_, which) => piece(which, `${mark} ${at}`, 8_000 + which)),
    };
  });
}

interface Answer {
  status: number;
  body: { code?: string; id?: string; state?: string; revision?: number; sealedAt?: string | null };
}

/** The network of one phone: requests are broken off and repeated at random until an answer arrives. */
export class Line {
  readonly #base: string;
  readonly #phone: Phone;
  readonly #chance: () => number;
  /** How many requests were sent, and how many of them nobody waited for. */
  sent = 0;
  broken = 0;

  constructor(base: string, phone: Phone, chance: () => number) {
    this.#base = base;
    this.#phone = phone;
    this.#chance = chance;
  }

  /** Sends until it is answered; `patienceMs` of no answer at all is a failure of the test. */
  async send(method: string, path: string, body: unknown, upload?: Buffer, patienceMs = 200_000): Promise<Answer> {
    const until = Date.now() + patienceMs;
    for (let attempt = 1; ; attempt += 1) {
      const breaks = this.#chance() < 0.15;
      try {
        const answer = await this.#once(method, path, body, upload, breaks ? Math.floor(this.#chance() * 40) : undefined);
        if (answer.status < 500) return answer;
        if (Date.now() > until) throw new Error(`${method} ${path} is answered with ${answer.status}`);
      } catch (error) {
        this.broken += 1;
        if (Date.now() > until) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000, 25 * 2 ** attempt) * (0.5 + this.#chance())));
    }
  }

  async #once(method: string, path: string, body: unknown, upload: Buffer | undefined, breakAfterMs: number | undefined): Promise<Answer> {
    this.sent += 1;
    const headers: Record<string, string> = { cookie: this.#phone.cookie };
    let payload: BodyInit | undefined;
    if (upload) {
      payload = new FormData();
      payload.append('file', new Blob([new Uint8Array(upload)]), 'file');
    } else if (body !== undefined) {
      headers['content-type'] = 'application/json';
      payload = JSON.stringify(body);
    }
    const answer = await fetch(this.#base + path, { method, headers, ...(payload === undefined ? {} : { body: payload }), ...(breakAfterMs === undefined ? {} : { signal: AbortSignal.timeout(breakAfterMs) }) });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }
}

/** Brings one phone's visit home, in random order with repeats and early tries to hand in; answers the line it used. */
export async function bringHome(base: string, phone: Phone, chance: () => number, known: Acknowledged): Promise<Line> {
  const line = new Line(base, phone, chance);
  const root = `/api/on-site/visits/${phone.visitId}`;
  const revise = async (at: number): Promise<void> => {
    const { revision, content } = phone.revisions[at]!;
    const answer = await line.send('PUT', root, { applicationId: phone.applicationId, revision, deviceId: `device-${phone.accountId}`, clockOffsetMs: Math.floor(chance() * 1000), content });
    if (answer.status !== 200 && answer.body.code !== 'SITE_VISIT_CLOSED') throw new Error(`revision: ${JSON.stringify(answer)}`);
    if (answer.status === 200) known.revisions.set(phone.visitId, Math.max(revision, known.revisions.get(phone.visitId) ?? 0));
  };
  await revise(0);
  const rest = [
    () => revise(1), () => revise(2),
    ...phone.evidence.map(({ id, bytes }) => async () => {
      const answer = await line.send('PUT', `${root}/evidence/${id}?subject=surroundings&takenAt=2026-12-08T01:30:00Z&sha256=${sha256(bytes)}`, undefined, bytes);
      if (answer.status !== 200) throw new Error(`evidence: ${JSON.stringify(answer)}`);
      known.evidence.set(id, sha256(bytes));
    }),
    ...phone.film.map((bytes, at) => async () => {
      const answer = await line.send('PUT', `${root}/video/low/${at}?sha256=${sha256(bytes)}`, undefined, bytes);
      if (answer.status !== 200) throw new Error(`piece: ${JSON.stringify(answer)}`);
      known.pieces.set(`${phone.visitId}:${at}`, sha256(bytes));
    }),
    async () => {
      const answer = await line.send('PUT', `${root}/video/low`, { mediaType: 'video/webm', pieces: phone.film.length, durationMs: 60_000 });
      if (answer.status !== 200) throw new Error(`manifest: ${JSON.stringify(answer)}`);
    },
  ];
  const repeated = rest.filter(() => chance() < 0.2);
  const order = shuffled([...rest, ...repeated], chance);
  // Two requests of one phone may be under way at once.
  for (let at = 0; at < order.length; at += 2) await Promise.all([order[at]!(), order[at + 1]?.(), ...(chance() < 0.1 ? [tryToHandIn(line, root, phone, known)] : [])]);
  const settled = await Promise.all([tryToHandIn(line, root, phone, known), tryToHandIn(line, root, phone, known)]);
  const refused = settled.find((one) => one.status !== 200);
  if (refused) throw new Error(`the visit ${phone.visitId} was not taken although everything had arrived: ${JSON.stringify(refused.body)}`);
  return line;
}

async function tryToHandIn(line: Line, root: string, phone: Phone, known: Acknowledged): Promise<Answer> {
  const answer = await line.send('POST', `${root}/submit`, { revision: 3 });
  if (answer.status === 200) (known.assessments.get(phone.applicationId) ?? known.assessments.set(phone.applicationId, new Set()).get(phone.applicationId)!).add(answer.body.id!);
  return answer;
}
