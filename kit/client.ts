/**
 * The typed client: calls an endpoint by its key in the contract. Only types come from the contract, so nothing is
 * generated and no schema reaches the browser; a wrong input does not compile.
 *
 *     const api = client<typeof peopleContract & typeof claimsContract>({ lang });
 *     const page = await api('GET /api/people', { query: { q: '桂兰' } });
 */
import type { TSchema } from '@sinclair/typebox';
import type { BodyOf, OutputOf, ParamsOf, QueryOf } from './contract.ts';

/** One field or row of an input that cannot be. */
export interface ProblemError {
  row?: number;
  column: string;
  value: string;
  code: string;
  detail: string;
}

/** A "no" of the server (RFC 9457), already worded in the reader's language. */
export class Problem extends Error {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly errors: readonly ProblemError[];
  readonly reasons: readonly { code: string; sentence: string }[];
  /** Number to tell the administrator. */
  readonly instance: string | undefined;

  constructor(body: Partial<Problem> & { title: string; status: number; code: string }) {
    super(body.title);
    this.name = 'Problem';
    this.title = body.title;
    this.status = body.status;
    this.code = body.code;
    this.params = body.params ?? {};
    this.errors = body.errors ?? [];
    this.reasons = body.reasons ?? [];
    this.instance = body.instance;
  }
}

/** In a query, leaving a filter out and giving `undefined` mean the same. */
type Loose<Q> = { [K in keyof Q]: Record<never, never> extends Pick<Q, K> ? Q[K] | undefined : Q[K] };
type IfEmpty<T, Yes, No> = Record<never, never> extends T ? Yes : No;

/** What a page passes to an endpoint: only the parts that the endpoint declares. */
export type CallInput<E> = (E extends { params: TSchema } ? { params: ParamsOf<E> } : object) &
  (E extends { query: TSchema } ? IfEmpty<QueryOf<E>, { query?: Loose<QueryOf<E>> }, { query: Loose<QueryOf<E>> }> : object) &
  (E extends { body: TSchema } ? { body: BodyOf<E> } : object) &
  (E extends { upload: true } ? { upload: File } : object);

export interface How {
  signal?: AbortSignal;
  /** The same key for every try of one submit; a fresh one when left out, none for an act that stores nothing (null). */
  repeatKey?: string | null;
}

// Over each endpoint by itself: worked out over all of them at once the union grows beyond what the compiler bears.
type Args<E> = E extends unknown ? IfEmpty<CallInput<E>, [input?: CallInput<E>, how?: How], [input: CallInput<E>, how?: How]> : never;

export interface Client<C> {
  <K extends keyof C & string>(key: K, ...args: Args<C[K]>): Promise<OutputOf<C[K]>>;
  /** The address of an endpoint, for links to files. */
  url<K extends keyof C & `GET ${string}`>(key: K, ...args: Args<C[K]>): string;
}

interface Parts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  upload?: File;
}

export interface ClientOptions {
  /** Language of the sentences in problems and explanations. */
  lang: () => 'zh' | 'en';
  fetch?: typeof fetch;
  /** Site of the server when it is not the page's own. */
  base?: string;
}

/** Makes a client of the contracts given as type. Rejects with a `Problem`; a network failure is a Problem with code OFFLINE and status 0. */
export function client<C>(options: ClientOptions): Client<C> {
  const call = async (key: string, input: Parts = {}, how: How = {}): Promise<unknown> => {
    const [method, address] = [key.slice(0, key.indexOf(' ')), (options.base ?? '') + addressOf(key, input)];
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': options.lang() };
    if (method !== 'GET' && how.repeatKey !== null) headers['idempotency-key'] = how.repeatKey ?? newRepeatKey();
    let body: BodyInit | undefined;
    if (input.upload) {
      body = new FormData();
      body.append('file', input.upload, input.upload.name);
    } else if (input.body !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(input.body);
    }
    const answer = await send(options, address, { method, headers, credentials: 'same-origin', ...(body === undefined ? {} : { body }), ...(how.signal ? { signal: how.signal } : {}) });
    if (!answer.ok) throw await problemOf(answer);
    return answer.json();
  };
  return Object.assign(call, { url: (key: string, input: Parts = {}) => (options.base ?? '') + addressOf(key, input) }) as unknown as Client<C>;
}

async function send(options: ClientOptions, address: string, init: RequestInit): Promise<Response> {
  try {
    return await (options.fetch ?? fetch)(address, init);
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new Problem({ code: 'OFFLINE', status: 0, title: options.lang() === 'zh' ? '连不上服务器，请检查网络后重试。内容没有丢失。' : 'The server cannot be reached; check the network and try again. Nothing you typed is lost.' });
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const text = await answer.text();
  if (answer.headers.get('content-type')?.includes('json')) return new Problem(JSON.parse(text) as Problem);
  return new Problem({ code: `HTTP_${answer.status}`, status: answer.status, title: `HTTP ${answer.status}` });
}

/** `'GET /api/people/{id}'` with its parameters and query → `/api/people/…?…`. Filters without a value are left out. */
export function addressOf(key: string, input: Pick<Parts, 'params' | 'query'>): string {
  const path = key.slice(key.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = input.params?.[name];
    if (value === undefined || value === null || value === '') throw new Error(`${key} needs the parameter ${name}`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** A fresh key (UUID); also where the page is not served by https and `randomUUID` is missing. */
export function newRepeatKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('');
}

/** Keeps one key per content of a form until the submit succeeds: pressing again after a failure repeats, never doubles. */
export class SubmitKeys {
  private content: string | undefined;
  private key = '';

  keyFor(content: unknown): string {
    const text = JSON.stringify(content);
    if (text !== this.content) {
      this.content = text;
      this.key = newRepeatKey();
    }
    return this.key;
  }

  succeeded(): void {
    this.content = undefined;
  }
}
