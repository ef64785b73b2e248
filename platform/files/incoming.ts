/** A file on its way in: laid down on disk piece by piece as it comes, so that many slow senders together cost no memory. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Folder beside the kept files; what a killed process leaves in it is swept out after a day. */
export const INCOMING = '.incoming';

export interface Incoming {
  path: string;
  sizeBytes: number;
  /** The whole content, read into memory. */
  bytes(): Promise<Buffer>;
  /** Brings its bytes to the disk itself: what survives a lost power supply may be moved to its place. */
  flush(): Promise<void>;
  /** Takes the file away; safe to repeat. */
  drop(): Promise<void>;
}

/** Lays a stream down in a vault's folder. A stream or a disk that fails leaves nothing behind and throws. Not flushed: nobody is told yet that it is kept. */
export async function layDown(folder: string, stream: Readable): Promise<Incoming> {
  const place = join(folder, INCOMING);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const path = join(place, randomBytes(12).toString('hex'));
  const drop = (): Promise<void> => rm(path, { force: true });
  try {
    await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await drop();
    throw error;
  }
  const flush = async (): Promise<void> => {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  };
  return { path, sizeBytes: (await stat(path)).size, bytes: () => readFile(path), flush, drop };
}
