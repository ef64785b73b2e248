/** What a module hands to the house: its contract bound to actions, the policy it needs, what it listens to, its words. */
import type { Bilingual, Contract, InputOf, OutputOf } from '#kit/contract.ts';
import type { Act } from './act.ts';
import type { Decision } from '#kit/decision.ts';
import type { KeptDecision } from './decisions/keep.ts';
import type { PolicyNeed } from './policy/needs.ts';

/** A file as an answer: bytes or a stream, with its media type and name. */
export interface FileAnswer {
  mediaType: string;
  fileName: string;
  body: Buffer | NodeJS.ReadableStream | PartedBody;
  /** Shown in the page instead of saved; PDFs are anyway. */
  inline?: boolean;
  /** Handed in by somebody: saved, never opened as a page, in a sandbox that runs and loads nothing. */
  handedIn?: true;
}

/** A body of which a part can be sent: a video that a player jumps about in. */
export interface PartedBody {
  bytes: number;
  /** The bytes from `start` to `end`, both counted from 0 and included. */
  part(start: number, end: number): NodeJS.ReadableStream;
}

/** An uploaded file, kept in memory up to the platform's limit (20 MiB). */
export interface Upload {
  fileName: string;
  bytes: Buffer;
  /** Where the bytes lie flushed on the vault's disk, for endpoints that keep them (`keepsUpload`). */
  laidDown?: string;
}

type AnswerOf<E> = E extends { file: string } ? FileAnswer : OutputOf<E>;
type UploadOf<E> = E extends { upload: true } ? { upload: Upload } : object;

/** One endpoint's work: runs inside the act's transaction; what it throws rolls back. */
export type Route<E> = (act: Act, input: InputOf<E> & UploadOf<E>) => Promise<AnswerOf<E>>;

/** Every endpoint of the contract has its work, or it does not compile. */
export type Routes<C extends Contract> = { [K in keyof C]: Route<C[K]> };

/** What the job runner hands to a listener. */
export interface Heard {
  districtCode: string;
  eventId: string;
  subjectId: string;
  personId: string | null;
  data: Record<string, unknown>;
}

/** Work after an event of an upper module: an ordinary action, called once after the commit, with retry. */
export interface Listener {
  /** Kind of the event, e.g. `notices.ended`. */
  event: string;
  /** Job name, `<module>.<act>`. */
  job: string;
  run(act: Act, heard: Heard): Promise<void>;
}

/** Work by timetable (cron, office time): run once for the city by the clock. */
export interface Timed {
  job: string;
  cron: string;
  run(act: Act): Promise<void>;
}

/** Decides again from stored facts, under the policy of the decision's day or another book. */
export type Rerun = (act: Act, kept: KeptDecision) => Promise<Decision>;

/** Code → name, of the editions that a decision used. */
export type CodeNames = (act: Act, kept: KeptDecision) => ReadonlyMap<string, Bilingual>;

export interface Module {
  name: string;
  contract: Contract;
  routes: Record<string, (act: Act, input: never) => Promise<unknown>>;
  policy: readonly PolicyNeed[];
  on: readonly Listener[];
  timed: readonly Timed[];
  /** Kind of decision → how it is decided again. */
  reruns: Readonly<Record<string, Rerun>>;
  /** Finds what this module can explain besides stored decisions (claim lines keep their reasons as codes); in the actor's scope. */
  explain?: (act: Act, id: string) => Promise<KeptDecision | undefined>;
  /** Names of codes of its policy (items of a scale, of a catalogue) that stand in the facts of a decision of its own kinds. */
  codeNames?: CodeNames;
  /** Folder that holds zh.yaml and en.yaml. */
  words: URL;
}

/** Binds a contract to its work. `here` is `import.meta.url` of the module's index.ts. */
export function defineModule<C extends Contract>(
  name: string,
  here: string,
  contract: C,
  routes: Routes<C>,
  more: { policy?: readonly PolicyNeed[]; on?: readonly Listener[]; timed?: readonly Timed[]; reruns?: Record<string, Rerun>; explain?: (act: Act, id: string) => Promise<KeptDecision | undefined>; codeNames?: CodeNames } = {},
): Module {
  return { name, contract, routes: routes as unknown as Module['routes'], policy: more.policy ?? [], on: more.on ?? [], timed: more.timed ?? [], reruns: more.reruns ?? {}, ...(more.explain ? { explain: more.explain } : {}), ...(more.codeNames ? { codeNames: more.codeNames } : {}), words: new URL('./', here) };
}
