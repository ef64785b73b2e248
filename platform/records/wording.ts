/** Puts decisions and events into sentences, with the documents behind them. */
import type { Bilingual } from '#kit/contract.ts';
import type { PolicyStamp, Reason, SourceRef } from '#kit/decision.ts';
import type { CitedSource, ExplainedFact, ExplainedReason, Explanation, HistoryEntry } from '#kit/explanation.ts';
import type { KeptDecision } from '../decisions/keep.ts';
import type { PolicyBook, SourceDocument } from '../policy/index.ts';
import { codeWord, isWorded, sentence } from '../words/words.ts';
import type { Words } from '../words/words.ts';
import type { EventRow } from './store.ts';

/** A code's sentence in both languages. */
export function bothOf(words: Words, section: string, code: string, params: Record<string, unknown>): Bilingual {
  return { zh: sentence(words, 'zh', section, code, params), en: sentence(words, 'en', section, code, params) };
}

/** The value of a decision in one sentence: its fields are the parameters, a bare value is `{value}`; a code or yes/no may have a sentence of its own under `<kind>.<value>`. */
export function headlineOf(words: Words, kind: string, value: unknown): Bilingual {
  const own = `${kind}.${String(value)}`;
  if ((typeof value === 'string' || typeof value === 'boolean') && isWorded(words, 'zh', 'headlines', own)) return bothOf(words, 'headlines', own, {});
  const params = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : { value };
  return bothOf(words, 'headlines', kind, params);
}

export function worded(words: Words, row: EventRow): HistoryEntry {
  return { ...row, sentence: bothOf(words, 'events', row.kind, { ...row.data, note: row.note }) };
}

/** A source as people cite it; the document is looked up in the policy book. */
export function citedOf(documents: ReadonlyMap<string, SourceDocument>, source: SourceRef): CitedSource {
  const document = documents.get(source.document);
  return {
    document: source.document,
    number: document?.number ?? null,
    title: document?.title ?? { zh: source.document, en: source.document },
    article: source.article ?? null,
    address: document?.address ?? null,
    status: source.status,
    fictional: document?.fictional ?? false,
    policy: source.policy ?? null,
    file: source.file ?? null,
  };
}

export function documentsOf(book: PolicyBook): Map<string, SourceDocument> {
  return new Map(book.sources().map((one) => [one.id, one]));
}

/** Every reason with its sentence for staff, plain words for the family (the same sentence where there are none), and its documents. */
export function reasonsOf(words: Words, book: PolicyBook, reasons: readonly Reason[]): ExplainedReason[] {
  const documents = documentsOf(book);
  return reasons.map((one) => ({
    rule: one.rule,
    code: one.code,
    sentence: bothOf(words, 'reasons', one.code, one.params),
    plain: bothOf(words, isWorded(words, 'zh', 'plain', one.code) ? 'plain' : 'reasons', one.code, one.params),
    sources: one.sources.map((source) => citedOf(documents, source)),
  }));
}

/** Facts by name; the words of the deciding module come first. */
export function factsOf(words: Words, kind: string, facts: Record<string, unknown>): ExplainedFact[] {
  const own = kind.split('.')[0] ?? '';
  return Object.entries(facts).map(([key, value]) => ({ key, name: { zh: nameOf(words, 'zh', own, key), en: nameOf(words, 'en', own, key) }, value }));
}

function nameOf(words: Words, lang: 'zh' | 'en', own: string, key: string): string {
  for (const section of ['facts', 'fields']) {
    const part = words[lang][own]?.[section];
    const name = typeof part === 'object' ? part[key] : undefined;
    if (typeof name === 'string') return name;
  }
  return sentence(words, lang, 'facts', key);
}

/** What the codes and keys inside facts are called; those that nobody names are left out. A finding (code with parameters) is named by its sentence. */
export function namesOf(words: Words, kind: string, facts: Record<string, unknown>, ofPolicy: ReadonlyMap<string, Bilingual>): Record<string, Bilingual> {
  const own = kind.split('.')[0] ?? '';
  const names: Record<string, Bilingual> = {};
  const name = (code: string) => {
    const [zh, en] = (['zh', 'en'] as const).map((lang) => codeWord(words, lang, own, code, ['rules', 'values', 'states', 'fields', 'facts']));
    const found = ofPolicy.get(code) ?? (zh === undefined || en === undefined ? undefined : { zh, en });
    if (found) names[code] = found;
  };
  const walk = (value: unknown): void => {
    if (typeof value === 'string') return name(value);
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const { code, params } = value as { code?: unknown; params?: unknown };
    if (typeof code === 'string' && typeof params === 'object' && params !== null) {
      names[code] = bothOf(words, 'reasons', code, params as Record<string, unknown>);
      return;
    }
    for (const [key, one] of Object.entries(value)) {
      name(key);
      walk(one);
    }
  };
  Object.values(facts).forEach(walk);
  return names;
}

/** The whole explanation of a kept decision. `ofPolicy` names the codes of the editions that it used. */
export function explanationOf(words: Words, book: PolicyBook, kept: KeptDecision, canRerun: boolean, ofPolicy: ReadonlyMap<string, Bilingual> = new Map()): Explanation {
  const reasons = reasonsOf(words, book, kept.reasons);
  const { id, districtCode, kind, subjectType, subjectId, personId, decidedOn, decidedAt, value } = kept;
  return {
    id, districtCode, kind, subjectType, subjectId, personId, decidedOn, decidedAt, headline: headlineOf(words, kind, value), value, reasons, facts: factsOf(words, kind, kept.facts), names: namesOf(words, kind, kept.facts, ofPolicy),
    stamp: kept.stamp satisfies PolicyStamp, unverified: reasons.some((one) => one.sources.some((source) => source.status === 'unverified')), canRerun,
  };
}
