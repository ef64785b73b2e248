/** How many pages a PDF has, as its page tree says. */

/** A node of the page tree, or a count; both may stand first in their object. Blanks are bounded: a file made to be slow must not be. */
const TOKEN = /\/Type\s{0,20}\/Pages\b|\/Count\s{1,20}(\d{1,6})/g;
/** A count belongs to a node that stands so near. */
const NEAR = 400;
/** So many tokens are looked at; no file of the pages that we take has nearly as many. */
const MOST_TOKENS = 100_000;

/**
 * The largest /Count of a page tree that stands uncompressed in the file; undefined where the structure is compressed, so that nobody
 * is told a number that is a guess. Reads the bytes only, once from beginning to end; nothing in the file is run or opened.
 */
export function pdfPages(bytes: Buffer): number | undefined {
  const text = bytes.toString('latin1');
  let most = 0;
  let node = -Infinity;
  let count = { at: -Infinity, pages: 0 };
  let seen = 0;
  for (const token of text.matchAll(TOKEN)) {
    if (token[1] === undefined) node = token.index;
    else count = { at: token.index, pages: Number(token[1]) };
    if (Math.abs(node - count.at) <= NEAR) most = Math.max(most, count.pages);
    if (++seen === MOST_TOKENS) break;
  }
  return most > 0 ? most : undefined;
}
