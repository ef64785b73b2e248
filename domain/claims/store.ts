/** All SQL of claims beside the set statements of the close. */
export { closeDetail, findClose, listCloses } from './store/closes.ts';
export { findingCounts, listFindings } from './store/findings.ts';
export { familyLines, familyMonths, findLine, linesOfPerson, listLines, linesForExport, weekUsedMin } from './store/lines.ts';
export type { FullLine } from './store/lines.ts';
export { findStatement, fundByMode, insertReview, listReviews, listStatements, moveStatement, outcomesOf, ownActs, statementFindings } from './store/statements.ts';
export type { FullStatement } from './store/statements.ts';
