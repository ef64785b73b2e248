/** Plans: states with their lawful moves, and sums that need no policy. */

export type PlanMode = 'homeVisit' | 'homeIndividual' | 'institution';
export type PlanState = 'proposed' | 'confirmed' | 'declined' | 'ended';
export type PlanAct = 'confirm' | 'decline' | 'end';

/** What may be done with a plan in a state. */
export const NEXT_ACTS: Readonly<Record<PlanState, readonly PlanAct[]>> = { proposed: ['confirm', 'decline'], confirmed: ['end'], declined: [], ended: [] };

/** Which kind of institution gives which mode of care. */
export const KIND_OF_MODE: Readonly<Record<PlanMode, 'homeCare' | 'individualCarers' | 'careHome'>> = { homeVisit: 'homeCare', homeIndividual: 'individualCarers', institution: 'careHome' };

export interface PlannedItem {
  itemCode: string;
  /** Minutes of one performance. */
  minutes: number;
  timesPerDay: number;
  timesPerWeek: number;
  /** 2: two carers together, each with these minutes. */
  carers: number;
}

/** Minutes of a week. In an imported plan each carer of a pair has an item of their own, so nothing is counted twice. */
export function weekMinOf(item: PlannedItem, origin: string): number {
  return item.minutes * item.timesPerWeek * (origin === 'imported' ? 1 : item.carers);
}
