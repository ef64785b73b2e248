/** What the quality of assessments reads from the published documents. Values: policy/…/assessments/. */
import { Type } from '@sinclair/typebox';
import { figure, type PolicyNeed } from '#platform/policy/index.ts';

const strict = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 1 });
const Points = Type.Number({ minimum: 0 });

/** Working days from the visit on site to the record. */
export const uploadWorkingDays = figure('assessments.uploadWorkingDays', 'workingDays', Count);
/** A visit of fewer minutes is shown as very short. */
export const shortVisitMin = figure('assessments.shortVisitMin', 'minutes', Count);
/** Below `mark` a figure is marked as small; below `show` agreement and drift are not shown. */
export const qualityMinCases = figure('assessments.qualityMinCases', 'cases', Type.Object({ mark: Count, show: Count }, strict));
/** So many equal sets of answers of one assessor within so many days are shown. */
export const identicalAnswers = figure('assessments.identicalAnswers', 'answers', Type.Object({ count: Type.Integer({ minimum: 2 }), days: Count }, strict));
/** The lowest grade that counts as severe. */
export const severeGrade = figure('assessments.severeGrade', 'grade', Count);
/** Ages at which a new band of the mix begins, in order. */
export const qualityAgeBands = figure('assessments.qualityAgeBands', 'years', Type.Array(Count, { minItems: 1 }));

/** What is deducted for each case; `returnPerTenthPoint` for every full 0.1 percentage point above the mean return rate. */
export const qualityPoints = figure(
  'assessments.qualityPoints', 'points',
  Type.Object({
    returnPerTenthPoint: Points, mendedLate: Points, orderRefused: Points, visitLate: Points, uploadLate: Points, deliveryLate: Points, gradeChangedByOne: Points, gradeChangedByTwo: Points, complaintUpheld: Points, dataLeak: Points, recordFaulty: Points, interestHidden: Points,
  }, strict),
  { optional: true },
);

/** What each row of the yearly score sheet is worth: the most that its deductions of a year can take. */
export const qualityStandardPoints = figure(
  'assessments.qualityStandardPoints', 'points', Type.Object({ efficiency: Points, conduct: Points, result: Points, complaints: Points }, strict), { optional: true },
);

export const qualityNeeds: readonly PolicyNeed[] = [uploadWorkingDays, shortVisitMin, qualityMinCases, identicalAnswers, severeGrade, qualityAgeBands, qualityPoints, qualityStandardPoints];
