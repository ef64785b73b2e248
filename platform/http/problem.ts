/** Every "no" leaves the house as an RFC 9457 problem, worded in the person's language. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#kit/refuse.ts';
import type { InputError } from '#kit/refuse.ts';
import { storeRefusal } from '../files/store-fault.ts';
import { PolicyProblem } from '../policy/index.ts';
import type { Lang, Words } from '../words/words.ts';
import { sentence } from '../words/words.ts';

/** Largest request without a file. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  params: Record<string, unknown>;
  reasons?: unknown[];
  errors?: (InputError & { detail: string })[];
  instance?: string;
}

/** The language asked for by Accept-Language; Chinese unless it is English. */
export function langOf(request: FastifyRequest): Lang {
  const asked = request.headers['accept-language'] ?? 'zh';
  return /^en\b/i.test(asked) ? 'en' : 'zh';
}

/** Words a refusal in a language. */
export function problemOf(words: Words, lang: Lang, refusal: Refusal): Problem {
  return {
    type: `/refusals/${refusal.code}`,
    title: sentence(words, lang, 'refusals', refusal.code, refusal.params),
    status: refusal.status,
    code: refusal.code,
    params: refusal.params,
    ...(refusal.reasons.length > 0 ? { reasons: refusal.reasons.map((one) => ({ ...one, sentence: sentence(words, lang, 'reasons', one.code, one.params) })) } : {}),
    ...(refusal.errors.length > 0
      ? { errors: refusal.errors.slice(0, 500).map((one) => ({ ...one, detail: sentence(words, lang, 'refusals', one.code, { ...one.params, value: one.value }) })) }
      : {}),
  };
}

const SHAPE: Record<Lang, Record<string, string>> = {
  zh: { required: '必填', format: '格式不对', pattern: '格式不对', type: '类型不对', minLength: '太短', maxLength: '太长', minimum: '太小', maximum: '太大', anyOf: '不在可选范围内', const: '不在可选范围内', enum: '不在可选范围内', additionalProperties: '不应出现' },
  en: { required: 'is required', format: 'has the wrong format', pattern: 'has the wrong format', type: 'has the wrong type', minLength: 'is too short', maxLength: 'is too long', minimum: 'is too small', maximum: 'is too large', anyOf: 'is not one of the choices', const: 'is not one of the choices', enum: 'is not one of the choices', additionalProperties: 'does not belong here' },
};

/** One error per field, the first one found; a text that is empty or blank reads as missing. */
function shapeErrors(error: FastifyError, lang: Lang): (InputError & { detail: string })[] {
  const found = new Map<string, InputError & { detail: string }>();
  for (const one of error.validation ?? []) {
    const params = one.params as { missingProperty?: string; additionalProperty?: string; limit?: number; pattern?: string };
    const missing = params.missingProperty ?? params.additionalProperty;
    const column = [...one.instancePath.split('/').filter(Boolean), ...(missing === undefined ? [] : [missing])].join('.');
    const empty = (one.keyword === 'minLength' && params.limit === 1) || params.pattern === '\\S';
    const keyword = empty ? 'required' : one.keyword;
    if (!found.has(column)) found.set(column, { column, value: '', code: `SHAPE_${keyword}`, detail: SHAPE[lang][keyword] ?? one.message ?? keyword });
  }
  return [...found.values()];
}

/** A day before the first rule is said in the rule's own name; what is missing otherwise is for whoever keeps the policy data. */
export function policyRefusal({ faults }: PolicyProblem): Refusal {
  const early = faults.find((one) => one.notYet)?.notYet;
  if (early) return new Refusal('POLICY_NOT_YET', { policyZh: early.policy.zh, policyEn: early.policy.en, on: early.on, firstOn: early.firstOn });
  return new Refusal('POLICY_MISSING', { what: faults.map((one) => one.what).join(' ') });
}

/** The one place where failures become answers: refusals as they are, wrong shapes as INPUT_WRONG, everything else a 500 that says nothing inside. */
export function answerFailure(words: Words, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const lang = langOf(request);
  const send = (problem: Problem) =>
    reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').header('content-language', lang).send(JSON.stringify(problem));
  if (error instanceof Refusal) return send({ ...problemOf(words, lang, error), instance: request.id });
  if (error instanceof PolicyProblem) return send({ ...problemOf(words, lang, policyRefusal(error)), instance: request.id });
  const fault = error as FastifyError;
  if (fault.validation) {
    const base = problemOf(words, lang, new Refusal('INPUT_WRONG', {}, { status: 400 }));
    return send({ ...base, errors: shapeErrors(fault, lang), instance: request.id });
  }
  if (fault.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return send(problemOf(words, lang, new Refusal('TOO_LARGE', { maxMiB: MAX_BODY_BYTES / 1024 / 1024 }, { status: 413 })));
  if (typeof fault.statusCode === 'number' && fault.statusCode < 500) return send(problemOf(words, lang, new Refusal('INPUT_WRONG', {}, { status: fault.statusCode })));
  const store = storeRefusal(fault);
  request.log.error({ err: { message: fault.message, stack: fault.stack, code: fault.code } }, store ? 'the disk or the database does not serve' : 'bug');
  if (store) return send({ ...problemOf(words, lang, store), instance: request.id });
  return send({ type: '/refusals/BUG', title: lang === 'zh' ? '系统出错，已记录。请稍后再试；如仍不行，请把编号告诉管理员。' : 'The program failed and has logged it. Try again later; if it persists, tell your administrator the number.', status: 500, code: 'BUG', params: {}, instance: request.id });
}
