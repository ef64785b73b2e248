import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM, gcj02ToWgs84, isPoint, toWgs84, wgs84ToGcj02 } from './geo.ts';

const inChina = fc.record({
  lng: fc.double({ min: 74, max: 135, noNaN: true }),
  lat: fc.double({ min: 18, max: 53, noNaN: true }),
});

describe('distances', () => {
  it('is a quarter of the globe from the equator to the pole', () => {
    expect(distanceM({ lng: 0, lat: 0 }, { lng: 120, lat: 90 })).toBeCloseTo((6_371_008.8 * Math.PI) / 2, 3);
  });

  it('is about 111.2 m for a thousandth of a degree of latitude', () => {
    expect(distanceM({ lng: 120, lat: 31 }, { lng: 120, lat: 31.001 })).toBeCloseTo(111.195, 2);
  });

  it('is zero for one point, the same both ways, and never longer by a detour', () => {
    fc.assert(fc.property(inChina, inChina, inChina, (a, b, c) => {
      expect(distanceM(a, a)).toBe(0);
      expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 6);
      expect(distanceM(a, c)).toBeLessThanOrEqual(distanceM(a, b) + distanceM(b, c) + 1e-6);
    }));
  });

  it('takes the short way across the date line', () => {
    expect(distanceM({ lng: 179.999, lat: 0 }, { lng: -179.999, lat: 0 })).toBeLessThan(223);
  });

  it('is a bug for a point off the globe or without numbers', () => {
    expect(isPoint({ lng: 180, lat: 90 })).toBe(true);
    expect(isPoint({ lng: 180.001, lat: 0 })).toBe(false);
    expect(isPoint({ lng: 0, lat: -90.001 })).toBe(false);
    expect(() => distanceM({ lng: Number.NaN, lat: 1 }, { lng: 1, lat: 1 })).toThrow('longitude');
  });
});

describe('datums', () => {
  it('shifts known points as map makers publish them', () => {
    const known = [
      [31.1774276, 121.5272106, 31.17530398364597, 121.531541859215],
      [22.543847, 113.912316, 22.540796131694766, 113.9171764808363],
      [39.911954, 116.377817, 39.91334545536069, 116.38404722455657],
    ] as const;
    for (const [lat, lng, gcjLat, gcjLng] of known) {
      expect(distanceM(wgs84ToGcj02({ lng, lat }), { lng: gcjLng, lat: gcjLat })).toBeLessThan(1);
      expect(distanceM(gcj02ToWgs84({ lng: gcjLng, lat: gcjLat }), { lng, lat })).toBeLessThan(1);
    }
  });

  it('comes back to where it started within a millimetre', () => {
    fc.assert(fc.property(inChina, (point) => {
      expect(distanceM(gcj02ToWgs84(wgs84ToGcj02(point)), point)).toBeLessThan(0.001);
    }));
  });

  it('moves points by some hundred metres inside and not at all outside', () => {
    const inside = { lng: 118.2, lat: 32.1 };
    expect(distanceM(toWgs84({ ...inside, datum: 'GCJ02' }), inside)).toBeGreaterThan(100);
    expect(toWgs84({ ...inside, datum: 'WGS84' })).toEqual(inside);
    const rome = { lng: 12.5, lat: 41.9 };
    expect(toWgs84({ ...rome, datum: 'GCJ02' })).toEqual(rome);
  });
});
