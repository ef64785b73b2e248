/**
 * Text that a spreadsheet would run as a formula gets an apostrophe before it when it is written, and loses it when it is
 * read back. Full-width signs count too: Chinese input methods make them and spreadsheets run them.
 */
const RISKY = /^'*[=+\-@\t\r\n＝＋－＠]/;

export function guarded(text: string): string {
  return RISKY.test(text) ? `'${text}` : text;
}

export function unguarded(text: string): string {
  return text.startsWith("'") && RISKY.test(text) ? text.slice(1) : text;
}
