/** The designated institutions of the fictional city, with valid fictional credit codes. */
import { creditCodeFor } from '#kit/credit-code.ts';
import { idOf } from './chance.ts';

export type InstitutionKind = 'assessment' | 'homeCare' | 'careHome' | 'individualCarers';

export interface Institution {
  key: string;
  id: string;
  district: string;
  code: string;
  name: string;
  kind: InstitutionKind;
  creditCode: string;
  address: string;
  phone: string;
  longitude: number;
  latitude: number;
  capacity: number | null;
  /** Share of the city's price that a home-care institution has filed, per cent. */
  filedPercent: number | null;
}

/** Agreements of all institutions began with the programme. */
export const AGREEMENT_FROM = '2024-01-01';
export const REGISTERED_AT = new Date('2023-12-20T02:00:00Z');

type Row = [key: string, kind: InstitutionKind, name: string, address: string, lng: number, lat: number, capacity: number | null, filedPercent: number | null];

const ROWS: readonly Row[] = [
  ['assess-01', 'assessment', '青禾同心失能评估中心', '禾东区槐荫路18号', 117.414, 33.51, null, null],
  ['home-01', 'homeCare', '禾东康宁居家护理服务中心', '禾东区石桥路6号', 117.43, 33.5, null, 100],
  ['home-01b', 'homeCare', '青禾春晖护理站', '禾东区文昌街33号', 117.418, 33.515, null, 92],
  ['care-01', 'careHome', '青禾和安养老院', '禾东区云麓大街101号', 117.449, 33.52, 180, null],
  ['individual-01', 'individualCarers', '禾东区居家个人护理登记站', '禾东区书院街2号', 117.433, 33.497, null, null],
  ['assess-02', 'assessment', '禾西区衡正失能评估所', '禾西区柳溪路40号', 117.322, 33.507, null, null],
  ['assess-03', 'assessment', '澄湖区清源失能评估所', '澄湖区湖滨路9号', 117.513, 33.4, null, null],
  ['home-03', 'homeCare', '澄湖暖阳居家护理站', '澄湖区莲塘路27号', 117.529, 33.39, null, 100],
  ['care-03', 'careHome', '澄湖颐年护理院', '澄湖区苇港大街15号', 117.546, 33.409, 120, null],
  ['individual-03', 'individualCarers', '澄湖区居家个人护理登记站', '澄湖区澄波街5号', 117.511, 33.402, null, null],
  ['assess-04', 'assessment', '松岭区明鉴失能评估所', '松岭区松岗路12号', 117.203, 33.621, null, null],
  ['home-04', 'homeCare', '松岭青松居家护理服务中心', '松岭区白石大街48号', 117.22, 33.639, null, 96],
  ['care-04', 'careHome', '松岭夕照养护院', '松岭区茶亭路77号', 117.239, 33.616, 100, null],
  ['individual-04', 'individualCarers', '松岭区居家个人护理登记站', '松岭区松涛街3号', 117.2, 33.623, null, null],
  ['assess-05', 'assessment', '临江新区公衡失能评估所', '临江新区江湾大道200号', 117.613, 33.301, null, null],
  ['home-05', 'homeCare', '临江安心居家护理站', '临江新区望江路16号', 117.611, 33.304, null, 100],
  ['home-05b', 'homeCare', '临江惠民护理站', '临江新区渡口路8号', 117.632, 33.292, null, 90],
  ['care-05', 'careHome', '临江福满护理院', '临江新区圩东路60号', 117.653, 33.309, 150, null],
  ['individual-05', 'individualCarers', '临江新区居家个人护理登记站', '临江新区船厂街11号', 117.635, 33.29, null, null],
  ['assess-06', 'assessment', '安禾县平准失能评估所', '安禾县北门路7号', 117.103, 33.302, null, null],
  ['home-06', 'homeCare', '安禾稻香居家护理站', '安禾县稻香路19号', 117.12, 33.317, null, 95],
  ['care-06', 'careHome', '安禾县福利养护中心', '安禾县梨园路4号', 117.141, 33.296, 90, null],
  ['individual-06', 'individualCarers', '安禾县居家个人护理登记站', '安禾县城关大街1号', 117.1, 33.3, null, null],
  ['assess-01b', 'assessment', '禾东安评失能评估所', '禾东区桥南巷22号', 117.432, 33.499, null, null],
];

const LETTER: Record<InstitutionKind, string> = { assessment: 'A', homeCare: 'H', careHome: 'C', individualCarers: 'I' };
/** 91 an enterprise, 52 a private non-enterprise unit, 12 a public institution. */
const REGISTRATION: Record<InstitutionKind, string> = { assessment: '52', homeCare: '91', careHome: '52', individualCarers: '12' };

function made([key, kind, name, address, longitude, latitude, capacity, filedPercent]: Row, index: number): Institution {
  const district = `9901${key.split('-')[1]!.slice(0, 2)}`;
  return {
    key, district, kind, name, longitude, latitude, capacity, filedPercent,
    id: idOf(`institution ${key}`, new Date(REGISTERED_AT.getTime() + index * 60_000)),
    code: `${LETTER[kind]}-${district}-${key.endsWith('b') ? '02' : '01'}`,
    creditCode: creditCodeFor(district, 2301 + index * 17, REGISTRATION[kind]),
    address: `青禾市${address}`,
    phone: `0990-88${String(20100 + index * 31)}`,
  };
}

export const INSTITUTIONS: readonly Institution[] = ROWS.map(made);

const byKey = new Map(INSTITUTIONS.map((one) => [one.key, one]));

/** An institution by its key, e.g. `home-01`. */
export function institution(key: string): Institution {
  const found = byKey.get(key);
  if (!found) throw new Error(`the world has no institution ${key}`);
  return found;
}

export const institutionsOf = (district: string, kind: InstitutionKind): Institution[] => INSTITUTIONS.filter((one) => one.district === district && one.kind === kind);
