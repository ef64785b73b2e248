/** What an assessor takes along: the cases, their scales and rules, the people who may come, and what the day asks for. */
import type { Static } from '@sinclair/typebox';
import { maskIdentityNumber } from '#kit/mask.ts';
import type { Act } from '#platform/act.ts';
import { readScale, scaleOf } from '../../actions/assess.ts';
import { expertsOnSite, personsOnSite } from '../../policy.ts';
import { mustBeTaken } from '../../dispatch/limits.ts';
import { dueOf } from '../../rules/due.ts';
import type { OnSiteCaseSchema, OnSitePackageSchema } from '../contract/package.ts';
import { MAX_EVIDENCE_BYTES, MAX_PIECE_BYTES } from '../model.ts';
import { contradictions } from '../policy.ts';
import { contentSha256 } from '../rules.ts';
import { findInstitutionName, listCases } from '../store/package.ts';
import type { StoredCase } from '../store/package.ts';
import { listCompanions } from '../store/visit.ts';
import { fullVideoDays, isVideoRequired } from './required.ts';

type Case = Static<typeof OnSiteCaseSchema>;

/** One page of the dispatched cases of the actor's institution that were given to the actor or to nobody in particular; nothing for accounts without institution. */
export async function readPackage(act: Act, query: { page?: number; pageSize?: number }): Promise<Static<typeof OnSitePackageSchema>> {
  const { institutionId } = act.actor;
  const { rows, total } = institutionId === null ? { rows: [], total: 0 } : await listCases(act, institutionId, query);
  const cases = rows.map((row) => caseOf(act, row));
  const rules = new Map(cases.map((one) => [one.contradictionsId, act.policy.editionById(contradictions, one.contradictionsId)]));
  const content = {
    today: act.today,
    institutionName: institutionId === null ? null : await findInstitutionName(act, institutionId),
    cases, total,
    scales: [...new Set(cases.map((one) => one.scaleId))].map((id) => readScale(act, id)),
    contradictions: [...rules.values()].map(({ id, status, value }) => ({ id, status, rules: value.rules })),
    companions: institutionId === null ? [] : (await listCompanions(act, institutionId, [...new Set(cases.map((one) => one.townshipCode))])).filter((one) => one.accountId !== act.actor.accountId),
    limits: { evidenceBytes: MAX_EVIDENCE_BYTES, pieceBytes: MAX_PIECE_BYTES },
  };
  return { serverAt: act.now.toISOString(), stamp: contentSha256(content), ...content };
}

function caseOf(act: Act, { countsFromOn, orderState, ...row }: StoredCase): Case {
  const waits = orderState === 'open' ? 'taking' : orderState === 'accepted' && row.assignedTo === null ? 'sending' : null;
  return {
    ...row, orderWaits: mustBeTaken(row.filedOn, act.policy) ? waits : null, identityNumberMasked: maskIdentityNumber(row.identityNumber), ...dueOf('dispatched', countsFromOn, act.today, act.policy),
    scaleId: scaleOf(act, row).id, contradictionsId: act.policy.edition(contradictions, row.filedOn).id,
    policy: {
      personsOnSite: act.policy.figure(personsOnSite, act.today).value, expertsOnSite: act.policy.figure(expertsOnSite, act.today).value,
      // One guardian or agent is present at every visit (医保发〔2023〕29号第21条).
      guardianRequired: true, videoRequired: isVideoRequired(act, row), videoFullWorkingDays: fullVideoDays(act, row),
    },
  };
}
