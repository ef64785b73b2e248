/** Shapes of publishing a batch of results. */
import { Type } from '@sinclair/typebox';
import { DaySchema, IdSchema, TownshipSchema } from '#kit/schemas.ts';

/** Where the poster hangs; the whole township when no community is named. */
export const BatchPlaceSchema = Type.Object({ townshipCode: TownshipSchema, community: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })) }, { additionalProperties: false });

export const BatchMadeSchema = Type.Object({ id: IdSchema, number: Type.String(), notices: Type.Integer(), startsOn: DaySchema, endsOn: DaySchema });

export const WaitingSchema = Type.Array(Type.Object({ townshipCode: TownshipSchema, community: Type.String(), cases: Type.Integer(), overdue: Type.Integer({ description: 'of them past the last day for the notice' }) }));
