/** Pure functions and words of public notices; the web reads them too. */
import type { Day } from '#kit/days.ts';

/** `running` until its last day is over, then `ended`; `withdrawn` once an objection was upheld. */
export const NOTICE_STATES = ['running', 'ended', 'withdrawn'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

export interface NoticeDays {
  /** First day that counts: the day after publication. */
  startsOn: Day;
  /** Last day that counts; objections are taken on it. */
  endsOn: Day;
}

/** Where a notice stands on a day. */
export function noticeState(notice: NoticeDays & { withdrawnOn: Day | null }, today: Day): NoticeState {
  if (notice.withdrawnOn !== null) return 'withdrawn';
  return today <= notice.endsOn ? 'running' : 'ended';
}
