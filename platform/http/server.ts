/** The HTTP server: sessions, contract endpoints, OpenAPI 3.1, health, metrics, and the built web pages. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import session from '@fastify/session';
import statics from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { refuse } from '#kit/refuse.ts';
import type { Platform } from '../act.ts';
import { sessionStore } from '../identity/session-store.ts';
import type { Module } from '../module.ts';
import type { Words } from '../words/words.ts';
import { bindModule } from './bind.ts';
import { answerFailure } from './problem.ts';
import { actorOfRequest, bindIdentity } from './session-routes.ts';
import { bindWatching } from './watching.ts';

export interface ServerOptions {
  platform: Platform;
  modules: readonly Module[];
  words: Words;
  /** 32 bytes or more; kept in DATA_DIR or given by SESSION_SECRET. */
  secret: string;
  clock: () => Date;
  logLevel?: string;
  /** Set when a reverse proxy speaks https for us. */
  secureCookie?: boolean;
  version: string;
}

const LIFETIME_MS = 12 * 3600_000;
const PAGES = new URL('../../dist/web/', import.meta.url);

/** Builds the server; the caller listens and closes. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { platform, words, clock } = options;
  const app = fastify({
    logger: options.logLevel === 'silent' ? false : { level: options.logLevel ?? 'info', redact: ['req.headers.cookie', 'req.headers.authorization'], serializers: { req: (request) => ({ method: request.method, path: request.url.split('?')[0] }) } },
    bodyLimit: 2 * 1024 * 1024,
    trustProxy: true,
    genReqId: () => crypto.randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: true } },
  });
  app.setErrorHandler((error, request, reply) => answerFailure(words, error, request, reply));
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], workerSrc: ["'self'", 'blob:'], upgradeInsecureRequests: null } }, hsts: options.secureCookie === true });
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
  await app.register(multipart, { limits: { fileSize: 20 * 1024 * 1024, files: 1 } });
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: '长护 Changhu', version: options.version, description: 'Every endpoint of the open long-term care insurance platform. Refusals are RFC 9457 problems.' } } });
  await app.register(swaggerUi, { routePrefix: '/api/reference' });
  demandSameOrigin(app);
  bindWatching(app, platform);
  bindIdentity(app, platform, clock);
  for (const module of options.modules) bindModule(app, module, { platform, clock, actorOf: (request) => actorOfRequest(platform, request) });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await servePages(app);
  return app;
}

/** Writing requests from another site's page are refused: the session cookie alone does not prove the person's will. */
function demandSameOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const origin = request.headers.origin;
    if (origin !== undefined && new URL(origin).host !== request.headers.host) refuse('NOT_PERMITTED', { permission: 'same-origin' }, { status: 403 });
  });
}

/** The built pages: three portals, each a single-page program under its own prefix. */
async function servePages(app: FastifyInstance): Promise<void> {
  if (existsSync(PAGES)) await app.register(statics, { root: fileURLToPath(PAGES), wildcard: true, maxAge: '1h', immutable: false });
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (path.startsWith('/api/') || request.method !== 'GET' || !existsSync(PAGES)) refuse('NOT_FOUND', {}, { status: 404 });
    const portal = path.startsWith('/office') ? 'office/index.html' : path.startsWith('/family') ? 'family/index.html' : 'index.html';
    return reply.header('cache-control', 'no-cache').sendFile(portal);
  });
}
