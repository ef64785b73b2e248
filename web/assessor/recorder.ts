/** The camera of a visit: a full rendition and, from a small canvas, a low one; both come in pieces that are kept at once. */
import { useSyncExternalStore } from 'react';
import { isFull } from './store/not-kept.ts';
import { PIECE_BYTES, cutPiece, turnOf } from './store/pieces.ts';

export type Rendition = 'full' | 'low';

export interface Recorded {
  rendition: Rendition;
  mediaType: string;
  bytes: ArrayBuffer;
}

export interface RecorderNow {
  state: 'off' | 'asking' | 'on' | 'refused' | 'missing' | 'broken';
  visitId: string | null;
  /** Instant at which this take began, in milliseconds of this phone. */
  since: number | null;
  stream: MediaStream | null;
  /** A piece could not be kept: `full` when the phone has no room, else the sentence of the browser. */
  fault: string | null;
}

/** Pieces are cut this often: what a dying phone may lose. */
const SLICE_MS = 10_000;
const LOW = { widthPx: 320, heightPx: 240, framesPerS: 5, videoBitsPerS: 100_000, audioBitsPerS: 24_000 };
const FULL = { widthPx: 640, heightPx: 480, videoBitsPerS: 700_000, audioBitsPerS: 48_000 };
const TYPES = ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'];

const OFF: RecorderNow = { state: 'off', visitId: null, since: null, stream: null, fault: null };
const listeners = new Set<() => void>();
let now: RecorderNow = OFF;
let running: { stop: () => Promise<void> } | null = null;

function become(change: Partial<RecorderNow>): void {
  now = { ...now, ...change };
  for (const listener of listeners) listener();
}

export function useRecorder(): RecorderNow {
  return useSyncExternalStore(
    (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    () => now,
  );
}

/** Calls once when no camera runs any more. */
export function afterRecording(then: () => void): void {
  const look = () => {
    if (running) return;
    listeners.delete(look);
    then();
  };
  listeners.add(look);
  look();
}

/** True while a camera of this visit runs. */
export const isRecording = (visitId: string): boolean => now.state === 'on' && now.visitId === visitId;

/**
 * Starts the camera of a visit; the pieces of one running, put together in order, are one playable film. `keep` is called for every piece, one after the other, and must not forget any. The state says
 * when the person refused the camera (`refused`), the phone has none (`missing`) or it failed otherwise (`broken`).
 */
export async function startRecording(visitId: string, keep: (piece: Recorded) => Promise<void>): Promise<boolean> {
  if (running) return now.visitId === visitId;
  become({ state: 'asking', visitId, fault: null });
  const stream = await openCamera();
  if (!stream) return false;
  let lost = false;
  const turn = turnOf((error) => {
    become({ fault: isFull(error) ? 'full' : String((error as Error).message || error) });
    // A film with a hole cannot be played behind it: this take ends with its last kept piece, and another one can be begun.
    lost = true;
    void stopRecording();
  });
  const small = smallStream(stream);
  const recorders = [
    record(stream, FULL, (blob, mediaType) => keepAll('full', blob, mediaType)),
    record(small.stream, LOW, (blob, mediaType) => keepAll('low', blob, mediaType)),
  ];
  function keepAll(rendition: Rendition, blob: Blob, mediaType: string): void {
    turn.add(async () => {
      if (lost) return;
      for (const bytes of cutPiece(await blob.arrayBuffer(), PIECE_BYTES)) await keep({ rendition, mediaType, bytes });
    });
  }
  const awake = await stayAwake();
  running = {
    stop: async () => {
      await Promise.all(recorders.map((one) => one.stop()));
      small.close();
      for (const track of stream.getTracks()) track.stop();
      awake();
      await turn.done();
      running = null;
      // What could not be kept stays said until the camera is started again.
      become({ ...OFF, ...(lost ? { visitId, fault: now.fault } : {}) });
    },
  };
  stream.getVideoTracks()[0]?.addEventListener('ended', () => void stopRecording());
  become({ state: 'on', since: Date.now(), stream });
  return true;
}

/** Stops the camera and waits until its last piece is kept. */
export async function stopRecording(): Promise<void> {
  await running?.stop();
}

async function openCamera(): Promise<MediaStream | null> {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined') return become({ state: 'missing' }), null;
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true, video: { facingMode: 'environment', width: { ideal: FULL.widthPx }, height: { ideal: FULL.heightPx } } });
  } catch (error) {
    const { name, message } = error as DOMException;
    become({ state: name === 'NotAllowedError' || name === 'SecurityError' ? 'refused' : name === 'NotFoundError' ? 'missing' : 'broken', fault: message });
    return null;
  }
}

function record(stream: MediaStream, how: { videoBitsPerS: number; audioBitsPerS: number }, got: (blob: Blob, mediaType: string) => void): { stop: () => Promise<void> } {
  const wanted = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { ...(wanted ? { mimeType: wanted } : {}), videoBitsPerSecond: how.videoBitsPerS, audioBitsPerSecond: how.audioBitsPerS });
  recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && got(data, (recorder.mimeType || wanted || 'video/webm').split(';')[0]!));
  recorder.start(SLICE_MS);
  return {
    stop: () =>
      new Promise((resolve) => {
        if (recorder.state === 'inactive') return resolve();
        recorder.addEventListener('stop', () => resolve(), { once: true });
        recorder.stop();
      }),
  };
}

/** The camera's picture drawn small and seldom, with its sound. */
function smallStream(stream: MediaStream): { stream: MediaStream; close: () => void } {
  const film = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  film.srcObject = stream;
  void film.play().catch((error: unknown) => become({ fault: String((error as Error).message) }));
  const canvas = Object.assign(document.createElement('canvas'), { width: LOW.widthPx, height: LOW.heightPx });
  const pen = canvas.getContext('2d')!;
  const timer = setInterval(() => pen.drawImage(film, 0, 0, LOW.widthPx, LOW.heightPx), 1000 / LOW.framesPerS);
  const small = canvas.captureStream(LOW.framesPerS);
  for (const track of stream.getAudioTracks()) small.addTrack(track);
  return {
    stream: small,
    close: () => {
      clearInterval(timer);
      film.srcObject = null;
      for (const track of small.getVideoTracks()) track.stop();
    },
  };
}

/** Keeps the screen on where the phone can; answers how to let go. */
async function stayAwake(): Promise<() => void> {
  try {
    const lock = await navigator.wakeLock?.request('screen');
    return () => void lock?.release();
  } catch {
    // Low battery or an old phone: the screen may go dark, the recording goes on.
    return () => undefined;
  }
}
