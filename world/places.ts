/** Where the fictional city lies: its townships with a middle point, communities and streets. The place is made up; distances are those of a city. */
import type { Chance } from './chance.ts';

export interface Township {
  code: string;
  name: string;
  district: string;
  lng: number;
  lat: number;
  communities: readonly string[];
  streets: readonly string[];
}

const township = (code: string, district: string, name: string, lng: number, lat: number, communities: string, streets: string): Township =>
  ({ code, district, name, lng, lat, communities: communities.split(' '), streets: streets.split(' ') });

export const TOWNSHIPS: readonly Township[] = [
  township('990101001', '禾东区', '槐荫街道', 117.412, 33.512, '槐荫里社区 东槐社区 文昌阁社区', '槐荫路 文昌街 东安巷'),
  township('990101002', '禾东区', '石桥街道', 117.431, 33.498, '石桥社区 桥南社区 书院社区', '石桥路 书院街 桥南巷'),
  township('990101003', '禾东区', '云麓镇', 117.452, 33.523, '云麓村 白云社区 山前村', '云麓大街 山前路'),
  township('990102001', '禾西区', '柳溪街道', 117.321, 33.509, '柳溪社区 溪北社区', '柳溪路 溪北街'),
  township('990102002', '禾西区', '南塘街道', 117.338, 33.491, '南塘社区 荷塘社区', '南塘路 荷塘街'),
  township('990102003', '禾西区', '望河镇', 117.302, 33.478, '望河村 河湾社区', '望河路 渡河街'),
  township('990103001', '澄湖区', '湖滨街道', 117.512, 33.401, '湖滨社区 澄波社区', '湖滨路 澄波街'),
  township('990103002', '澄湖区', '莲塘街道', 117.531, 33.388, '莲塘社区 采莲社区', '莲塘路 采莲巷'),
  township('990103003', '澄湖区', '苇港镇', 117.549, 33.411, '苇港村 芦花社区', '苇港大街 芦花路'),
  township('990104001', '松岭区', '松岗街道', 117.201, 33.622, '松岗社区 松涛社区', '松岗路 松涛街'),
  township('990104002', '松岭区', '白石镇', 117.222, 33.641, '白石村 石泉社区', '白石大街 石泉路'),
  township('990104003', '松岭区', '茶亭镇', 117.241, 33.615, '茶亭村 新茶社区', '茶亭路 采茶街'),
  township('990105001', '临江新区', '江湾街道', 117.612, 33.302, '江湾社区 望江社区 汇江社区', '江湾大道 望江路'),
  township('990105002', '临江新区', '渡口街道', 117.634, 33.291, '渡口社区 船厂社区', '渡口路 船厂街'),
  township('990105003', '临江新区', '新圩镇', 117.655, 33.311, '新圩村 圩东社区', '新圩大街 圩东路'),
  township('990106001', '安禾县', '城关镇', 117.101, 33.301, '城关社区 北门社区 南门社区', '城关大街 北门路'),
  township('990106002', '安禾县', '稻香镇', 117.122, 33.318, '稻香村 稻花社区', '稻香路 稻花街'),
  township('990106003', '安禾县', '梨园乡', 117.143, 33.295, '梨园村 梨花村', '梨园路 梨花街'),
];

export const townshipsOf = (district: string): Township[] => TOWNSHIPS.filter((one) => one.code.startsWith(district));

export interface Home {
  townshipCode: string;
  community: string;
  address: string;
  longitude: number;
  latitude: number;
}

/** A home somewhere in a township, within about a kilometre and a half of its middle. */
export function homeIn(place: Township, luck: Chance): Home {
  const community = luck.pick(place.communities);
  const house = `${luck.pick(place.streets)}${luck.whole(1, 198)}号`;
  const flat = community.endsWith('村') ? '' : `${luck.whole(1, 12)}栋${luck.whole(1, 6)}0${luck.whole(1, 4)}室`;
  return {
    townshipCode: place.code,
    community,
    address: `青禾市${place.district}${place.name}${house}${flat}`,
    longitude: round(place.lng + (luck.next() - 0.5) * 0.03),
    latitude: round(place.lat + (luck.next() - 0.5) * 0.026),
  };
}

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
