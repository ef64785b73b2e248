/** Where the phone is, asked once; or why that is not known. */

export interface Position {
  longitude: number;
  latitude: number;
  accuracyM: number;
}

export type PlaceAnswer = { found: Position } | { missing: 'refused' | 'unknown' | 'slow' | 'none' };

const WAIT_MS = 15_000;

/** The position of the phone; without network it comes from the satellites alone and may take long. */
export function askPosition(): Promise<PlaceAnswer> {
  if (!('geolocation' in navigator)) return Promise.resolve({ missing: 'none' });
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ found: { longitude: round(coords.longitude), latitude: round(coords.latitude), accuracyM: Math.round(coords.accuracy) } }),
      ({ code }) => resolve({ missing: code === 1 ? 'refused' : code === 3 ? 'slow' : 'unknown' }),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
    );
  });
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
