/** What a photograph of a poster may be, by its content. */
import { fileTypeOf } from '#platform/files/kind.ts';

export type PictureType = 'image/jpeg' | 'image/png';

/** Largest photograph that is kept: 10 MiB. */
export const MAX_PICTURE_BYTES = 10 * 1024 * 1024;

/** Shorter than a signature with its first chunk or marker, no file is a picture. */
const SHORTEST_PICTURE_BYTES = 45;

/** JPEG or PNG; undefined for anything else. */
export async function pictureType(bytes: Uint8Array): Promise<PictureType | undefined> {
  const found = bytes.length > SHORTEST_PICTURE_BYTES ? await fileTypeOf(bytes) : undefined;
  return found === 'image/jpeg' || found === 'image/png' ? found : undefined;
}
