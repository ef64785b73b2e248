/** Fictional people and institutions for a published day: always the same for the same reference, nobody real (division 9901…). */
import { createHash } from 'node:crypto';
import { creditCodeFor } from '#kit/credit-code.ts';
import type { Day } from '#kit/days.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import type { Instance } from './read.ts';

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'.split('');
const WOMEN = '秀英桂兰玉珍淑芳素梅凤琴月华翠莲美娟惠敏雪春红霞爱云'.split('');
const MEN = '国强建华志明德福文军永贵宝山长林振东家富学义景春世昌玉成'.split('');

/** A number from 0 up, evenly spread, that only depends on the text. */
export function spread(text: string, below: number): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) % below;
}

const two = (number: number): string => String(number).padStart(2, '0');

export interface FictionalPerson {
  name: string;
  birthOn: Day;
  sex: 1 | 2;
  /** A valid number of this birth day and sex; another for every attempt. */
  identityNumber(attempt: number): string;
}

/** A person of this reference, born in one of the `years` years from `from` on. */
export function fictionalPerson(districtCode: string, ref: string, from: number, years: number): FictionalPerson {
  const sex = spread(`${ref} sex`, 2) === 0 ? 2 : 1;
  const given = sex === 2 ? WOMEN : MEN;
  const pick = (list: readonly string[], what: string): string => list[spread(`${ref} ${what}`, list.length)]!;
  const name = pick(SURNAMES, 'surname') + pick(given, 'first') + pick(given, 'second');
  const birthOn = `${from + spread(`${ref} year`, years)}-${two(1 + spread(`${ref} month`, 12))}-${two(1 + spread(`${ref} day`, 28))}`;
  const sequence = spread(`${ref} sequence`, 500) * 2 + (sex === 1 ? 1 : 0);
  return { name, birthOn, sex, identityNumber: (attempt) => identityNumberFor(districtCode, birthOn, (sequence + attempt * 2) % 1000) };
}

/**
 * A short mark of an instance: the same for the same patients, needs, carers and travel times, whatever the file is called
 * and wherever it puts the patients. Two instances of one city have different marks.
 */
export function instanceRef(instance: Instance): string {
  const patients = [...instance.patients.values()].map((one) => [one.id, one.required.map((need) => [need.service, need.durationMin]), one.paired]);
  const carers = [...instance.carers.values()].map((one) => [one.id, one.abilities]);
  const mark = createHash('sha256').update(JSON.stringify([instance.name, patients, carers, instance.distances])).digest('hex').slice(0, 8);
  const name = instance.name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40) || 'day';
  return `${name}-${mark}`;
}

/** A valid credit code for the institution of an instance; another for every attempt. */
export function creditCode(districtCode: string, ref: string, attempt: number): string {
  return creditCodeFor(districtCode, 5_000_000 + ((spread(`${ref} credit code`, 4_900_000) + attempt) % 4_900_000), '52');
}
