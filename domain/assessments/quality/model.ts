/** The figures that assessment institutions and assessors are measured by. Browser-safe: the web reads it too. */

export const QUALITY_FIGURES = [
  'returnRate', 'mendedLate', 'gradeChangedByOne', 'gradeChangedByTwo', 'visitLate', 'uploadLate', 'deliveryLate', 'orderRefused', 'orderLate', 'complaintUpheld', 'dataLeak', 'recordFaulty', 'interestHidden',
  'agreement', 'severityDrift', 'shortVisit', 'identicalAnswers', 'equalBeyondChance',
] as const;
export type QualityFigure = (typeof QUALITY_FIGURES)[number];

/** The rows of the score sheet that the figures stand under (常医保办〔2023〕12号 annex 1, items 2 to 5), and the signs that take no points. */
export const QUALITY_GROUPS = ['efficiency', 'conduct', 'result', 'complaints', 'signs'] as const;
export type QualityGroup = (typeof QUALITY_GROUPS)[number];

export const GROUP_OF: Record<QualityFigure, QualityGroup> = {
  orderRefused: 'efficiency', orderLate: 'efficiency', visitLate: 'efficiency', uploadLate: 'efficiency', deliveryLate: 'efficiency',
  interestHidden: 'conduct', recordFaulty: 'conduct', mendedLate: 'conduct', returnRate: 'conduct', gradeChangedByOne: 'result', gradeChangedByTwo: 'result', complaintUpheld: 'complaints', dataLeak: 'complaints',
  agreement: 'signs', severityDrift: 'signs', shortVisit: 'signs', identicalAnswers: 'signs', equalBeyondChance: 'signs',
};

/** How a figure is read: a share of cases, an agreement beyond chance (−1 … 1), or observed cases over expected ones (1 = as expected). */
export type QualityShape = 'share' | 'kappa' | 'ratio';

/** A figure that is no share says which shape it has. */
export function shapeOf(figure: QualityFigure): QualityShape {
  return figure === 'agreement' ? 'kappa' : figure === 'severityDrift' || figure === 'equalBeyondChance' ? 'ratio' : 'share';
}

/** True where a higher value is the better one. */
export function higherIsBetter(figure: QualityFigure): boolean {
  return figure === 'agreement';
}

export const COMPLAINT_SUBJECTS = ['conduct', 'procedure', 'dataLeak', 'money', 'other'] as const;
export const COMPLAINT_SOURCES = ['agency', 'township', 'family'] as const;
export const COMPLAINT_STATES = ['open', 'upheld', 'notUpheld'] as const;

/** The words of the figures, for sentences that name one. */
export const FIGURE_WORDS: Record<QualityFigure, { zh: string; en: string }> = {
  returnRate: { zh: '退单率', en: 'return rate' },
  mendedLate: { zh: '退单整改迟', en: 'returned cases mended late' },
  gradeChangedByOne: { zh: '重新评估后改变1级', en: 'grade changed by 1 on re-assessment' },
  gradeChangedByTwo: { zh: '重新评估后改变2级以上', en: 'grade changed by 2 or more on re-assessment' },
  visitLate: { zh: '上门迟', en: 'late visits' },
  uploadLate: { zh: '上传迟', en: 'late records' },
  deliveryLate: { zh: '送达迟', en: 'late deliveries' },
  orderRefused: { zh: '拒单', en: 'refused orders' },
  orderLate: { zh: '应答迟', en: 'orders answered late' },
  complaintUpheld: { zh: '投诉查实', en: 'justified complaints' },
  dataLeak: { zh: '泄露信息', en: 'leaks of personal data' },
  recordFaulty: { zh: '上传不规范或与结论不符', en: 'faulty records' },
  interestHidden: { zh: '应回避未回避', en: 'interests not declared' },
  agreement: { zh: '与专家的一致性', en: 'agreement with the experts' },
  severityDrift: { zh: '重度偏移', en: 'severity drift' },
  shortVisit: { zh: '现场过短', en: 'very short visits' },
  identicalAnswers: { zh: '答案雷同', en: 'equal answers' },
  equalBeyondChance: { zh: '答案相同与本区常态之比', en: 'equal answers against chance' },
};
