/** Uploaded files: received on disk however slow the sender is, and only then, a few at a time, read into memory for the act. */
import type { FastifyRequest } from 'fastify';
import { refuse } from '#kit/refuse.ts';
import { layDown } from '../files/incoming.ts';
import type { Vault } from '../files/vault.ts';
import type { Upload } from '../module.ts';

/** Largest file of a request: 20 MiB. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
/** One file and nothing beside it: what else a request of many parts brings would be held in memory. */
export const UPLOAD_LIMITS = { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: 0, parts: 1, headerPairs: 20 };
/** So many files are in memory at once; the others wait on disk. */
const AT_ONCE = 4;

/** Lets so many works run at once and the others wait in their order. */
export function turnstile(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (inside >= most) await new Promise<void>((enter) => waiting.push(enter));
    else inside += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next who waits, or becomes free.
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}

const inMemory = turnstile(AT_ONCE);

/** Receives the file of a request and does the work with it. Refuses with FILE_MISSING; a file above the limit, a lost connection and a full disk leave nothing behind. */
export async function withUpload<T>(request: FastifyRequest, vault: Vault, work: (upload: Upload) => Promise<T>): Promise<T> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) refuse('FILE_MISSING', {}, { status: 400 });
  const incoming = await layDown(vault.folder, part.file);
  try {
    if (part.file.truncated) refuse('TOO_LARGE', { maxMiB: MAX_UPLOAD_BYTES / 1024 / 1024 }, { status: 413 });
    return await inMemory(async () => work({ fileName: part.filename, bytes: await incoming.bytes() }));
  } finally {
    await incoming.drop();
  }
}
