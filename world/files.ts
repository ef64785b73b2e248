/** Small real files of the fictional city, made when it is loaded: photographs as PNG, pieces of a film as WebM. The same bytes for the same name. */
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { chance } from './chance.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk of a PNG: length, type, data, check sum (ISO/IEC 15948, 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey picture; `shade` gives the brightness 0 … 255 of a point. */
function png(width: number, height: number, shade: (x: number, y: number) => number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = shade(x, y);
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', new Uint8Array())]);
}

/** A photographed sheet of paper with lines of writing on a dark table. */
export function photoOfPaper(name: string): Buffer {
  const luck = chance(`photo ${name}`);
  const lines = Array.from({ length: 22 }, () => 60 + luck.whole(0, 90));
  return png(180, 240, (x, y) => {
    if (x < 14 || x > 166 || y < 12 || y > 228) return 70;
    const line = Math.floor((y - 24) / 9);
    const written = (y - 24) % 9 >= 3 && (y - 24) % 9 <= 5 && x > 26 && x < 26 + (lines[line] ?? 0);
    return y > 24 && y < 218 && written && (x * 7 + y * 3 + line) % 5 !== 0 ? 90 : 236;
  });
}

/** A signature: one stroke of ink across a white card. */
export function photoOfSignature(name: string): Buffer {
  const luck = chance(`signature ${name}`);
  const waves = Array.from({ length: 4 }, () => [6 + luck.whole(0, 10), 14 + luck.whole(0, 22), luck.next() * 6] as const);
  return png(220, 90, (x, y) => {
    const ink = 45 + waves.reduce((sum, [height, length, from]) => sum + Math.sin(x / length + from) * height * 0.6, 0);
    return x > 20 && x < 200 && Math.abs(y - ink) < 2.2 ? 30 : 245;
  });
}

/** First bytes of a WebM: the EBML head with its document type, and an open segment. */
const WEBM = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff', 'hex');

/** A piece of a film; the first one carries the head. */
export function pieceOfFilm(name: string, at: number): Buffer {
  return Buffer.concat([at === 0 ? WEBM : Buffer.alloc(0), Buffer.alloc(1200, createHash('sha256').update(`${name} ${at}`).digest())]);
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
