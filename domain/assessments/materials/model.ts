/** What the papers of an application share with the web. Browser-safe. */

/** Largest photograph that is taken: 10 MiB. */
export const MAX_PICTURE_BYTES = 10 * 1024 * 1024;
/** Largest PDF that is taken: 20 MiB, the most that the server takes in one request. */
export const MAX_PDF_BYTES = 20 * 1024 * 1024;
/** Most files of one application, replaced ones not counted. */
export const MAX_FILES = 60;
/** Most pages of a PDF. */
export const MAX_PAGES = 200;

export const QUEUES = ['accept', 'supply', 'preReview'] as const;
export type Queue = (typeof QUEUES)[number];

/** Characters that a file name of ours and a stored name of theirs never hold: separators, control and formatting characters. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]/gu;

/** A name as people sent it, as text only: without paths, control and direction-changing characters; at most 120 characters. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = [...last.replace(UNSAFE, '').trim()].slice(0, 120).join('');
  return clean === '' ? '?' : clean;
}
