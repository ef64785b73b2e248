/** Photographs that belong to an item or a document: taken with the phone's camera, shown small, kept at once. */
import { useEffect, useRef, useState } from 'react';
import type { EvidenceSubject } from '#domain/assessments/onsite/model.ts';
import { useWords } from '../../ui/words.ts';
import { useOnPhone } from '../phone.tsx';
import { smallPhoto } from '../photo.ts';
import { addEvidence, bytesOf, dropPart } from '../store/parts.ts';
import { isFull } from '../store/not-kept.ts';
import type { Part } from '../store/shapes.ts';
import { useInHand } from './around.tsx';
import { sizeOf } from './step.tsx';

export function Photos({ subject, item = null, label }: { subject: EvidenceSubject; item?: string | null; label: string }) {
  const say = useWords('assessor');
  const { phone } = useOnPhone();
  const { visit, parts, closed, readParts } = useInHand();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const own = parts.filter((one) => one.subject === subject && one.item === item);
  const take = async (file: File) => {
    setBusy(true);
    setFault(undefined);
    try {
      await addEvidence(phone, visit.id, { subject, item, takenAt: new Date(), ...(await smallPhoto(file)) });
      await readParts();
    } catch (error) {
      setFault(isFull(error) ? say('store.full') : say('photos.unreadable'));
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <div className="photos">
      {own.length > 0 ? (
        <ul className="plain photo-row">
          {own.map((one, at) => (
            <li key={one.id}>
              <Picture part={one} name={`${label} ${at + 1}`} />
              {one.sent || closed ? null : (
                <button type="button" className="button button-plain" onClick={() => void dropPart(phone, one.id).then(readParts)}>
                  {say('photos.drop')}
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <input ref={input} className="ch-hidden" type="file" accept="image/*" capture="environment" tabIndex={-1} aria-label={label} onChange={(event) => event.target.files?.[0] && void take(event.target.files[0])} />
      <button type="button" className="button button-wide" disabled={busy || closed} onClick={() => input.current?.click()}>
        {say(busy ? 'photos.busy' : 'photos.take', { what: label })}
      </button>
      {fault ? (
        <p className="field-error" role="alert">
          {fault}
        </p>
      ) : null}
    </div>
  );
}

function Picture({ part, name }: { part: Part; name: string }) {
  const { phone } = useOnPhone();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let left = false;
    void bytesOf(phone, part.id).then((bytes) => {
      if (left || !bytes) return;
      made = URL.createObjectURL(new Blob([bytes], { type: part.mediaType }));
      setAddress(made);
    });
    return () => {
      left = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [phone, part.id, part.mediaType]);
  return address ? <img src={address} alt={`${name} · ${sizeOf(part.bytes)}`} /> : <span className="wait-line" aria-hidden="true" />;
}
