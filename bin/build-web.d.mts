import type { Bilingual } from '#kit/contract.ts';

/**
 * Makes `dist/` fit the sources of the web; throws with the end of the build's output when it fails.
 * `absent`: the project has no web yet, or WEB_BUILD=skip is set.
 */
export function ensureWebBuilt(options?: { log?: (sentence: Bilingual) => void }): Promise<'built' | 'fresh' | 'absent'>;
