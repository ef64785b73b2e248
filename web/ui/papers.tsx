/** The papers of an application: the check-list with what is there, choosing or photographing files, looking at them before they are sent. Used by the office and the family. */
import { useEffect, useRef, useState } from 'react';
import { Problem, SubmitKeys } from '../../kit/client.ts';
import { usePreferences } from './preferences.ts';
import { useWords } from './words.ts';
import type { Say } from './words.ts';

export interface PaperItem {
  code: string;
  zh: string;
  en: string;
  helpZh: string;
  helpEn: string;
  required: boolean;
  supplyLater: boolean;
  present: boolean;
}

export interface Paper {
  id: string;
  code: string;
  form: 'file' | 'original';
  fileName: string | null;
  originalName: string | null;
  mediaType: string | null;
  sizeBytes: number | null;
  pages: number | null;
  actorName: string;
  own: boolean;
  withdrawn: { reason: string; actorName: string } | null;
}

export interface PapersProps {
  items: readonly PaperItem[];
  materials: readonly Paper[];
  limits: { pictureBytes: number; pdfBytes: number };
  /** Whether papers may be handed in now. */
  open: boolean;
  fileUrl: (id: string) => string;
  send: (code: string, file: File, how: { repeatKey: string }) => Promise<unknown>;
  withdraw: (id: string, reason: string) => Promise<unknown>;
  mayWithdraw: (paper: Paper) => boolean;
  /** Window only: an original was seen. */
  sawOriginal?: (code: string) => Promise<unknown>;
  changed: () => void;
}

const ACCEPT = 'image/jpeg,image/png,image/webp,application/pdf';

/** Check-list with upload; every paper under its line. */
export function Papers(props: PapersProps) {
  const { items, materials } = props;
  return (
    <ul className="papers">
      {items.map((item) => (
        <PaperLine key={item.code} item={item} papers={materials.filter((one) => one.code === item.code)} props={props} />
      ))}
    </ul>
  );
}

