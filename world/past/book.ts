/** Rows of the past by table, in the order in which they may be written: decisions before what points to them, events last. */
import type { Decision } from '#kit/decision.ts';
import { instantOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { chance, idOf } from '../chance.ts';
import type { Chance } from '../chance.ts';
import type { PastPerson } from '../dependants.ts';
import { Numbers } from '../numbers.ts';

export interface Somebody {
  id: string;
  name: string;
}

/** Who of an assessment institution the past names. */
export interface Team {
  officer: Somebody;
  assessor: Somebody;
  /** Name of the second person on site. */
  second: string;
  experts: readonly [Somebody, Somebody];
}

/** Accounts of a district's staff that the past names. */
export interface Staff {
  officer: Somebody;
  insurer: Somebody;
  /** By key of the assessment institution. */
  teams: Readonly<Record<string, Team>>;
}

export type Row = Record<string, unknown>;

const TABLES = [
  'people.person', 'people.identity_register', 'people.tie', 'people.hospital_stay', 'platform.decision', 'assessments.application', 'assessments.dispatch_order', 'assessments.assessment', 'assessments.confirmation', 'assessments.insurer_check',
  'assessments.case_return', 'notices.notice', 'notices.completion', 'assessments.conclusion', 'assessments.delivery', 'plans.plan', 'plans.item', 'platform.event',
] as const;
export type Table = (typeof TABLES)[number];

/** What a decision or an event is about, and when it was. */
export interface About {
  subject: readonly [type: string, id: string];
  on: Day;
  /** Minute of the office day. */
  minute: number;
  institutionId?: string;
}

export class PastBook {
  readonly tables = new Map<Table, Row[]>(TABLES.map((table) => [table, []]));
  readonly numbers = new Numbers();
  readonly luck: Chance = chance('青禾市 past');
  readonly policy: PolicyBook;

  constructor(policy: PolicyBook) {
    this.policy = policy;
  }

  add(table: Table, row: Row): void {
    this.tables.get(table)!.push(row);
  }

  event(one: PastPerson, by: Somebody, kind: string, about: About, data: Row = {}): void {
    const at = instantOf(about.on, about.minute);
    const [subjectType, subjectId] = about.subject;
    this.add('platform.event', {
      district_code: one.district, id: idOf(`event ${kind} ${by.name} ${subjectId}`, at), at, kind, account_id: by.id, actor_name: by.name, subject_type: subjectType, subject_id: subjectId, person_id: one.id,
      township_code: one.home.townshipCode, institution_id: about.institutionId ?? null, note: null, data,
    });
  }

  /** Keeps a decision that a rule made; `decidedOn` is the day whose policy was applied. Returns its id. */
  decision(one: PastPerson, decision: Decision<unknown>, about: About, decidedOn: Day): string {
    const at = instantOf(about.on, about.minute);
    const id = idOf(`decision ${decision.kind} ${one.key}`, at);
    this.add('platform.decision', {
      district_code: one.district, id, kind: decision.kind, subject_type: about.subject[0], subject_id: about.subject[1], person_id: one.id, township_code: one.home.townshipCode,
      institution_id: about.institutionId ?? null, decided_at: at, decided_on: decidedOn, value: decision.value, reasons: decision.reasons, facts: decision.facts, stamp: decision.stamp,
    });
    return id;
  }
}

/** The columns that nearly every table of a district shares. */
export const whose = (one: PastPerson): Row => ({ district_code: one.district, person_id: one.id, township_code: one.home.townshipCode });
