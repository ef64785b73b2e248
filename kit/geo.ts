/**
 * Points and distances. Phones in China give WGS-84 or the shifted GCJ-02; a point keeps the name of its datum,
 * and distances are only ever taken between points of the same one.
 */
import { assert } from './refuse.ts';

export type Datum = 'WGS84' | 'GCJ02';

export interface Point {
  /** Degrees east, −180 … 180. */
  lng: number;
  /** Degrees north, −90 … 90. */
  lat: number;
}

export interface DatumPoint extends Point {
  datum: Datum;
}

const EARTH_RADIUS_M = 6_371_008.8;
/** The ellipsoid that the GCJ-02 shift is computed on (Krasovsky 1940). */
const SEMI_MAJOR_AXIS_M = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;

/** True for two finite numbers inside the globe's bounds. */
export function isPoint(point: Point): boolean {
  return Math.abs(point.lng) <= 180 && Math.abs(point.lat) <= 90;
}

/** Great-circle distance in metres on a sphere of the mean earth radius (haversine). Both points of one datum. */
export function distanceM(from: Point, to: Point): number {
  assert(isPoint(from) && isPoint(to), 'a distance needs two points with longitude and latitude in degrees');
  const radians = Math.PI / 180;
  const halfLat = Math.sin(((to.lat - from.lat) * radians) / 2);
  const halfLng = Math.sin(((to.lng - from.lng) * radians) / 2);
  const chord = halfLat * halfLat + Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * halfLng * halfLng;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** GCJ-02 is only defined over the Chinese mainland's rectangle; outside it both datums agree. */
function outsideShift({ lng, lat }: Point): boolean {
  return lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271;
}

function shiftOf({ lng, lat }: Point): Point {
  const x = lng - 105;
  const y = lat - 35;
  const wave = (value: number, period: number) => Math.sin((value / period) * Math.PI);
  const common = (20 * wave(x, 1 / 6) + 20 * wave(x, 1 / 2)) * (2 / 3);
  const root = Math.sqrt(Math.abs(x));
  const northM =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common +
    (20 * wave(y, 1) + 40 * wave(y, 3) + 160 * wave(y, 12) + 320 * wave(y, 30)) * (2 / 3);
  const eastM =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common +
    (20 * wave(x, 1) + 40 * wave(x, 3) + 150 * wave(x, 12) + 300 * wave(x, 30)) * (2 / 3);
  const radLat = (lat / 180) * Math.PI;
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(radLat) ** 2;
  const meridianM = (SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED)) / (magic * Math.sqrt(magic));
  return {
    lat: (northM * 180) / (meridianM * Math.PI),
    lng: (eastM * 180) / ((SEMI_MAJOR_AXIS_M / Math.sqrt(magic)) * Math.cos(radLat) * Math.PI),
  };
}

export function wgs84ToGcj02(point: Point): Point {
  if (outsideShift(point)) return { lng: point.lng, lat: point.lat };
  const shift = shiftOf(point);
  return { lng: point.lng + shift.lng, lat: point.lat + shift.lat };
}

/** The published shift has no closed inverse: repeated until the forward shift meets the point (under a millimetre). */
export function gcj02ToWgs84(point: Point): Point {
  if (outsideShift(point)) return { lng: point.lng, lat: point.lat };
  let guess: Point = { lng: point.lng, lat: point.lat };
  for (let round = 0; round < 10; round++) {
    const shifted = wgs84ToGcj02(guess);
    guess = { lng: guess.lng + point.lng - shifted.lng, lat: guess.lat + point.lat - shifted.lat };
  }
  return guess;
}

/** Brings a point of either datum to WGS-84, the datum that is stored and measured in. */
export function toWgs84(point: DatumPoint): Point {
  return point.datum === 'GCJ02' ? gcj02ToWgs84(point) : { lng: point.lng, lat: point.lat };
}
