/** The menu of a desk: links in groups. A long menu folds its groups; the one where the person is stays open, and so do those they opened. */
import { CaretRightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useLocation } from '@tanstack/react-router';
import { Go } from './go.tsx';

export interface MenuEntry {
  to: string;
  label: string;
  icon: ReactNode;
  /** How many wait behind the entry; `says` names what is counted. */
  count?: { n: number; late: boolean; says: string } | undefined;
}

export interface MenuGroup {
  label: string;
  entries: readonly MenuEntry[];
}

/** As many entries stand on one screen without looking for them. */
const CALM = 14;
const KEY = 'changhu.menu';

/** Groups that the person opened on this machine. */
function heldOpen(): string[] {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[]).filter((one) => typeof one === 'string');
  } catch {
    // A browser that forbids storage, or text that somebody else put there: nothing was opened.
    return [];
  }
}

function holdOpen(open: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(open));
  } catch {
    // Without storage the choice holds until the page is left.
  }
}

/** The first group never folds. `gone`: told when the person chose an entry. */
export function SideMenu({ menu, gone }: { menu: readonly MenuGroup[]; gone?: (() => void) | undefined }) {
  const { pathname } = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(heldOpen);
  const [shut, setShut] = useState<string>();
  const entries = menu.flatMap((group) => group.entries);
  const here = entries.filter((one) => pathname === one.to || pathname.startsWith(one.to === '/' ? '//' : `${one.to}/`)).sort((a, b) => b.to.length - a.to.length)[0]?.to;
  const folds = entries.length > CALM;
  // A long menu shows the place where one is, and opens its group again.
  useEffect(() => {
    setShut(undefined);
    box.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [here]);
  const isOpen = (group: MenuGroup) => (group.entries.some((one) => one.to === here) ? shut !== group.label : open.includes(group.label));
  const toggle = (group: MenuGroup) => {
    const next = isOpen(group) ? open.filter((one) => one !== group.label) : [...open, group.label];
    setShut(isOpen(group) ? group.label : undefined);
    setOpen(next);
    holdOpen(next);
  };
  return (
    <div ref={box} className="ch-menu">
      {menu.map((group, at) => (
        <Group key={group.label} group={group} here={here} gone={gone} {...(folds && at > 0 ? { open: isOpen(group), toggle: () => toggle(group) } : {})} />
      ))}
    </div>
  );
}

/** With `toggle` the head of the group is a button that folds it. */
function Group({ group, here, gone, open = true, toggle }: { group: MenuGroup; here: string | undefined; gone: (() => void) | undefined; open?: boolean; toggle?: () => void }) {
  const id = useId();
  const late = group.entries.reduce((sum, one) => sum + (one.count?.late ? one.count.n : 0), 0);
  return (
    <>
      {toggle ? (
        <button type="button" id={id} className="ch-menu-head" aria-expanded={open} onClick={toggle}>
          <CaretRightOutlined aria-hidden className="ch-menu-caret" />
          <span>{group.label}</span>
          {!open && late > 0 ? <span className="ch-menu-count ch-menu-late">{late}</span> : null}
        </button>
      ) : (
        <span id={id} className="ch-menu-head">{group.label}</span>
      )}
      {open ? (
        <ul aria-labelledby={id}>
          {group.entries.map((one) => (
            <li key={one.to} onClick={gone}>
              <Go to={one.to} className="ch-menu-entry" current={one.to === here}>
                <span className="ch-menu-icon" aria-hidden>{one.icon}</span>
                <span className="ch-menu-name">{one.label}</span>
                {one.count ? <span className={`ch-menu-count${one.count.late ? ' ch-menu-late' : ''}`} title={one.count.says}>{one.count.n > 999 ? '999+' : one.count.n}</span> : null}
              </Go>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
