/** Supplying later: the promise at acceptance, what it holds up, and the day after its last day. */
import { refuse, Refusal } from '#kit/refuse.ts';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { Application } from '../store/application.ts';
import { findApplication } from '../store/application.ts';
import { closeApplication } from '../actions/close.ts';
import { itemOf } from './actions.ts';
import { materialList } from './policy.ts';
import { decideMaterials, decideSupply } from './rules.ts';
import type { MaterialAnswer } from './rules.ts';
import { listMissed, listPresent, writePromise } from './store.ts';

/** Codes → names in both languages, joined. */
export function namesOf(act: Act, application: Application, codes: readonly string[]): { materialsZh: string; materialsEn: string } {
  const items = codes.map((code) => itemOf(act, application, code));
  return { materialsZh: items.map((one) => one.zh).join('、'), materialsEn: items.map((one) => one.en.toLowerCase()).join(', ') };
}

/**
 * What acceptance asks of the papers, where the city's check-list is demanded: complete, or a promise for what may come later. Keeps the decision.
 * Where the list is not demanded nothing is asked, but a promise that is given holds. Refuses with MATERIALS_INCOMPLETE, SUPPLY_PROMISE, CALENDAR_MISSING.
 */
export async function demandMaterials(act: Act, application: Application, promisedBy: string | undefined): Promise<MaterialAnswer | undefined> {
  const { demanded } = act.policy.edition(materialList, application.filedOn).value;
  if (!demanded && !promisedBy?.trim()) return undefined;
  const decision = decidedToday(act, application, await listPresent(act, application));
  const { outcome, first, lacking, byOn } = decision.value;
  if (!demanded && outcome !== 'supplyLater') return undefined;
  if (outcome === 'incomplete') throw new Refusal('MATERIALS_INCOMPLETE', namesOf(act, application, first), { status: 409, reasons: decision.reasons });
  if (outcome === 'supplyLater' && !promisedBy?.trim()) throw new Refusal('SUPPLY_PROMISE', { ...namesOf(act, application, lacking), byOn }, { status: 409, reasons: decision.reasons });
  const { districtCode, personId, townshipCode } = application;
  await keepDecision(act, decision, { districtCode, personId, townshipCode, subjectType: 'application', subjectId: application.id, decidedOn: application.filedOn });
  return decision.value;
}

function decidedToday(act: Act, application: Application, present: string[]) {
  const { kind, relation, filedOn } = application;
  try {
    return decideMaterials({ kind, relation, filedOn, on: act.today, present }, act.policy);
  } catch (error) {
    if (error instanceof PolicyProblem) refuse('CALENDAR_MISSING', { file: error.faults[0]?.file ?? '' });
    throw error;
  }
}

/** Records the promise with its last day. */
export async function recordPromise(act: Act, application: Application, answer: MaterialAnswer, promisedBy: string): Promise<{ supplyByOn: string; materialsZh: string; materialsEn: string } | undefined> {
  if (answer.outcome !== 'supplyLater' || answer.byOn === null) return undefined;
  await writePromise(act, application, { materials: answer.lacking, by: promisedBy.trim(), byOn: answer.byOn });
  return { supplyByOn: answer.byOn, ...namesOf(act, application, answer.lacking) };
}

/** Why publishing and concluding wait: something promised has not come. */
export function supplyHindrance(application: Application): Refusal | undefined {
  if (application.supplyByOn === null || application.suppliedOn !== null) return undefined;
  return new Refusal('SUPPLY_OUTSTANDING', { supplyByOn: application.supplyByOn }, { status: 409 });
}

/**
 * Closes a case whose promised papers did not come by their last day; the decision is kept. Safe to repeat: what was supplied or closed in
 * between stays as it is. Returns whether it closed the case.
 */
export async function closeMissed(act: Act, applicationId: string): Promise<boolean> {
  const application = await findApplication(act, applicationId, { lock: true });
  if (!application || application.supplyByOn === null || application.suppliedOn !== null) return false;
  const present = await listPresent(act, application);
  const names = namesOf(act, application, application.supplyMaterials.filter((code) => !present.includes(code)));
  const decision = decideSupply({ filedOn: application.filedOn, supplyByOn: application.supplyByOn, lackingZh: names.materialsZh, lackingEn: names.materialsEn, on: act.today }, act.policy);
  if (decision.value === 'open') return false;
  return closeApplication(act, application, 'SUPPLY_MISSED', { decision, comeAgainOn: String(decision.reasons[0]?.params['comeAgainOn']), data: names });
}

const AT_A_TIME = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Closes every case whose time to supply is over, each in an act of its own: a killed run goes on where it stopped. Returns how many; throws at the end what failed. */
export async function closeAllMissed(act: Act): Promise<number> {
  const failures: unknown[] = [];
  let closed = 0;
  for (let after = FIRST, more = true; more; ) {
    const ids = await listMissed(act, after, AT_A_TIME);
    for (const id of ids) {
      try {
        if (await runAct(act.platform, act.actor, act.now, (own) => closeMissed(own, id))) closed += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    after = ids.at(-1) ?? after;
    more = ids.length === AT_A_TIME;
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} cases could not be closed`);
  return closed;
}
