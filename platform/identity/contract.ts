/** Sign-in: who am I, in which role, with which permissions. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { Nullable } from '#kit/schemas.ts';

export const SessionSchema = Type.Object({
  accountId: Type.String(),
  signInName: Type.String(),
  displayName: Type.String(),
  role: Type.String(),
  roleName: Type.Object({ zh: Type.String(), en: Type.String() }),
  /** Which desk the web opens: agency, assessor, expert, institution, bureau, township, family, system. */
  desk: Type.String(),
  permissions: Type.Array(Type.String()),
  area: Nullable(Type.String()),
  institutionId: Nullable(Type.String()),
  institutionName: Nullable(Type.String()),
  persons: Type.Array(Type.Object({ districtCode: Type.String(), personId: Type.String() })),
  demo: Type.Boolean(),
});

export const identityContract = defineContract({
  'GET /api/session': {
    summary: { zh: '当前登录人', en: 'Who is signed in' },
    permission: 'public',
    output: Type.Object({ session: Nullable(SessionSchema), city: Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() }), today: Type.String(), demo: Type.Boolean() }),
  },
  'POST /api/session': {
    summary: { zh: '登录', en: 'Sign in' },
    permission: 'public',
    body: Type.Object({ signInName: Type.String({ minLength: 1, maxLength: 80 }), password: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
    output: SessionSchema,
    refusals: ['SIGN_IN_WRONG', 'ACCOUNT_LOCKED', 'ACCOUNT_DISABLED'],
  },
  'DELETE /api/session': { summary: { zh: '退出', en: 'Sign out' }, permission: 'public', output: Type.Object({ signedOut: Type.Boolean() }) },
  'POST /api/activation': {
    summary: { zh: '用一次性链接设置密码', en: 'Set a password with a one-time link' },
    permission: 'public',
    body: Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }), password: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
    output: Type.Object({ signInName: Type.String() }),
    refusals: ['ACTIVATION_WRONG', 'PASSWORD_WEAK'],
  },
});
