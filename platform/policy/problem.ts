import type { Bilingual } from '#kit/contract.ts';
import type { Day } from '#kit/days.ts';

/** What is wrong with the policy data, file by file. The program does not start on it. */
export interface PolicyFault {
  /** `policy/…`: the file to write or to mend. */
  file: string;
  /** One sentence: what is wrong and what to do. */
  what: string;
  /** Where a day was asked for that comes before the first rule: which rule, and from when there is one. */
  notYet?: { policy: Bilingual; on: Day; firstOn: Day };
}

export class PolicyProblem extends Error {
  readonly faults: PolicyFault[];

  constructor(faults: PolicyFault[]) {
    super(`The policy data cannot be used:\n${faults.map((fault) => `  ${fault.file}: ${fault.what}`).join('\n')}`);
    this.name = 'PolicyProblem';
    this.faults = faults;
  }
}
