/** Which month and district the pages of quality are about. */
import { useFilters } from '../../ui/go.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { monthBefore } from '../quality-values.ts';

/** Month and district of the address; the month before today's unless the address says otherwise. */
export function usePlace() {
  const [held, set] = useFilters();
  const today = useToday();
  const month = held['month'] ?? monthBefore(today);
  const district = held['district'];
  return { month, district, query: { month, ...(district ? { district } : {}) }, set, address: `month=${month}${district ? `&district=${district}` : ''}` };
}

/** From the cases of a figure or an item back to what they are of: the institution or the list; the own page for who may not compare. */
export function useWayBack(): string {
  const { address } = usePlace();
  const institution = useFilters()[0]['institution'];
  if (useWhyNot()('assessments.compareQuality') !== undefined) return `/quality/assessors/own?${address}`;
  return institution ? `/quality/institutions/${institution}?${address}` : `/quality?${address}`;
}
