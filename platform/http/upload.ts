/** Uploaded files: received on disk however slow the sender is, and only then, as many as there is room for, read into memory for the act. */
import type { FastifyRequest } from 'fastify';
import { refuse } from '#kit/refuse.ts';
import { layDown } from '../files/incoming.ts';
import type { Vault } from '../files/vault.ts';
import type { Upload } from '../module.ts';

/** Largest file of a request: 20 MiB. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
/** One file and nothing beside it: what else a request of many parts brings would be held in memory. */
export const UPLOAD_LIMITS = { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: 0, parts: 1, headerPairs: 20 };
/** Bytes of all files that are in memory at once: many small ones or a few large ones; the others wait on disk. */
const MOST_AT_ONCE_BYTES = 64 * 1024 * 1024;
/** A small file weighs so much: what it takes beside its bytes. */
const LEAST_WEIGHT_BYTES = 1024 * 1024;

/** Lets works in while their weights together stay within `most`; the others wait in their order. One that is heavier than all goes in alone. */
export function turnstile(most: number): <T>(weight: number, work: () => Promise<T>) => Promise<T> {
  let inside = 0;
  const waiting: { weight: number; enter: () => void }[] = [];
  const fits = (weight: number): boolean => inside === 0 || inside + weight <= most;
  const letIn = (): void => {
    while (waiting[0] && fits(waiting[0].weight)) {
      const { weight, enter } = waiting.shift()!;
      inside += weight;
      enter();
    }
  };
  return async (weight, work) => {
    await new Promise<void>((enter) => {
      waiting.push({ weight, enter });
      letIn();
    });
    try {
      return await work();
    } finally {
      inside -= weight;
      letIn();
    }
  };
}

const inMemory = turnstile(MOST_AT_ONCE_BYTES);

/** A request that is no proper upload – no border, an end that never comes – is the sender's fault; what has a code is the disk's, the network's or a limit's, and an error of a kind of its own (TypeError) is ours. */
function broken(error: unknown): never {
  if (!(error instanceof Error) || error.constructor !== Error || 'code' in error) throw error;
  refuse('FILE_BROKEN', {}, { status: 400 });
}

/** Receives the file of a request and does the work with it. `keeps`: the work keeps the file, so that its bytes are flushed first and no transaction waits for them. Refuses with FILE_MISSING and FILE_BROKEN; a file above the limit, a lost connection and a full disk leave nothing behind. */
export async function withUpload<T>(request: FastifyRequest, vault: Vault, keeps: boolean, work: (upload: Upload) => Promise<T>): Promise<T> {
  const part = request.isMultipart() ? await request.file().catch(broken) : undefined;
  if (!part) refuse('FILE_MISSING', {}, { status: 400 });
  const incoming = await layDown(vault.folder, part.file).catch(broken);
  try {
    if (part.file.truncated) refuse('TOO_LARGE', { maxMiB: MAX_UPLOAD_BYTES / 1024 / 1024 }, { status: 413 });
    return await inMemory(Math.max(incoming.sizeBytes, LEAST_WEIGHT_BYTES), async () => {
      if (keeps) await incoming.flush();
      return work({ fileName: part.filename, bytes: await incoming.bytes(), ...(keeps ? { laidDown: incoming.path } : {}) });
    });
  } finally {
    await incoming.drop();
  }
}
