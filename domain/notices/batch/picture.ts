/** What a photograph is, by its first bytes: names and media types that a browser sends are not believed. */

export type PictureType = 'image/jpeg' | 'image/png';

/** Largest photograph that is kept: 10 MiB. */
export const MAX_PICTURE_BYTES = 10 * 1024 * 1024;

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** JPEG by its marker, PNG by its signature and header chunk (ISO/IEC 15948, 5.2 and 11.2.2); undefined for anything else. */
export function pictureType(bytes: Buffer): PictureType | undefined {
  if (bytes.length > 100 && bytes.subarray(0, 3).equals(JPEG)) return 'image/jpeg';
  if (bytes.length > 45 && bytes.subarray(0, 8).equals(PNG) && bytes.toString('latin1', 12, 16) === 'IHDR') return 'image/png';
  return undefined;
}
