/** Every setting of an installation, in one table: name, what happens without it, what it is for. The documents print this table. */
import { resolve } from 'node:path';
import type { Bilingual } from '#kit/contract.ts';

export interface Setting {
  name: string;
  unless: string;
  about: Bilingual;
}

export const SETTINGS: readonly Setting[] = [
  { name: 'PORT', unless: '8080', about: { zh: '网页和接口的端口', en: 'Port of the pages and the API' } },
  { name: 'HOST', unless: '0.0.0.0', about: { zh: '监听的网卡地址', en: 'Address to listen on' } },
  { name: 'DATA_DIR', unless: '.data', about: { zh: '内置数据库的数据目录', en: 'Data folder of the embedded database' } },
  { name: 'FILES_DIR', unless: 'DATA_DIR/files', about: { zh: '材料、照片和录像的存放目录（与数据库一起备份）', en: 'Folder of papers, photographs and videos; backed up with the database' } },
  { name: 'DATABASE_URL', unless: '', about: { zh: '外部 PostgreSQL（15 及以上）的连接串，设置后不用内置数据库', en: 'An own PostgreSQL (15 or newer) instead of the embedded one' } },
  { name: 'APP_DATABASE_URL', unless: '', about: { zh: '应用角色自己的登录连接串（角色须属于 changhu_app）', en: "The app role's own login, a member of changhu_app; otherwise the owner's login takes the role on" } },
  { name: 'CITY', unless: 'qinghe', about: { zh: '使用哪个城市的政策包（policy/cities 下的目录名）', en: 'Which city pack to run (a folder of policy/cities)' } },
  { name: 'WORLD', unless: 'demo', about: { zh: 'demo 载入虚构的青禾市；none 为空库，首位管理员用一次性链接', en: 'demo loads the fictional city; none starts empty and prints a one-time link for the first officer' } },
  { name: 'PUBLIC_URL', unless: 'http://localhost:PORT', about: { zh: '对外网址，印在结论书二维码里', en: 'Address that people reach, printed in the letters’ QR codes' } },
  { name: 'SECURE_COOKIE', unless: 'false', about: { zh: '经 https 反向代理提供服务时设为 true', en: 'true behind a reverse proxy that speaks https' } },
  { name: 'PUBLIC_PER_MIN', unless: '300', about: { zh: '同一地址每分钟可访问每个免登录接口的次数', en: 'How often one address may ask each endpoint without sign-in within a minute' } },
  { name: 'FONT_DIR', unless: '', about: { zh: '本单位自有字体的目录，补充生僻字', en: 'Folder with own fonts, for characters the shipped font lacks' } },
  { name: 'TRUST_PROXY', unless: '', about: { zh: '可信反向代理的地址（逗号分隔），其转发头才被采信', en: 'Addresses of reverse proxies whose forwarded headers are believed, separated by commas' } },
  { name: 'LOG_LEVEL', unless: 'warn', about: { zh: '日志级别：info、warn、error、silent', en: 'info, warn, error or silent' } },
];

/** A setting's value from the environment, or its default. */
export function setting(name: string): string {
  const known = SETTINGS.find((one) => one.name === name);
  if (!known) throw new Error(`there is no setting ${name}`);
  return process.env[name] || known.unless;
}

/** Folder of the vault: FILES_DIR, else `files` in the data folder; a relative one lies in the project. */
export function filesDir(): string {
  const data = setting('DATA_DIR');
  return resolve(import.meta.dirname, '..', setting('FILES_DIR').replace('DATA_DIR', data));
}
