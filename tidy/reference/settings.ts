/** docs/reference/settings.md: every setting of an installation. */
import { SETTINGS } from '#server/settings.ts';
import { code, page, table } from './markdown.ts';

export function settingsPage(): string {
  return page(
    '设置 · Settings',
    {
      zh: '全部设置都是环境变量；公布的数字不在这里，在 `policy/`（见 `policy-book.md`）。没有第三种设置。',
      en: 'All settings are environment variables; published figures are not here but in `policy/` (see `policy-book.md`). There is no third kind of setting.',
    },
    table(['名称 name', '缺省 default', '说明', 'about'], SETTINGS.map((one) => [code(one.name), one.unless === '' ? '' : code(one.unless), one.about.zh, one.about.en])),
  );
}
