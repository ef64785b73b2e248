/** How many pages a PDF has, as its page tree says. */

/**
 * The largest /Count of a page tree that stands uncompressed in the file; undefined where the structure is compressed, so that nobody
 * is told a number that is a guess. Reads the bytes only; nothing in the file is run or opened.
 */
export function pdfPages(bytes: Buffer): number | undefined {
  const text = bytes.toString('latin1');
  const counts = [...text.matchAll(/\/Type\s*\/Pages\b[^]{0,400}?\/Count\s+(\d{1,6})|\/Count\s+(\d{1,6})[^]{0,400}?\/Type\s*\/Pages\b/g)].map((hit) => Number(hit[1] ?? hit[2]));
  const most = Math.max(0, ...counts);
  return most > 0 ? most : undefined;
}
