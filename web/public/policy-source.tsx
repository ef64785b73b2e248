/** A document as people cite it: title, number, article; with its address where it is known. */
import type { CitedSource } from '#kit/explanation.ts';
import { useBoth } from '../light/house.tsx';
import { useWords } from '../ui/words.ts';

export function SourceText({ source, whole = false }: { source: CitedSource; whole?: boolean }) {
  const say = useWords('site');
  const both = useBoth();
  return (
    <>
      {source.number ? `${source.number} ` : ''}
      {both(source.title)}
      {source.article ? ` · ${source.article}` : ''}
      {source.fictional ? <span className="ch-muted"> {say('policy.fictional')}</span> : null}
      {whole && source.address ? <span className="address small">{source.address}</span> : null}
    </>
  );
}
