/** The documents behind reasons, each once with all its articles. */
import type { CitedSource, ExplainedReason } from '#kit/explanation.ts';

export interface CitedDocument {
  key: string;
  source: CitedSource;
  articles: string[];
  /** Unverified as soon as one use of it is. */
  status: CitedSource['status'];
}

/** In the order in which the reasons first cite them. */
export function documentsOf(reasons: readonly Pick<ExplainedReason, 'sources'>[]): CitedDocument[] {
  const documents = new Map<string, CitedDocument>();
  for (const source of reasons.flatMap((one) => one.sources)) {
    const known = documents.get(source.document) ?? { key: source.document, source, articles: [], status: source.status };
    if (source.article !== null && !known.articles.includes(source.article)) known.articles.push(source.article);
    if (source.status === 'unverified') known.status = 'unverified';
    documents.set(source.document, known);
  }
  return [...documents.values()];
}
