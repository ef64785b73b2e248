/** What a failing disk or database means for the person who waits: said clearly, and nothing is acknowledged. */
import { Refusal } from '#kit/refuse.ts';

/** Codes of the operating system (errno) and of PostgreSQL (SQLSTATE). */
const FULL = ['ENOSPC', 'EDQUOT', '53100'];
const CLOSED = ['EROFS', 'EACCES', 'EPERM', 'EIO', '25006'];
const AWAY = ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '53300'];

/**
 * The refusal that a fault of the disk or of the database's connection amounts to: STORE_FULL (507) where no room is left, STORE_CLOSED (503)
 * where nothing may be written, STORE_AWAY (503) where the database does not answer. Undefined for every other fault.
 */
export function storeRefusal(error: unknown): Refusal | undefined {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  if (FULL.includes(code)) return new Refusal('STORE_FULL', {}, { status: 507 });
  if (CLOSED.includes(code)) return new Refusal('STORE_CLOSED', {}, { status: 503 });
  return AWAY.includes(code) ? new Refusal('STORE_AWAY', {}, { status: 503 }) : undefined;
}
