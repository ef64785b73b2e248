import { Type } from '@sinclair/typebox';
import { describe, expect, it } from 'vitest';
import { client, Problem, SubmitKeys } from './client.ts';
import { defineContract } from './contract.ts';

const contract = defineContract({
  'GET /api/things': { summary: { zh: '', en: '' }, permission: 'public', query: Type.Object({ q: Type.Optional(Type.String()), page: Type.Optional(Type.Integer()) }), output: Type.Array(Type.String()) },
  'GET /api/things/{id}': { summary: { zh: '', en: '' }, permission: 'public', params: Type.Object({ id: Type.String() }), output: Type.Object({ name: Type.String() }) },
  'POST /api/things/{id}/act': { summary: { zh: '', en: '' }, permission: 'public', params: Type.Object({ id: Type.String() }), body: Type.Object({ amountFen: Type.Integer() }), output: Type.Object({ id: Type.String() }) },
});

interface Sent {
  address: string;
  init: RequestInit & { headers: Record<string, string> };
}

function recording(answer: () => Response): { sent: Sent[]; api: ReturnType<typeof client<typeof contract>> } {
  const sent: Sent[] = [];
  const api = client<typeof contract>({ lang: () => 'en', fetch: async (address, init) => (sent.push({ address: String(address), init: init as Sent['init'] }), answer()) });
  return { sent, api };
}

describe('the typed client', () => {
  it('puts path parameters and filters into the address and leaves empty filters out', async () => {
    const { sent, api } = recording(() => Response.json(['a']));
    expect(await api('GET /api/things', { query: { q: '王 兰', page: undefined } })).toEqual(['a']);
    await api('GET /api/things');
    await api('GET /api/things/{id}', { params: { id: 'a/b' } });
    expect(sent.map((one) => one.address)).toEqual(['/api/things?q=%E7%8E%8B+%E5%85%B0', '/api/things', '/api/things/a%2Fb']);
    expect(sent[0]!.init.headers['accept-language']).toBe('en');
    expect(sent[0]!.init.headers['idempotency-key']).toBeUndefined();
  });

  it('sends a repeat key with every write, the given one when there is one', async () => {
    const { sent, api } = recording(() => Response.json({ id: '1' }));
    const input = { params: { id: '1' }, body: { amountFen: 1 } };
    await api('POST /api/things/{id}/act', input);
    await api('POST /api/things/{id}/act', input);
    await api('POST /api/things/{id}/act', input, { repeatKey: 'the-same-submit' });
    const keys = sent.map((one) => one.init.headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[0-9a-f-]{32,36}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe('the-same-submit');
  });

  it('throws the problem that the server answers, with its errors by field', async () => {
    const body = { title: 'wrong', status: 422, code: 'PERSON_DUPLICATE', params: {}, errors: [{ column: 'identityNumber', value: 'x', code: 'PERSON_DUPLICATE', detail: 'known' }] };
    const { api } = recording(() => new Response(JSON.stringify(body), { status: 422, headers: { 'content-type': 'application/problem+json' } }));
    const failure = await api('GET /api/things').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({ code: 'PERSON_DUPLICATE', status: 422, errors: [{ column: 'identityNumber', detail: 'known' }] });
  });

  it('says that the server cannot be reached when the network fails', async () => {
    const api = client<typeof contract>({ lang: () => 'zh', fetch: async () => Promise.reject(new TypeError('failed to fetch')) });
    await expect(api('GET /api/things')).rejects.toMatchObject({ code: 'OFFLINE', title: expect.stringContaining('连不上服务器') });
  });

  it('keeps the repeat key of a form until the submit succeeds or its content changes', () => {
    const keys = new SubmitKeys();
    const first = keys.keyFor({ a: 1 });
    expect(keys.keyFor({ a: 1 })).toBe(first);
    const changed = keys.keyFor({ a: 2 });
    expect(changed).not.toBe(first);
    keys.succeeded();
    expect(keys.keyFor({ a: 2 })).not.toBe(changed);
  });

  it('does not compile with a wrong input', () => {
    const { api } = recording(() => Response.json({}));
    const wrong = () => [
      // @ts-expect-error an endpoint that the contract does not have
      api('GET /api/nothing'),
      // @ts-expect-error a path parameter is missing
      api('GET /api/things/{id}'),
      // @ts-expect-error a filter that the endpoint does not know
      api('GET /api/things', { query: { colour: 'red' } }),
      // @ts-expect-error an amount is a number of fen
      api('POST /api/things/{id}/act', { params: { id: '1' }, body: { amountFen: '12.00' } }),
      // @ts-expect-error the body is missing
      api('POST /api/things/{id}/act', { params: { id: '1' } }),
    ];
    expect(wrong).toBeTypeOf('function');
  });
});
