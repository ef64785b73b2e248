/**
 * The vault: files that people hand in, on disk, named by the SHA-256 of their content. A row in the database says whose a file is
 * and who may see it; the vault only keeps bytes. What `keep` has answered survives a killed process and a lost power supply.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { assert, refuse } from '#kit/refuse.ts';

/** A file in the vault. */
export interface KeptFile {
  /** 64 hexadecimal digits. */
  sha256: string;
  sizeBytes: number;
}

export interface Vault {
  folder: string;
  /**
   * Keeps bytes; on disk, flushed, before it answers. The same content is kept once. `laidDown` is a file of this vault's disk that holds just these bytes,
   * flushed: it is moved to its place instead of being written again.
   */
  keep(bytes: Uint8Array, laidDown?: string): Promise<KeptFile>;
  /** The content, checked against its name: a file that rotted on disk is a fault, never an answer. Refuses with FILE_NOT_HERE. */
  read(sha256: string): Promise<Buffer>;
  /** The content as a stream, from `start` to `end` (both counted in bytes, both included) where given. */
  stream(sha256: string, range?: { start: number; end: number }): ReadStream;
  has(sha256: string): Promise<boolean>;
  /** Refuses with FILE_NOT_HERE where the folder lacks the file, as with a database that was brought back without its folder. */
  demand(sha256: string): Promise<void>;
}

/** Opens a vault in a folder, which is made at the first file. */
export function openVault(folder: string): Vault {
  const base = resolve(folder);
  const pathOf = (sha256: string): string => {
    assert(/^[0-9a-f]{64}$/.test(sha256), 'a file in the vault is named by 64 hexadecimal digits');
    return join(base, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };
  const has = (sha256: string): Promise<boolean> => access(pathOf(sha256)).then(() => true, () => false);
  const demand = async (sha256: string): Promise<void> => {
    if (!(await has(sha256))) refuse('FILE_NOT_HERE', { file: sha256.slice(0, 12) }, { status: 404 });
  };
  return {
    folder: base,
    has,
    demand,
    keep: async (bytes, laidDown) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(sha256);
      // Somebody else may have named it a moment ago: its folder is flushed before this answers too.
      if (await isThere(path, bytes.byteLength)) await flushFolder(dirname(path));
      else await writeThrough(base, path, bytes, laidDown);
      return { sha256, sizeBytes: bytes.byteLength };
    },
    read: async (sha256) => {
      await demand(sha256);
      const bytes = await readFile(pathOf(sha256));
      assert(createHash('sha256').update(bytes).digest('hex') === sha256, `the file ${sha256} in the vault is as it was handed in`);
      return bytes;
    },
    stream: (sha256, range) => createReadStream(pathOf(sha256), range ?? {}),
  };
}

/** A file that was touched within so long is not touched again. */
const TOUCHED_MS = 3600_000;

/**
 * Whether the file is there in its whole length; a shorter one, as a fallen machine may leave it, is written anew. It is made young: the sweep takes
 * away only what nobody has kept for long, so that a file found here stands until its row is written.
 */
async function isThere(path: string, sizeBytes: number): Promise<boolean> {
  try {
    const { size, mtimeMs } = await stat(path);
    if (size !== sizeBytes) return false;
    if (Date.now() - mtimeMs > TOUCHED_MS) await utimes(path, new Date(), new Date());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Written beside, flushed, then renamed: a reader never sees half a file, and a crash leaves the old state or the new one. */
async function writeThrough(base: string, path: string, bytes: Uint8Array, laidDown?: string): Promise<void> {
  const folder = dirname(path);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (laidDown === undefined) await writeBeside(path, bytes);
  else await rename(laidDown, path);
  await flushFolder(folder);
  // New folders are names in the folders above them: those are flushed too.
  if (made !== undefined) for (let above = dirname(folder); above.length >= base.length; above = dirname(above)) await flushFolder(above);
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<void> {
  const beside = join(dirname(path), `.${randomBytes(8).toString('hex')}`);
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function flushFolder(folder: string): Promise<void> {
  const file = await open(folder, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
