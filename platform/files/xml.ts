/** XML as a run of events, a batch for every piece of text that arrives: nothing is collected. */
import { SaxesParser } from 'saxes';
import { refuse } from '#kit/refuse.ts';

export type XmlEvent =
  | { kind: 'open'; name: string; attributes: Record<string, string> }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/**
 * Events of a document; names without their prefix. Refuses FILE_EXCEL_BROKEN for bad XML and FILE_CELL_TOO_LONG
 * when more than `maxRun` characters pass without a tag. Entities of a document type are not expanded.
 */
export async function* xmlEvents(pieces: AsyncIterable<string>, part: string, maxRun: number): AsyncGenerator<XmlEvent[]> {
  const parser = new SaxesParser();
  let batch: XmlEvent[] = [];
  let failure: Error | undefined;
  let run = 0;
  parser.on('error', (error) => (failure ??= error));
  parser.on('opentag', (tag) => batch.push({ kind: 'open', name: localName(tag.name), attributes: tag.attributes as Record<string, string> }));
  parser.on('closetag', (tag) => batch.push({ kind: 'close', name: localName(tag.name) }));
  parser.on('text', (text) => batch.push({ kind: 'text', text }));
  parser.on('cdata', (text) => batch.push({ kind: 'text', text }));
  const take = () => {
    if (failure) refuse('FILE_EXCEL_BROKEN', { detail: `${part}: ${failure.message}` });
    const taken = batch;
    batch = [];
    return taken;
  };
  for await (const piece of pieces) {
    const tag = piece.lastIndexOf('<');
    run = tag < 0 ? run + piece.length : piece.length - tag;
    if (run > maxRun) refuse('FILE_CELL_TOO_LONG', { part });
    parser.write(piece);
    yield take();
  }
  parser.close();
  yield take();
}
