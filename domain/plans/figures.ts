/** Figures that plans read besides their own: the caps and prices that claims pay by, so that a plan shows what it will cost. Values: policy/…/claims/. */
import { Type } from '@sinclair/typebox';
import { figure, type PolicyNeed } from '#platform/policy/index.ts';

const Amount = Type.Integer({ minimum: 0 });
const ByGrade = Type.Record(Type.String(), Amount);
const ByMode = Type.Record(Type.String(), Type.Union([Amount, ByGrade]));

export const weeklyCapMin = figure('claims.weeklyCapMin', 'minutesPerWeek', ByGrade, { optional: true });
export const hourlyPriceFen = figure('claims.hourlyPriceFen', 'fenPerHour', Type.Record(Type.String(), Amount), { optional: true });
export const dayPriceFen = figure('claims.dayPriceFen', 'fenPerDay', ByMode, { optional: true });
export const fundRatioBp = figure('claims.fundRatioBp', 'basisPoints', Type.Record(Type.String(), Amount), { optional: true });

export const figureNeeds: PolicyNeed[] = [weeklyCapMin, hourlyPriceFen, dayPriceFen, fundRatioBp];
