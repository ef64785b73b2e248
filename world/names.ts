/** Fictional names, as people of these ages bear them. */
import type { Chance } from './chance.ts';

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘'];
const OLD_WOMEN = '桂兰 秀英 淑珍 玉兰 桂英 凤英 素珍 兰英 秀兰 玉珍 桂珍 凤兰 翠英 爱珍 金凤 月英 美珍 惠芳 秀珍 玉梅 素芬 彩云 桂花 玉英 淑芬 春兰 瑞英 慧珍 巧云 静娴'.split(' ');
const OLD_MEN = '德海 国强 志明 德福 永康 长根 金生 福生 德胜 明远 文彬 国华 振华 宝山 家栋 守义 维新 仁贵 根发 有才 学文 正清 树林 万年 光明 世昌'.split(' ');
const WOMEN = '丽华 红梅 晓燕 春梅 艳萍 海霞 小玲 秋菊 雪琴 爱华 玉洁 文静 冬梅 月红 慧敏 丽娟 建萍 小芳'.split(' ');
const MEN = '建军 志强 海波 卫东 立军 文涛 永刚 国栋 俊杰 长青'.split(' ');

export interface Bearer {
  name: string;
  sex: 1 | 2;
}

/** Deals names without giving one twice. `womenShare` of 0 … 1 are women. */
export function dealNames(kind: 'old' | 'working', womenShare: number, taken: Iterable<string>, luck: Chance): () => Bearer {
  const given = new Set(taken);
  const lists = kind === 'old' ? { women: OLD_WOMEN, men: OLD_MEN } : { women: WOMEN, men: MEN };
  return () => {
    for (;;) {
      const woman = luck.next() < womenShare;
      const name = luck.pick(SURNAMES) + luck.pick(woman ? lists.women : lists.men);
      if (given.has(name)) continue;
      given.add(name);
      return { name, sex: woman ? 2 : 1 };
    }
  };
}
