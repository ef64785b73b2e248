/** The frame of a portal for staff: menu at the left, who and where at the top, the page in the middle. */
import { BulbOutlined, FontSizeOutlined, LogoutOutlined, MenuOutlined, TranslationOutlined } from '@ant-design/icons';
import { Button, Drawer, Menu, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from '@tanstack/react-router';
import { useGo } from './go.tsx';
import { setPreferences, usePreferences } from './preferences.ts';
import { useSession, useSignOut } from './session.ts';
import { changeLang, useWords } from './words.ts';

export interface MenuEntry {
  to: string;
  label: string;
  icon: ReactNode;
}

export interface MenuGroup {
  label: string;
  entries: readonly MenuEntry[];
}

export function Shell({ menu, place, children }: { menu: readonly MenuGroup[]; place: string; children: ReactNode }) {
  const say = useWords('ui');
  const [open, setOpen] = useState(false);
  return (
    <div className="ch-shell">
      <a className="ch-skip" href="#main">
        {say('shell.skip')}
      </a>
      <header className="ch-bar">
        <Button className="ch-bar-menu" type="text" icon={<MenuOutlined />} aria-label={say('shell.menu')} onClick={() => setOpen(true)} />
        <Brand place={place} />
        <Person />
        <Switches />
      </header>
      <nav className="ch-side" aria-label={say('shell.menu')}>
        <SideMenu menu={menu} />
      </nav>
      <Drawer open={open} placement="left" size={264} onClose={() => setOpen(false)} title={say('product')} styles={{ body: { padding: 8 } }}>
        <SideMenu menu={menu} gone={() => setOpen(false)} />
      </Drawer>
      <main id="main" className="ch-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Brand({ place }: { place: string }) {
  const say = useWords('ui');
  return (
    <div className="ch-brand">
      <span className="ch-brand-mark" aria-hidden>
        护
      </span>
      <span className="ch-brand-name">{say('product')}</span>
      <span className="ch-brand-place">{place}</span>
    </div>
  );
}

function Person() {
  const { lang } = usePreferences();
  const session = useSession().data?.session;
  if (!session) return <span className="ch-person" />;
  return (
    <div className="ch-person">
      <strong>{session.displayName}</strong>
      <span className="ch-muted">{session.institutionName ? `${session.institutionName} · ` : ''}{session.roleName[lang]}</span>
    </div>
  );
}

/** Language, large type, light or dark, and the way out. */
export function Switches({ signedIn = true }: { signedIn?: boolean }) {
  const say = useWords('ui');
  const { lang, dark, large } = usePreferences();
  const signOut = useSignOut();
  return (
    <div className="ch-switches">
      <Button type="text" icon={<TranslationOutlined />} aria-label={say('shell.otherLanguageHint')} onClick={() => void changeLang(lang === 'zh' ? 'en' : 'zh')}>
        {lang === 'zh' ? 'English' : '中文'}
      </Button>
      <Tooltip title={say('shell.large')}>
        <Button type="text" icon={<FontSizeOutlined />} aria-label={say('shell.large')} aria-pressed={large} onClick={() => setPreferences({ large: !large })} />
      </Tooltip>
      <Tooltip title={say(dark ? 'shell.light' : 'shell.dark')}>
        <Button type="text" icon={<BulbOutlined />} aria-label={say(dark ? 'shell.light' : 'shell.dark')} aria-pressed={dark} onClick={() => setPreferences({ dark: !dark })} />
      </Tooltip>
      {signedIn ? (
        <Tooltip title={say('shell.signOut')}>
          <Button type="text" icon={<LogoutOutlined />} aria-label={say('shell.signOut')} onClick={() => void signOut()} />
        </Tooltip>
      ) : null}
    </div>
  );
}

function SideMenu({ menu, gone }: { menu: readonly MenuGroup[]; gone?: () => void }) {
  const go = useGo();
  const { pathname } = useLocation();
  const entries = menu.flatMap((group) => group.entries);
  const here = entries.filter((one) => pathname === one.to || pathname.startsWith(one.to === '/' ? '//' : `${one.to}/`)).sort((a, b) => b.to.length - a.to.length)[0];
  const menuBox = useRef<HTMLDivElement>(null);
  // A long menu shows the place where one is.
  useEffect(() => menuBox.current?.querySelector('.ant-menu-item-selected')?.scrollIntoView({ block: 'nearest' }), [here?.to]);
  return (
    <div ref={menuBox}>
      <Menu
        mode="inline"
        inlineIndent={12}
        selectedKeys={here ? [here.to] : []}
        style={{ borderInlineEnd: 'none', background: 'transparent' }}
        onClick={({ key }) => {
          go(key);
          gone?.();
        }}
        items={menu.map((group) => ({ type: 'group' as const, key: group.label, label: group.label, children: group.entries.map((one) => ({ key: one.to, icon: one.icon, label: one.label })) }))}
      />
    </div>
  );
}
