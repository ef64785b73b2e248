/** What the sign-in page asks: which demo accounts are there. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { BilingualSchema } from '#kit/explanation.ts';

export const DemoAccountSchema = Type.Object({ signInName: Type.String(), displayName: Type.String(), role: Type.String(), about: BilingualSchema, password: Type.String() });

export const worldContract = defineContract({
  'GET /api/demo-accounts': {
    summary: { zh: '演示账号（仅虚构的青禾市）', en: 'Demo accounts, of the fictional city only' },
    permission: 'public',
    /** Empty where the fictional city was not loaded. */
    output: Type.Array(DemoAccountSchema),
  },
});
