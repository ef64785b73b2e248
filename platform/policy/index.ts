/** Policy: dated, sourced figures and editions; the loader that refuses to start on bad data; the working-day calendar. */
export { edition, figure, placeOf, type EditionNeed, type FigureNeed, type PolicyNeed } from './needs.ts';
export { loadPolicy, missingNeeds, type PolicyToLoad } from './load.ts';
export { stampOf, type EditionOn, type FigureOn, type PolicyBook, type PolicyRow, type ReadyEdition, type Stamped } from './book.ts';
export { readEdition, type WrittenEdition } from './written.ts';
export { PolicyProblem, type PolicyFault } from './problem.ts';
export type { CityFile, SourceDocument } from './shapes.ts';
export type { WorkingDays } from './calendar.ts';
