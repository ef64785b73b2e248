// Sentences for the person at the terminal, always in both languages.

/** Tells what is going on. */
export function say(zh, en) {
  process.stderr.write(`${zh}  ${en}\n`);
}

/** An expected end: the command stops, and the person is told what to do. */
export class GivenUp extends Error {
  constructor(zh, en, detail = '') {
    super(en);
    this.zh = zh;
    this.en = en;
    this.detail = detail;
  }
}

/** Stops the command with a sentence; never returns. */
export function give(zh, en, detail = '') {
  throw new GivenUp(zh, en, detail);
}
