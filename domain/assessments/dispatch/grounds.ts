/** Grounds on which an institution or a person keeps away from a case; each is worded under `values`. Browser-safe. */
export const AVOIDANCE_GROUNDS = [
  'reviewed', 'earlierAssessor', 'irregularBefore', 'sharedOwner', 'self', 'samePhone', 'sameAddress', 'worksForCarer', 'declaredInstitution', 'declaredPerson',
] as const;
export type AvoidanceGround = (typeof AVOIDANCE_GROUNDS)[number];

const WORDS: Record<AvoidanceGround, { zh: string; en: string }> = {
  reviewed: { zh: '作过原来的评估', en: 'took part in the assessment that is looked at again' },
  earlierAssessor: { zh: '曾评估过此人', en: 'assessed the person before' },
  irregularBefore: { zh: '原评估涉嫌违规', en: 'the earlier assessment is under suspicion' },
  sharedOwner: { zh: '与护理此人的机构有共同出资人或管理者', en: 'shares an investor or manager with an institution that cares for the person' },
  self: { zh: '就是参保人本人', en: 'is the insured person' },
  samePhone: { zh: '与参保人或申请人电话相同', en: 'has the telephone of the person or the applicant' },
  sameAddress: { zh: '与参保人住址相同', en: 'has the address of the person' },
  worksForCarer: { zh: '在护理此人的机构任职或曾任职', en: 'works or worked for an institution that cares for the person' },
  declaredInstitution: { zh: '机构声明的利害关系', en: 'interest declared by the institution' },
  declaredPerson: { zh: '本人声明的利害关系', en: 'interest declared by the person' },
};

const RELATIONS: Record<string, { zh: string; en: string }> = {
  owner: { zh: '出资或所有', en: 'owner or investor' }, relative: { zh: '亲属', en: 'relative' }, employer: { zh: '任职', en: 'employment' }, carer: { zh: '护理', en: 'care' },
  guardian: { zh: '监护', en: 'guardian' }, neighbour: { zh: '邻里', en: 'neighbour' }, other: { zh: '其他', en: 'other' },
};

/** A ground as a sentence names it: its code with its words, and what it rests on. */
export function groundParams(hit: { ground: AvoidanceGround; detail: string | null }): { ground: string; groundZh: string; groundEn: string } {
  const { zh, en } = WORDS[hit.ground];
  if (hit.detail === null) return { ground: hit.ground, groundZh: zh, groundEn: en };
  const detail = RELATIONS[hit.detail] ?? { zh: hit.detail, en: hit.detail };
  return { ground: hit.ground, groundZh: `${zh}：${detail.zh}`, groundEn: `${en}: ${detail.en}` };
}

/** Words of how a care institution is related to those who assessed. */
export const RELATED_WORDS: Record<string, { zh: string; en: string }> = {
  sharedOwner: { zh: '共同的出资人或管理者', en: 'shared investor or manager' }, worksForCarer: { zh: '评估人员在该机构任职', en: 'an assessor works there' }, declared: { zh: '声明的利害关系', en: 'declared interest' },
};
