/** What is said when something could not be written on the phone: that it is full, or what the browser says. */

/** True when the phone has no room left. */
export const isFull = (error: unknown): boolean => (error as { name?: string } | null)?.name === 'QuotaExceededError';

/** The sentence for the assessor; `say` words the assessor's portal. */
export const notKept = (say: (code: string, params?: Record<string, string | number>) => string, error: unknown): string =>
  isFull(error) ? say('store.full') : say('store.notKeptWhy', { why: String((error as Error).message || error) });
