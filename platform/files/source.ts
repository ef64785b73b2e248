/** An uploaded file that can be read more than once: bytes in memory, or a stream laid down in a temporary folder. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from '#kit/refuse.ts';

export type UploadedFile = { name: string } & ({ bytes: Uint8Array } | { stream: Readable });

/** How much of a file is read before it is refused. */
export interface FileLimits {
  maxBytes: number;
  maxRows: number;
  /** Inflated bytes of all parts of an Excel file that are read. */
  maxUnpackedBytes: number;
  /** Inflated bytes of the parts that are held in memory (texts and styles). */
  maxHeldBytes: number;
  maxCellCharacters: number;
}

export const FILE_LIMITS: FileLimits = {
  maxBytes: 50 * 1024 ** 2,
  maxRows: 200_000,
  maxUnpackedBytes: 512 * 1024 ** 2,
  maxHeldBytes: 64 * 1024 ** 2,
  maxCellCharacters: 32_767,
};

export interface FileSource {
  size: number;
  /** Up to `length` bytes from `from`; fewer at the end of the file. */
  read: (from: number, length: number) => Promise<Buffer>;
  /** All bytes in [from, until). */
  stream: (from?: number, until?: number) => Readable;
  close: () => Promise<void>;
}

/** Opens a file for repeated reading; refuses FILE_TOO_LARGE as soon as it passes the limit, and FILE_EMPTY. */
export async function openSource(file: UploadedFile, maxBytes: number): Promise<FileSource> {
  const source = 'bytes' in file ? inMemory(file.bytes) : await onDisk(file.stream, maxBytes);
  if (source.size > maxBytes || source.size === 0) {
    await source.close();
    if (source.size === 0) refuse('FILE_EMPTY');
    refuse('FILE_TOO_LARGE', { maxMiB: maxBytes / 1024 ** 2 });
  }
  return source;
}

function inMemory(bytes: Uint8Array): FileSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  function* pieces(from: number, until: number) {
    for (let at = from; at < until; at += 65_536) yield buffer.subarray(at, Math.min(at + 65_536, until));
  }
  return {
    size: buffer.length,
    read: async (from, length) => buffer.subarray(from, from + length),
    stream: (from = 0, until = buffer.length) => Readable.from(pieces(from, Math.min(until, buffer.length))),
    close: async () => {},
  };
}

async function onDisk(input: Readable, maxBytes: number): Promise<FileSource> {
  const folder = await mkdtemp(join(tmpdir(), 'changhu-upload-'));
  const path = join(folder, 'file');
  let size = 0;
  async function* counted(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxBytes) refuse('FILE_TOO_LARGE', { maxMiB: maxBytes / 1024 ** 2 });
      yield chunk;
    }
  }
  try {
    await pipeline(input, counted, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
  const handle = await open(path, 'r');
  return {
    size,
    read: async (from, length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(length, size)), 0, Math.min(length, size), from);
      return buffer.subarray(0, bytesRead);
    },
    stream: (from = 0, until = size) => (until <= from ? Readable.from([]) : createReadStream(path, { start: from, end: until - 1 })),
    close: async () => {
      await handle.close();
      await rm(folder, { recursive: true });
    },
  };
}
