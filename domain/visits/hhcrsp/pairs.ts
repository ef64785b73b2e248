/** Which visits are the planned two-carer visit of a synchronised patient. */
import type { Instance, Stop } from './read.ts';

/**
 * Pair references by row of the stop. Each service that a synchronised patient needs takes one visit of the pair: first the
 * visit with that service and the planned length (else the earliest), then whatever visit is left over, so that a wrong
 * service is found as just that. A visit beyond the pair gets none: it overlaps and is for the audit to find.
 */
export function pairRefs(instance: Instance, stops: readonly Stop[], ref: string): Map<number, string> {
  const byPatient = Map.groupBy(stops, (stop) => stop.patient);
  const refs = new Map<number, string>();
  for (const [id, all] of byPatient) {
    const patient = instance.patients.get(id);
    if (!patient?.paired) continue;
    const left = [...all].sort((a, b) => a.arrival - b.arrival || a.row - b.row);
    const take = (at: number) => refs.set(left.splice(at, 1)[0]!.row, `${ref}/${id}`);
    const unmet = patient.required.filter((need) => {
      const lasts = (stop: Stop) => stop.service === need.service && Math.abs(stop.departure - stop.arrival - need.durationMin) < 0.001;
      const exact = left.findIndex(lasts);
      const at = exact >= 0 ? exact : left.findIndex((stop) => stop.service === need.service);
      if (at >= 0) take(at);
      return at < 0;
    });
    for (const _ of unmet) if (left.length > 0) take(0);
  }
  return refs;
}
