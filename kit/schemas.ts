/** Shapes that many contracts share. */
import { Type } from '@sinclair/typebox';

// No calendar has a year 0, no clock of ours a leap second, and no place an offset of fifteen hours: the formats alone would take them, and no database does.
export const DaySchema = Type.String({ format: 'date', pattern: '^[1-9]', description: 'YYYY-MM-DD' });
export const MonthSchema = Type.String({ pattern: '^[1-9][0-9]{3}-(0[1-9]|1[0-2])$', description: 'YYYY-MM' });
export const InstantSchema = Type.String({ format: 'date-time', pattern: '^[1-9].{15}:[0-5][^+-]*([+-](0[0-9]|1[0-4]).*)?$' });
// By its length too: the format takes 'urn:uuid:…', which no database takes.
export const IdSchema = Type.String({ format: 'uuid', maxLength: 36 });
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
