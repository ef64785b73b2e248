/** Photographs of posters that were taken before the vault kept them, carried over from their rows. */
import type { Act } from '#platform/act.ts';
import { emptyPicture, listPicturesInRows } from './store.ts';

/** Photographs in memory at once: each may have ten megabytes. */
const AT_A_TIME = 4;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Carries what still stands in rows into the vault. A migration writes SQL and has no vault, so this is done by the clock, the night after the update; until then, and after
 * a night that failed, a photograph is read from its row. Its bytes are on disk and flushed before the row is emptied, and the database empties it only where the bytes are what
 * its hash says: one that is not stays where it is, for somebody to look at, and is counted as `kept`. Safe to repeat: where nothing is left nothing happens.
 */
export async function carryPictures(act: Act): Promise<{ carried: number; kept: number }> {
  const done = { carried: 0, kept: 0 };
  for (let after = FIRST; ; ) {
    const rows = await listPicturesInRows(act, after, AT_A_TIME);
    for (const { districtCode, id, sha256, picture } of rows) {
      const file = await act.platform.files.keep(picture);
      const carried = file.sha256 === sha256 && (await emptyPicture(act, districtCode, id));
      done[carried ? 'carried' : 'kept'] += 1;
      after = id;
    }
    if (rows.length < AT_A_TIME) return done;
  }
}
