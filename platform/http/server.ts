/** The HTTP server: sessions, contract endpoints, OpenAPI 3.1, health, metrics, and the built web pages. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import session from '@fastify/session';
import statics from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Refusal, refuse } from '#kit/refuse.ts';
import type { Platform } from '../act.ts';
import { sessionStore } from '../identity/session-store.ts';
import type { Module } from '../module.ts';
import type { Words } from '../words/words.ts';
import { bindModule } from './bind.ts';
import { compiledOnce } from './compilers.ts';
import { answerFailure, MAX_BODY_BYTES } from './problem.ts';
import { actorOfRequest, bindIdentity } from './session-routes.ts';
import { UPLOAD_LIMITS } from './upload.ts';
import { bindWatching } from './watching.ts';

export interface ServerOptions {
  platform: Platform;
  modules: readonly Module[];
  words: Words;
  /** 32 bytes or more; made at the first start and kept in the database. */
  secret: string;
  clock: () => Date;
  logLevel?: string;
  /** Set when a reverse proxy speaks https for us. */
  secureCookie?: boolean;
  /** Addresses of reverse proxies whose forwarded headers are believed; nobody's unless told. */
  trustProxy?: boolean | string;
  /** How often one address may ask endpoints without sign-in within a minute; no limit unless told. */
  publicPerMin?: number;
  version: string;
}

const LIFETIME_MS = 12 * 3600_000;
const PAGES = new URL('../../dist/web/', import.meta.url);

/** Builds the server; the caller listens and closes. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { platform, words, clock } = options;
  const app = fastify({
    logger: options.logLevel === 'silent' ? false : { level: options.logLevel ?? 'info', redact: ['req.headers.cookie', 'req.headers.authorization'], serializers: { req: (request) => ({ method: request.method, path: request.url.split('?')[0] }) } },
    frameworkErrors: (error, request, reply) => answerFailure(words, error, request, reply),
    bodyLimit: MAX_BODY_BYTES,
    // A request without end holds no connection for ever; twenty megabytes over a bad network need minutes.
    requestTimeout: 5 * 60_000,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => crypto.randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: true } },
    schemaController: compiledOnce,
  });
  app.setErrorHandler((error, request, reply) => answerFailure(words, error, request, reply));
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], mediaSrc: ["'self'", 'blob:'], workerSrc: ["'self'", 'blob:'], upgradeInsecureRequests: null } }, hsts: options.secureCookie === true });
  await app.register(cookie);
  await app.register(session, {
    secret: options.secret,
    cookieName: 'changhu',
    saveUninitialized: false,
    // A session is written at sign-in alone: an answer still under way must not bring back one that was signed out.
    rolling: false,
    store: sessionStore(platform.databases.owner, LIFETIME_MS),
    cookie: { httpOnly: true, sameSite: 'lax', secure: options.secureCookie === true, maxAge: LIFETIME_MS, path: '/' },
  });
  if (options.publicPerMin !== undefined) {
    await app.register(rateLimit, { global: false, errorResponseBuilder: (_, { ttl }) => new Refusal('TOO_MANY_REQUESTS', { seconds: Math.ceil(ttl / 1000) }, { status: 429 }) });
  }
  await app.register(multipart, { limits: UPLOAD_LIMITS, throwFileSizeLimit: false });
  await app.register(swagger, { openapi: { openapi: '3.1.0', components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'changhu' } } }, info: { title: '长护 Changhu', version: options.version, description: 'Every endpoint of the open long-term care insurance platform. Refusals are RFC 9457 problems.' } } });
  await app.register(swaggerUi, { routePrefix: '/api/reference' });
  demandSameOrigin(app, platform.publicUrl);
  keepNothing(app);
  refuseUnstorable(app);
  bindWatching(app, platform);
  bindIdentity(app, platform, clock, options.publicPerMin);
  for (const module of options.modules) bindModule(app, module, { platform, clock, ...(options.publicPerMin === undefined ? {} : { publicPerMin: options.publicPerMin }), actorOf: (request) => actorOfRequest(platform, request) });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await servePages(app);
  return app;
}

/** Writing requests from another site's page are refused: the session cookie alone does not prove the person's will. */
function demandSameOrigin(app: FastifyInstance, publicUrl: string): void {
  const own = new URL(publicUrl).host;
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const { origin } = request.headers;
    if (origin === undefined) return;
    const host = URL.canParse(origin) ? new URL(origin).host : '';
    if (host !== request.headers.host && host !== own) refuse('ORIGIN_FOREIGN', { origin }, { status: 403 });
  });
}

/** What one person may read, the next one at the same computer may not: no answer stays in a cache, of the browser or on the way. */
function keepNothing(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/') && !request.url.startsWith('/api/reference')) reply.header('cache-control', 'private, no-store');
  });
}

/** No contract asks for anything nearly as deep; what walks through a value by calling itself would not come back from a hundred thousand. */
const MOST_DEEP = 64;

/**
 * PostgreSQL keeps no NUL character in a text and no half of a character, and nothing is worked on that is deeper than any form: said to the person before it
 * becomes a fault.
 */
function refuseUnstorable(app: FastifyInstance): void {
  const wrong = (text: string): boolean => text.includes('\u0000') || !text.isWellFormed();
  const places = (value: unknown, path: string, deep: number): { column: string; code: string }[] => {
    if (typeof value === 'string') return wrong(value) ? [{ column: path, code: 'TEXT_CHARACTER' }] : [];
    if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return [];
    if (deep === MOST_DEEP) return [{ column: path.slice(0, 80), code: 'TOO_DEEP' }];
    return Object.entries(value).flatMap(([name, one]) => (wrong(name) ? [{ column: path, code: 'TEXT_CHARACTER' }] : places(one, path === '' ? name : `${path}.${name}`, deep + 1)));
  };
  app.addHook('preValidation', async (request) => {
    const found = [request.params, request.query, request.body].flatMap((part) => places(part, '', 0));
    if (found.length > 0) refuse('INPUT_WRONG', {}, { status: 400, errors: found.map((one) => ({ ...one, value: '', params: { deep: MOST_DEEP } })) });
  });
}

/** First letters of an address → the page of its portal; every other address is the public page's. */
const PORTALS: [prefix: string, page: string][] = [['/office', 'office/index.html'], ['/family', 'family/index.html'], ['/assess', 'assess/index.html']];

/** Pages and the worker are asked for anew each time: an old page would ask for scripts that an update took away. */
function headersOf(path: string): Record<string, string> {
  if (/[\\/]assess[\\/]worker\.js(\.(br|gz))?$/.test(path)) return { 'service-worker-allowed': '/assess', 'cache-control': 'no-cache' };
  return /\.html(\.(br|gz))?$/.test(path) ? { 'cache-control': 'no-cache' } : {};
}

/** The built pages: each portal is a single-page program under its own prefix; the worker of /assess answers for nothing else. */
async function servePages(app: FastifyInstance): Promise<void> {
  if (existsSync(PAGES)) await app.register(statics, { root: fileURLToPath(PAGES), wildcard: true, maxAge: '1h', immutable: false, preCompressed: true, setHeaders: (response, path) => void response.headers(headersOf(path)) });
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (path.startsWith('/api/') || request.method !== 'GET' || !existsSync(PAGES)) refuse('NOT_FOUND', {}, { status: 404 });
    const portal = PORTALS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'index.html';
    return reply.header('cache-control', 'no-cache').sendFile(portal);
  });
}
