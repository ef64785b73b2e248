/** Runs one command under the project's Node: `node bin/command.ts <command> …`; called by run.mjs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from './commands.ts';

interface Command {
  /** Does the work and returns the exit code; resolves only when all is done and closed, for a server at its stop. */
  run(args: string[]): Promise<number>;
}

// When run.mjs is killed outright nobody forwards signals any more: take that as the wish to stop.
if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

const [name = '', ...args] = process.argv.slice(2);
const file = join(import.meta.dirname, '..', 'commands', `${name}.ts`);

if (!(name in COMMANDS) || !existsSync(file)) {
  const asked = ['', 'help', '--help', '-h'].includes(name);
  process.stderr.write(`${asked ? '' : `没有“${name}”这条命令。  There is no command "${name}".\n`}${list()}`);
  process.exit(asked ? 0 : 1);
}

try {
  const command = (await import(file)) as Command;
  process.exitCode = await command.run(args);
} catch (error) {
  process.stderr.write(await sentenceOf(error));
  process.exitCode = 1;
}
// What a command leaves open by mistake must not keep it alive for ever; output is flushed before the end.
process.stdout.write('', () => process.exit());

function list(): string {
  const rows = Object.entries(COMMANDS)
    .filter(([key]) => existsSync(join(import.meta.dirname, '..', 'commands', `${key}.ts`)))
    .map(([key, line]) => `  npm run ${key.padEnd(10)} ${line.zh}  ${line.en}\n`);
  return `命令 Commands（… -- --help）\n${rows.join('')}`;
}

/** A refusal becomes its sentence in both languages; anything else is a bug and is shown whole. */
async function sentenceOf(error: unknown): Promise<string> {
  if (error instanceof Error && error.name === 'Refusal') {
    const { refusalSentences } = await import('./sentences.ts');
    const { zh, en } = await refusalSentences(error as import('#kit/refuse.ts').Refusal);
    return `${zh}\n${en}\n`;
  }
  // The policy loader words its own findings: one line per file to write or to mend.
  if (error instanceof Error && error.name === 'PolicyProblem') return `政策文件有误，请按下列各行修改：\n${error.message}\n`;
  return `程序出错，请把下面的内容交给维护人员。  This is a bug; please hand the following to the maintainers.\n${error instanceof Error ? error.stack : String(error)}\n`;
}
