/** The words of what an entry may lack, for sentences that name it. */
import type { StandingFault } from '../rules/standing.ts';

export const STANDING_WORDS: Record<StandingFault, { zh: string; en: string }> = {
  ASSESSOR_NOT_ADMITTED: { zh: '未入评估人员库', en: 'not admitted to the register' },
  ASSESSOR_LEFT: { zh: '已退出评估人员库', en: 'left the register' },
  ASSESSOR_SUSPENDED: { zh: '评估资格被暂停', en: 'suspended' },
  ASSESSOR_CERTIFICATE_ENDED: { zh: '证书已到期', en: 'certificate ended' },
  ASSESSOR_TRAINING_SHORT: { zh: '年度培训学时不足', en: 'too few hours of training' },
};

const SUSPENSIONS: Record<string, { zh: string; en: string }> = {
  FALSE_RECORD: { zh: '评估记录不实', en: 'false record of an assessment' }, NOT_RECUSED: { zh: '应回避未回避', en: 'did not withdraw in spite of an interest' }, QUALITY: { zh: '评估质量问题', en: 'quality of assessments' },
  COMPLAINT: { zh: '投诉查实', en: 'complaint found true' }, LEAK: { zh: '泄露信息', en: 'information leaked' }, TRAINING: { zh: '未按要求培训', en: 'training not done' }, INVESTIGATION: { zh: '接受调查', en: 'under investigation' },
  OTHER: { zh: '其他', en: 'other' },
};

/** A coded reason of a suspension with its words. */
export function suspensionWords(reason: string | null): { reason: string | null; reasonZh: string; reasonEn: string } {
  const words = SUSPENSIONS[reason ?? 'OTHER'] ?? { zh: reason ?? '', en: reason ?? '' };
  return { reason, reasonZh: words.zh, reasonEn: words.en };
}
