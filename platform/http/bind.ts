/** Binds every endpoint of every module to fastify: shape → permission → transaction behind the wall → four eyes → idempotency → work → answer. */
import { Type } from '@sinclair/typebox';
import { sql } from 'kysely';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '#kit/contract.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act, Platform } from '../act.ts';
import { runAct } from '../act.ts';
import type { FileAnswer, Module, Upload } from '../module.ts';
import type { Actor } from '../scope/actor.ts';
import { demand } from '../scope/actor.ts';
import { bytesHash, contentHash, findAnswer, keepAnswer } from './repeat.ts';
import { sendFile } from './send-file.ts';
import { withUpload } from './upload.ts';

export interface Binding {
  platform: Platform;
  clock: () => Date;
  actorOf(request: FastifyRequest): Promise<Actor>;
  /** Requests of one address within a minute to an endpoint without sign-in. */
  publicPerMin?: number;
}

/** Registers a module's endpoints. */
export function bindModule(app: FastifyInstance, module: Module, binding: Binding): void {
  for (const [key, endpoint] of Object.entries(module.contract)) {
    const [method, path] = key.split(' ') as [string, string];
    const work = module.routes[key];
    if (!work) throw new Error(`${module.name}: ${key} stands in the contract but has no work`);
    app.route({
      method: method as 'GET',
      url: path.replace(/\{(\w+)\}/g, ':$1'),
      schema: schemaOf(module, key, endpoint),
      ...(endpoint.permission === 'public' && binding.publicPerMin !== undefined ? { config: { rateLimit: { max: binding.publicPerMin, timeWindow: 60_000 } } } : {}),
      handler: (request, reply) => answer(request, reply, key, endpoint, work as Work, binding),
    });
  }
}

type Work = (act: Act, input: { params: unknown; query: unknown; body: unknown; upload?: Upload }) => Promise<unknown>;

function schemaOf(module: Module, key: string, endpoint: Endpoint): object {
  return {
    operationId: key,
    tags: [module.name],
    summary: `${endpoint.summary.zh} · ${endpoint.summary.en}`,
    description: [`permission: \`${endpoint.permission}\``, endpoint.fourEyes ? `four eyes: not by who did ${endpoint.fourEyes.join(', ')}` : '', endpoint.refusals ? `refusals: ${endpoint.refusals.join(', ')}` : ''].filter(Boolean).join('\n\n'),
    ...(endpoint.params ? { params: endpoint.params } : {}),
    ...(endpoint.query ? { querystring: endpoint.query } : {}),
    ...(endpoint.body ? { body: withoutBlanks(endpoint.body) } : {}),
    ...(endpoint.upload ? { consumes: ['multipart/form-data'] } : {}),
    ...(endpoint.permission === 'public' ? {} : { security: [{ session: [] }] }),
    response: {
      200: endpoint.file ? { description: 'the file', content: { [endpoint.file]: { schema: { type: 'string', format: 'binary' } } } } : endpoint.output,
      '4xx': { description: 'a refusal (RFC 9457)', content: { 'application/problem+json': { schema: ProblemSchema } } },
    },
  };
}

const ProblemSchema = Type.Object({
  type: Type.String(), title: Type.String(), status: Type.Integer(), code: Type.String(), params: Type.Record(Type.String(), Type.Unknown()), instance: Type.Optional(Type.String()),
  reasons: Type.Optional(Type.Array(Type.Unknown())), errors: Type.Optional(Type.Array(Type.Unknown())),
});

/** A text that must not be empty must not be blank either: blanks are taken off before it is stored. */
function withoutBlanks(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutBlanks);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, withoutBlanks(value)]));
  const { type, minLength, pattern, format } = schema as { type?: unknown; minLength?: number; pattern?: string; format?: string };
  return type === 'string' && (minLength ?? 0) > 0 && pattern === undefined && format === undefined ? { ...copy, pattern: '\\S' } : copy;
}

async function answer(request: FastifyRequest, reply: FastifyReply, key: string, endpoint: Endpoint, work: Work, binding: Binding): Promise<unknown> {
  const actor = await binding.actorOf(request);
  demand(actor, endpoint.permission);
  if (!endpoint.upload) return answered(request, reply, key, endpoint, work, binding, actor);
  const { files } = binding.platform;
  return withUpload(request, files, endpoint.keepsUpload === true, async (upload) => {
    // A file may have been minutes on its way: the account is asked for again before it acts.
    const now = await binding.actorOf(request);
    demand(now, endpoint.permission);
    return answered(request, reply, key, endpoint, work, binding, now, upload);
  });
}

async function answered(request: FastifyRequest, reply: FastifyReply, key: string, endpoint: Endpoint, work: Work, binding: Binding, actor: Actor, upload?: Upload): Promise<unknown> {
  const input = { params: request.params, query: request.query, body: request.body, ...(upload ? { upload } : {}) };
  const repeatKey = request.method === 'GET' ? undefined : (request.headers['idempotency-key'] as string | undefined);
  const result = await runAct(binding.platform, actor, binding.clock(), async (act) => {
    if (repeatKey === undefined || endpoint.file) {
      await demandOtherEyes(act, endpoint, request);
      return work(act, input);
    }
    if (repeatKey.length < 8 || repeatKey.length > 200) refuse('INPUT_WRONG', {}, { status: 400 });
    const sha = contentHash([input.params, input.query, input.body, upload && bytesHash(upload.bytes)]);
    const known = await findAnswer(act, repeatKey, key, sha);
    if (known) {
      void reply.header('idempotent-replay', 'true');
      return known.answer;
    }
    await demandOtherEyes(act, endpoint, request);
    const fresh = await work(act, input);
    await keepAnswer(act, repeatKey, key, sha, fresh);
    return fresh;
  });
  if (!endpoint.file) return result;
  return sendFile(request, reply, result as FileAnswer);
}

/** Four eyes: refuses when the actor did one of the named earlier acts on the same subject. */
async function demandOtherEyes(act: Act, endpoint: Endpoint, request: FastifyRequest): Promise<void> {
  if (!endpoint.fourEyes) return;
  const { id } = request.params as { id: string };
  const { rows } = await sql`SELECT 1 FROM platform.event WHERE subject_id = ${id} AND kind = ANY (${[...endpoint.fourEyes]}) AND account_id = ${act.actor.accountId} LIMIT 1`.execute(act.db);
  if (rows.length > 0) refuse('FOUR_EYES', {}, { status: 403 });
}
