import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layDown } from './incoming.ts';
import { fileTypeOf } from './kind.ts';
import { openVault } from './vault.ts';
import type { Vault } from './vault.ts';

let folder: string;
let vault: Vault;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  vault = openVault(join(folder, 'files'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => one.name);

describe('the vault', () => {
  test('gives back what it kept, under the hash of its content, and keeps the same content once', async () => {
    const bytes = Buffer.from('量血压，记录在案');
    const kept = await vault.keep(bytes);
    expect(kept).toEqual({ sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length });
    expect((await vault.read(kept.sha256)).equals(bytes)).toBe(true);
    await Promise.all([vault.keep(bytes), vault.keep(bytes)]);
    expect(filesIn()).toEqual([kept.sha256]);
    expect(await vault.has(kept.sha256)).toBe(true);
    expect(await vault.has('0'.repeat(64))).toBe(false);
  });

  test('says FILE_NOT_HERE of a file that its folder lacks, and not of one that is there', async () => {
    const kept = await vault.keep(Buffer.from('有'));
    await vault.demand(kept.sha256);
    await expect(vault.read('0'.repeat(64))).rejects.toMatchObject({ code: 'FILE_NOT_HERE', status: 404, params: { file: '000000000000' } });
    await expect(vault.demand('0'.repeat(64))).rejects.toMatchObject({ code: 'FILE_NOT_HERE' });
  });

  test('moves a file that lies flushed on its disk to its place, whole, and leaves it where the content is there already', async () => {
    const laid = async (): Promise<Awaited<ReturnType<typeof layDown>>> => layDown(join(folder, 'files'), Readable.from([Buffer.from('on its way '), Buffer.from('in')]));
    const incoming = await laid();
    await incoming.flush();
    const { sha256 } = await vault.keep(await incoming.bytes(), incoming.path);
    expect((await vault.read(sha256)).toString()).toBe('on its way in');
    await incoming.drop();
    const again = await laid();
    await vault.keep(await again.bytes(), again.path);
    expect((await again.bytes()).toString()).toBe('on its way in');
    await again.drop();
    expect(filesIn().filter((name) => name !== sha256 && name.length !== 64)).toEqual([]);
  });

  test('leaves one whole file and nothing beside it when many write the same at once', async () => {
    const bytes = Buffer.alloc(300_000, 7);
    const all = await Promise.all(Array.from({ length: 40 }, () => vault.keep(bytes)));
    expect(new Set(all.map((one) => one.sha256)).size).toBe(1);
    expect(filesIn().filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await vault.read(all[0]!.sha256)).equals(bytes)).toBe(true);
  });

  test('streams a part of a file', async () => {
    const { sha256 } = await vault.keep(Buffer.from('0123456789'));
    const parts: Buffer[] = [];
    for await (const part of vault.stream(sha256, { start: 3, end: 5 })) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString()).toBe('345');
  });

  test('does not hand out a file that changed on disk', async () => {
    const { sha256 } = await vault.keep(Buffer.from('the true content'));
    writeFileSync(join(vault.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'another content');
    await expect(vault.read(sha256)).rejects.toThrow('is as it was handed in');
  });

  test('takes no name that could lead elsewhere', () => {
    expect(() => vault.stream('../../etc/passwd')).toThrow('64 hexadecimal digits');
  });
});

describe('what a file is', () => {
  const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  test('is known by its content', async () => {
    expect(await fileTypeOf(PNG)).toBe('image/png');
    expect(await fileTypeOf(Buffer.from('%PDF-1.7\n%âãÏÓ\n'))).toBe('application/pdf');
  });
  test('is nothing the office takes when it is a program, a page or empty, whatever its name says', async () => {
    expect(await fileTypeOf(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]))).toBeUndefined();
    expect(await fileTypeOf(Buffer.from('<html><script>1</script></html>'))).toBeUndefined();
    expect(await fileTypeOf(Buffer.alloc(0))).toBeUndefined();
  });
});
