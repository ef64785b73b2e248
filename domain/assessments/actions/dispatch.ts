/** Dispatching a case to an assessment institution. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { insertTie } from '#domain/people/index.ts';
import { findInstitution } from '#domain/providers/index.ts';
import type { ApplicationState } from '../model.ts';
import { moveApplication } from '../store/application.ts';
import { recordStep, takeInHand } from './case.ts';
import { demandOtherInstitution } from './kind.ts';

/**
 * Hands a case to an assessment institution of the district, which then sees the person. Again before anybody assessed: to another one.
 * Refuses with DISPATCH_INSTITUTION when it is of another kind or district, or has no agreement today, and with
 * REVIEW_SAME_INSTITUTION when a review (or a case back after an upheld objection) would go to an institution whose result it looks at; such a case may go to another district.
 */
export async function dispatchApplication(act: Act, id: string, institutionId: string): Promise<{ state: ApplicationState }> {
  const application = await takeInHand(act, id, 'dispatch');
  const institution = await findInstitution(act, institutionId);
  const agreed = institution !== undefined && institution.agreementFromOn <= act.today && (institution.agreementToOn === null || act.today <= institution.agreementToOn);
  if (!institution || institution.kind !== 'assessment' || !agreed) refuse('DISPATCH_INSTITUTION', { institution: institution?.name ?? institutionId });
  const { elsewhere } = await demandOtherInstitution(act, application, institution);
  if (institution.districtCode !== application.districtCode && !elsewhere) refuse('DISPATCH_INSTITUTION', { institution: institution.name });
  await insertTie(act, { districtCode: application.districtCode, personId: application.personId, institutionId, kind: 'assessment', fromOn: act.today });
  await moveApplication(act, application, { state: 'dispatched', institutionId });
  await recordStep(act, application, 'dispatched', { institutionId, data: { institution: institution.name } });
  return { state: 'dispatched' };
}
