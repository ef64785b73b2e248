/** What a file is, by its content: names and media types that a browser sends are not believed. */
import { fileTypeFromBuffer } from 'file-type';

/** Media types of files that people hand in, with the ending that the program gives them. */
export const FILE_TYPES = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'video/webm': 'webm',
  'video/mp4': 'mp4',
} as const;
export type FileType = keyof typeof FILE_TYPES;

/** Photographs; every browser shows them. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const satisfies readonly FileType[];

/** The media type by signature and structure, or undefined for anything that the office does not take. */
export async function fileTypeOf(bytes: Uint8Array): Promise<FileType | undefined> {
  const found = await fileTypeFromBuffer(bytes);
  return found !== undefined && found.mime in FILE_TYPES ? (found.mime as FileType) : undefined;
}

/** Whether a PDF has more than its first line: an object, and the trailer or table that leads to it. What broke off on its way has neither; nothing in the file is run or opened. */
export function isWholePdf(bytes: Buffer): boolean {
  return /\d obj\b/.test(bytes.toString('latin1', 0, 1_048_576)) && (bytes.includes('startxref') || bytes.includes('trailer'));
}
