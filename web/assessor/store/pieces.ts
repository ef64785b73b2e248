/** Bytes in pieces: cut, hashed, and kept one after the other. */

/** No piece is larger: a bad network repeats at most this much. */
export const PIECE_BYTES = 2 * 1024 * 1024;

/** Cuts bytes into pieces of at most `most`; put together they are the same bytes again. Nothing gives no piece. */
export function cutPiece(bytes: ArrayBuffer, most: number): ArrayBuffer[] {
  const pieces: ArrayBuffer[] = [];
  for (let from = 0; from < bytes.byteLength; from += most) pieces.push(bytes.slice(from, from + most));
  return pieces;
}

/** SHA-256 as 64 small hex digits. */
export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, '0')).join('');
}

/** A row of works, each begun when the one before has ended; a failed one is told and the next goes on. */
export function turnOf(failed: (error: unknown) => void): { add: (work: () => Promise<void>) => void; done: () => Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  return {
    add: (work) => {
      last = last.then(work).catch(failed);
    },
    done: () => last,
  };
}
