/** The office's clock; kept apart from kit/days.ts so that small pages need no calendar library. */
export const OFFICE_ZONE = 'Asia/Shanghai';
