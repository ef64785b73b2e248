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