function PaperLine({ item, papers, props }: { item: PaperItem; papers: readonly Paper[]; props: PapersProps }) {
  const say = useWords('papers');
  const { lang } = usePreferences();
  const [error, setError] = useState<unknown>();
  const run = async (work: () => Promise<unknown>) => {
    setError(undefined);
    try {
      await work();
      props.changed();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <li className="paper">
      <div className="paper-head">
        <strong>{lang === 'zh' ? item.zh : item.en}</strong>
        <PaperMark item={item} open={props.open} />
      </div>
      <p className="paper-help">{lang === 'zh' ? item.helpZh : item.helpEn}</p>
      {papers.map((one) => (
        <PaperShown key={one.id} paper={one} props={props} run={run} />
      ))}
      {props.open ? <Chooser item={item} props={props} run={run} /> : null}
      {error ? <p role="alert" className="paper-error">{error instanceof Problem ? error.title : String(error)}</p> : null}
    </li>
  );
}

/** Whether the paper is there; red only where the case cannot go on without it. */
function PaperMark({ item, open }: { item: PaperItem; open: boolean }) {
  const say = useWords('papers');
  if (item.present) return <span className="paper-mark paper-there">{say('there')}</span>;
  if (!item.required || !open) return <span className="paper-mark">{say(item.required ? 'notHandedIn' : 'optional')}</span>;
  return <span className={item.supplyLater ? 'paper-mark paper-later' : 'paper-mark paper-lacks'}>{say(item.supplyLater ? 'later' : 'needed')}</span>;
}

function PaperShown({ paper, props, run }: { paper: Paper; props: PapersProps; run: (work: () => Promise<unknown>) => Promise<void> }) {
  const say = useWords('papers');
  const [reason, setReason] = useState<string>();
  const gone = paper.withdrawn !== null;
  const url = paper.form === 'file' ? props.fileUrl(paper.id) : undefined;
  return (
    <div className={gone ? 'paper-file paper-gone' : 'paper-file'}>
      {url && paper.mediaType?.startsWith('image/') ? <a href={url} target="_blank" rel="noreferrer"><img src={url} alt={paper.fileName ?? ''} loading="lazy" className="paper-thumb" /></a> : null}
      <div className="paper-about">
        {url ? <a href={url}>{paper.fileName}</a> : <span>{say('original', { name: paper.actorName })}</span>}
        <small>
          {[sizeOf(paper.sizeBytes), paper.pages === null ? null : say('pages', { n: paper.pages }), paper.form === 'file' ? paper.actorName : null, gone ? say('withdrawn', { reason: paper.withdrawn?.reason }) : null].filter(Boolean).join(' · ')}
        </small>
      </div>
      {!gone && props.open && props.mayWithdraw(paper) ? (
        reason === undefined ? (
          <button type="button" className="paper-button" onClick={() => setReason('')}>{say('withdraw')}</button>
        ) : (
          <form className="paper-reason" onSubmit={(event) => (event.preventDefault(), void run(() => props.withdraw(paper.id, reason)).then(() => setReason(undefined)))}>
            <input value={reason} required maxLength={300} aria-label={say('reason')} placeholder={say('reason')} onChange={(event) => setReason(event.target.value)} />
            <button type="submit" className="paper-button">{say('withdraw')}</button>
          </form>
        )
      ) : null}
    </div>
  );
}

interface Chosen {
  file: File;
  url: string | null;
  wrong: string | null;
}

/** Chosen files, shown before they are sent; each can be removed. A file that failed stays and can be sent again. */
function Chooser({ item, props, run }: { item: PaperItem; props: PapersProps; run: (work: () => Promise<unknown>) => Promise<void> }) {
  const say = useWords('papers');
  const input = useRef<HTMLInputElement>(null);
  const keys = useRef(new Map<File, SubmitKeys>());
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const [sending, setSending] = useState<number>();
  const urls = useRef<string[]>([]);
  useEffect(() => () => urls.current.forEach((url) => URL.revokeObjectURL(url)), []);
  const add = (files: FileList | null) => {
    const fresh = [...(files ?? [])].map((file) => {
      const url = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
      if (url) urls.current.push(url);
      return { file, url, wrong: wrongOf(file, props.limits, say) };
    });
    setChosen((before) => [...before, ...fresh]);
    if (input.current) input.current.value = '';
  };
  const ready = chosen.filter((one) => one.wrong === null);
  const sendAll = () =>
    run(async () => {
      try {
        for (const [at, one] of ready.entries()) {
          setSending(at + 1);
          const key = keys.current.get(one.file) ?? new SubmitKeys();
          keys.current.set(one.file, key);
          try {
            await props.send(item.code, one.file, { repeatKey: key.keyFor([item.code, one.file.name, one.file.size, one.file.lastModified]) });
          } catch (failure) {
            // What the server refuses is marked and the others go on; without network all wait to be sent again.
            if (!(failure instanceof Problem) || failure.status < 400 || failure.status >= 500) throw failure;
            setChosen((before) => before.map((held) => (held === one ? { ...held, wrong: failure.title } : held)));
            continue;
          }
          setChosen((before) => before.filter((held) => held !== one));
          props.changed();
        }
      } finally {
        setSending(undefined);
      }
    });
  return (
    <div className="paper-choose">
      {chosen.map((one) => <ChosenFile key={`${one.file.name} ${one.file.lastModified} ${one.url ?? ''}`} one={one} {...(sending === undefined ? { remove: () => setChosen((before) => before.filter((held) => held !== one)) } : {})} />)}
      <div className="paper-buttons">
        <label className="paper-button">
          {say(chosen.length > 0 ? 'addMore' : 'choose')}
          <input ref={input} type="file" accept={ACCEPT} multiple className="paper-input" onChange={(event) => add(event.target.files)} disabled={sending !== undefined} />
        </label>
        {ready.length > 0 ? (
          <button type="button" className="paper-button paper-send" disabled={sending !== undefined} onClick={() => void sendAll()}>
            {sending === undefined ? say('send', { n: ready.length }) : say('sending', { at: sending, n: sending + ready.length - 1 })}
          </button>
        ) : null}
        {props.sawOriginal && !item.present ? <button type="button" className="paper-button" onClick={() => void run(() => props.sawOriginal!(item.code))}>{say('sawOriginal')}</button> : null}
      </div>
      {sending === undefined ? null : <progress className="paper-progress" aria-label={say('send', { n: ready.length })} />}
    </div>
  );
}

/** What can be seen to be wrong before a file is sent; the server looks at the content. */
function wrongOf(file: File, limits: PapersProps['limits'], say: Say): string | null {
  const most = file.type === 'application/pdf' ? limits.pdfBytes : limits.pictureBytes;
  if (!ACCEPT.split(',').includes(file.type)) return say('wrongType');
  return file.size > most ? say('tooBig', { size: sizeOf(file.size), most: sizeOf(most) }) : null;
}

/** A chosen file before it is sent: its picture, or what is wrong with it. */
function ChosenFile({ one, remove }: { one: Chosen; remove?: () => void }) {
  const say = useWords('papers');
  return (
    <div className="paper-file">
      {one.url ? <img src={one.url} alt={one.file.name} className="paper-thumb" /> : null}
      <div className="paper-about">
        <span>{one.file.name}</span>
        <small className={one.wrong ? 'paper-error' : ''}>{one.wrong ?? sizeOf(one.file.size)}</small>
      </div>
      {remove ? <button type="button" className="paper-button" onClick={remove}>{say('remove')}</button> : null}
    </div>
  );
}

function sizeOf(bytes: number | null): string | null {
  if (bytes === null) return null;
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export interface SelfQuestion {
  code: string;
  zh: string;
  en: string;
  independentZh: string;
  independentEn: string;
  dependentZh: string;
  dependentEn: string;
}

/** The self-assessment form: two answers to each question, both in whole sentences. */
export function SelfQuestions({ items, value, set, disabled }: { items: readonly SelfQuestion[]; value: Readonly<Record<string, boolean>>; set: (value: Record<string, boolean>) => void; disabled?: boolean }) {
  const { lang } = usePreferences();
  const zh = lang === 'zh';
  return (
    <div className="self-form">
      {items.map((item) => (
        <fieldset key={item.code} className="self-question">
          <legend>{zh ? item.zh : item.en}</legend>
          {[false, true].map((needs) => (
            <label key={String(needs)} className="self-answer">
              <input type="radio" name={`self-${item.code}`} checked={value[item.code] === needs} disabled={disabled === true} onChange={() => set({ ...value, [item.code]: needs })} />
              <span>{needs ? (zh ? item.dependentZh : item.dependentEn) : zh ? item.independentZh : item.independentEn}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
