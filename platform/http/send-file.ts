/** Files as answers: whole, or the range of bytes that a player asks for (RFC 9110 §14). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileAnswer, PartedBody } from '../module.ts';

export type ByteRange = { start: number; end: number };

/** The one range of a `Range` header over so many bytes; undefined: the whole file; 'outside': none of it exists. Several ranges are answered with the whole. */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'outside' | undefined {
  const told = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!told || (told[1] === '' && told[2] === '')) return undefined;
  const [first, last] = [told[1]!, told[2]!];
  if (first === '') return last === '0' ? 'outside' : { start: Math.max(0, bytes - Number(last)), end: bytes - 1 };
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= bytes ? 'outside' : { start, end };
}

/** Sends a file. Nothing of it is kept by shared caches: what one may read, another may not. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileAnswer): FastifyReply {
  const shown = !file.handedIn && (file.inline === true || file.mediaType === 'application/pdf');
  if (file.handedIn) reply.header('content-security-policy', "default-src 'none'; sandbox").header('x-content-type-options', 'nosniff').header('cache-control', 'private, no-store');
  reply.header('content-type', file.mediaType).header('content-disposition', `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`);
  return isParted(file.body) ? sendParts(request, reply, file.body) : reply.send(file.body);
}

function isParted(body: FileAnswer['body']): body is PartedBody {
  return 'part' in body;
}

function sendParts(request: FastifyRequest, reply: FastifyReply, body: PartedBody): FastifyReply {
  const range = rangeOf(request.headers.range, body.bytes);
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store');
  if (range === 'outside') return reply.status(416).header('content-range', `bytes */${body.bytes}`).send();
  const { start, end } = range ?? { start: 0, end: body.bytes - 1 };
  if (range) reply.status(206).header('content-range', `bytes ${start}-${end}/${body.bytes}`);
  return reply.header('content-length', end - start + 1).send(body.part(start, end));
}
