/** Shapes that many contracts share. */
import { Type } from '@sinclair/typebox';

export const DaySchema = Type.String({ format: 'date', description: 'YYYY-MM-DD' });
export const MonthSchema = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$', description: 'YYYY-MM' });
export const InstantSchema = Type.String({ format: 'date-time' });
export const IdSchema = Type.String({ format: 'uuid' });
export const FenSchema = Type.Integer({ description: 'fen' });
export const DistrictSchema = Type.String({ pattern: '^[0-9]{6}$', description: 'GB/T 2260, six digits' });
export const TownshipSchema = Type.String({ pattern: '^[0-9]{9}$' });
export const IdParams = Type.Object({ id: IdSchema });
export const Nullable = <T extends import('@sinclair/typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const SourceRefSchema = Type.Object({
  document: Type.String(),
  article: Type.Optional(Type.String()),
  status: Type.Union([Type.Literal('verified'), Type.Literal('unverified')]),
  policy: Type.Optional(Type.String()),
  file: Type.Optional(Type.String()),
});

export const ReasonSchema = Type.Object({
  rule: Type.String(),
  code: Type.String(),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  sources: Type.Array(SourceRefSchema),
});
