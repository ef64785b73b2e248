/** The frame of a portal for staff: menu at the left, who and where at the top, the page in the middle. */
import { BulbOutlined, FontSizeOutlined, LogoutOutlined, MenuOutlined, TranslationOutlined } from '@ant-design/icons';
import { Button, Drawer, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { setPreferences, usePreferences } from './preferences.ts';
import { useSession, useSignOut } from './session.ts';
import { changeLang, useWords } from './words.ts';

/** `menu` draws the entries; on a narrow screen they stand in a drawer and are told how to close it. */
export function Shell({ menu, place, children }: { menu: (gone?: () => void) => ReactNode; place: string; children: ReactNode }) {
  const say = useWords('ui');
  const [open, setOpen] = useState(false);
  const wide = useWide();
  return (
    <div className="ch-shell">
      <a className="ch-skip" href="#main">
        {say('shell.skip')}
      </a>
      <header className="ch-bar">
        {wide ? null : <Button className="ch-bar-menu" type="text" icon={<MenuOutlined aria-hidden />} aria-label={say('shell.menu')} aria-expanded={open} onClick={() => setOpen(true)} />}
        <Brand place={place} />
        <Person />
        <Switches />
      </header>
      {wide ? (
        <nav className="ch-side" aria-label={say('shell.menu')}>
          {menu()}
        </nav>
      ) : (
        <Drawer open={open} placement="left" size={288} onClose={() => setOpen(false)} title={say('product')} styles={{ body: { padding: 8 } }}>
          <nav aria-label={say('shell.menu')}>{menu(() => setOpen(false))}</nav>
        </Drawer>
      )}
      <Main>{children}</Main>
    </div>
  );
}

/** The page; who came to it by a link goes on reading from its beginning, also by keyboard and by ear. */
function Main({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current !== pathname) main.current?.focus({ preventScroll: true });
    before.current = pathname;
  }, [pathname]);
  return (
    <main id="main" ref={main} className="ch-main" tabIndex={-1}>
      {children}
    </main>
  );
}

const wideScreen = (): MediaQueryList => window.matchMedia('(min-width: 901px)');

/** Room for the menu beside the page (the same width as in staff.css). */
function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => (wideScreen().addEventListener('change', listener), () => wideScreen().removeEventListener('change', listener)),
    () => wideScreen().matches,
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
  const queries = useQueryClient();
  const signOut = useSignOut();
  // What the server worded, refusals above all, is asked for again in the other language.
  const change = async () => {
    await changeLang(lang === 'zh' ? 'en' : 'zh');
    await queries.invalidateQueries();
  };
  return (
    <div className="ch-switches">
      <Button type="text" icon={<TranslationOutlined aria-hidden />} title={say('shell.otherLanguageHint')} lang={lang === 'zh' ? 'en' : 'zh-CN'} onClick={() => void change()}>
        {lang === 'zh' ? 'English' : '中文'}
      </Button>
      <Tooltip title={say('shell.large')}>
        <Button type="text" icon={<FontSizeOutlined aria-hidden />} aria-label={say('shell.large')} aria-pressed={large} onClick={() => setPreferences({ large: !large })} />
      </Tooltip>
      <Tooltip title={say(dark ? 'shell.light' : 'shell.dark')}>
        <Button type="text" icon={<BulbOutlined aria-hidden />} aria-label={say(dark ? 'shell.light' : 'shell.dark')} aria-pressed={dark} onClick={() => setPreferences({ dark: !dark })} />
      </Tooltip>
      {signedIn ? (
        <Tooltip title={say('shell.signOut')}>
          <Button type="text" icon={<LogoutOutlined aria-hidden />} aria-label={say('shell.signOut')} onClick={() => void signOut()} />
        </Tooltip>
      ) : null}
    </div>
  );
}
