/** Files and callers for the tests of papers. */
import type { Caller } from '#server/testing.ts';

/** A small real PNG (8 × 8, one colour), with the last byte of a comment that makes it another file. */
export function png(mark = 0): Buffer {
  const base = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEElEQVR4nGNgGAWjYBQMBgAHCAABq2ndZwAAAABJRU5ErkJggg==', 'base64');
  return Buffer.concat([base, Buffer.from([mark])]);
}

/** A small PDF of some pages. */
export function pdf(pages: number, mark = ''): Buffer {
  return Buffer.from(`%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [] /Count ${pages}>> endobj\n%${mark}\ntrailer <</Root 1 0 R>>\n%%EOF\n`);
}

/** Sends one file as a browser does. */
export function sendFile(call: Caller, url: string, bytes: Buffer, name = 'photo.png', headers: Record<string, string> = {}) {
  const border = 'changhu-test-border';
  const payload = Buffer.concat([Buffer.from(`--${border}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`), bytes, Buffer.from(`\r\n--${border}--\r\n`)]);
  return call('POST', url, payload, { 'content-type': `multipart/form-data; boundary=${border}`, ...headers });
}
