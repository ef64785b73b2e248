/** The phone's own database. */
import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { Ground, KeptPackage, Part, Receipt, Visit } from './shapes.ts';

interface Stores extends DBSchema {
  packages: { key: string; value: KeptPackage };
  visits: { key: string; value: Visit };
  grounds: { key: string; value: Ground };
  parts: { key: string; value: Part; indexes: { visit: string } };
  bytes: { key: string; value: ArrayBuffer };
  receipts: { key: string; value: Receipt };
  phone: { key: string; value: string };
}

export type Phone = IDBPDatabase<Stores>;

/** Opens what this phone holds of an account; the first time it makes it. */
export function openPhone(accountId: string): Promise<Phone> {
  return openDB<Stores>(`changhu-assess-${accountId}`, 1, {
    upgrade(db) {
      db.createObjectStore('packages');
      db.createObjectStore('visits', { keyPath: 'id' });
      db.createObjectStore('grounds', { keyPath: 'visitId' });
      db.createObjectStore('parts', { keyPath: 'id' }).createIndex('visit', 'visitId');
      db.createObjectStore('bytes');
      db.createObjectStore('receipts', { keyPath: 'visitId' });
      db.createObjectStore('phone');
    },
    // Another page of this portal wants a newer shape: let it, this page is shown anew anyway.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** The name of this phone, made once. */
export async function deviceOf(phone: Phone): Promise<string> {
  const tx = phone.transaction('phone', 'readwrite');
  const held = await tx.store.get('device');
  const device = held ?? `phone-${[...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
  if (held === undefined) await tx.store.put(device, 'device');
  await tx.done;
  return device;
}
