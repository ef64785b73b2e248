/** The list of public notices: who, where, which grade, until when; filters stand in the address bar. */
import { useEffect, useState } from 'react';
import type { NoticeState } from '#domain/notices/model.ts';
import { To, useFilters } from '../light/address.tsx';
import { useAsk } from '../light/ask.ts';
import { noticeRun } from '../light/day.ts';
import { ChoiceField, TextField } from '../light/fields.tsx';
import { useHouse, usePick } from '../light/house.tsx';
import { Nothing, Page, Pager, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Notice } from './api.ts';
import { api, useDistricts } from './api.ts';

const PAGE_SIZE = 20;
const STATES: readonly NoticeState[] = ['running', 'ended', 'withdrawn'];

export function Notices() {
  const say = useWords('site');
  const [search, set] = useFilters();
  // What hangs out now is what people look for; every state is asked for by `state=all`.
  const state = search['state'] === 'all' || (search['batch'] && !search['state']) ? undefined : (STATES.find((one) => one === search['state']) ?? 'running');
  const page = Math.max(1, Number(search['page']) || 1);
  const query = { district: search['district'], community: search['community'], batch: search['batch'], state, page, pageSize: PAGE_SIZE };
  const asked = useAsk(`notices ${JSON.stringify(query)}`, (signal) => api('GET /api/public/notices', { query }, { signal }));
  const filtered = Boolean(search['district'] || search['community'] || search['batch']);
  return (
    <Page title={say('notices.title')} lead={say('notices.lead')}>
      <Filters />
      {search['batch'] ? (
        <p>
          {say('notices.batch', { number: search['batch'] })}{' '}
          <button type="button" className="button" onClick={() => set({ batch: undefined })}>
            {say('filter.clear')}
          </button>
        </p>
      ) : null}
      <Show asked={asked} lines={8}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing
              more={
                filtered ? (
                  <button type="button" className="button" onClick={() => set({ district: undefined, community: undefined, batch: undefined })}>
                    {say('filter.clear')}
                  </button>
                ) : null
              }
            >
              {say(filtered ? 'notices.noneHere' : state === 'running' ? 'notices.noneNow' : 'notices.none')}
            </Nothing>
          ) : (
            <>
              <ul className="board">
                {found.rows.map((one) => (
                  <NoticeRow key={one.id} notice={one} />
                ))}
              </ul>
              <Pager total={found.total} pageSize={PAGE_SIZE} shown={found.rows.length} />
            </>
          )
        }
      </Show>
      <p>
        <To to="/receipt" className="tap">{say('receipt.title')}</To>
      </p>
    </Page>
  );
}

function Filters() {
  const say = useWords('site');
  const words = useWords('notices');
  const [search, set] = useFilters();
  const [community, setCommunity] = useState(search['community'] ?? '');
  useEffect(() => setCommunity(search['community'] ?? ''), [search['community']]);
  return (
    <form
      className="filters"
      role="search"
      aria-label={say('filter.label')}
      onSubmit={(event) => {
        event.preventDefault();
        set({ community: community.trim() });
      }}
    >
      <ChoiceField label={say('fields.district')} optional any={say('filter.allDistricts')} choices={useDistricts()} value={search['district'] ?? ''} set={(value) => set({ district: value })} />
      <TextField label={words('fields.community')} value={community} set={setCommunity} type="search" maxLength={60} optional />
      <ChoiceField
        label={words('fields.state')}
        choices={[...STATES.map((one) => ({ value: one as string, label: words(`states.${one}`) })), { value: 'all', label: say('filter.all') }]}
        value={search['state'] ?? 'running'}
        set={(value) => set({ state: value === 'running' ? undefined : value })}
      />
      <button type="submit" className="button">
        {say('filter.find')}
      </button>
    </form>
  );
}

function NoticeRow({ notice }: { notice: Notice }) {
  const say = useWords('site');
  const pick = usePick();
  return (
    <li>
      <To to={`/notices/${notice.id}`} className="board-row">
        <span className="board-who">
          {notice.maskedName === null ? <span className="small">{say('notices.nameless')}</span> : <strong>{notice.maskedName}</strong>}
          <span className="ch-number small">{notice.maskedNumber}</span>
        </span>
        <span className="board-where">
          {pick(notice.districtZh, notice.districtEn)} · {pick(notice.townshipZh, notice.townshipEn)} · {notice.community}
        </span>
        <span className="board-grade">{notice.content ? say('grade', { grade: notice.content.grade, name: pick(notice.content.gradeZh, notice.content.gradeEn) }) : null}</span>
        <Run notice={notice} />
      </To>
    </li>
  );
}

/** The days of a notice as a bar: what is over is filled, what is left is open. */
export function Run({ notice }: { notice: Notice }) {
  const say = useWords('site');
  const words = useWords('notices');
  const today = useHouse().data?.today;
  const run = today === undefined ? undefined : noticeRun(notice, today);
  const text = notice.state !== 'running' || !run ? words(`states.${notice.state}`) : run.over === 0 ? say('notices.startsLater') : run.left === 1 ? say('notices.lastDay') : say('notices.left', { days: run.left });
  return (
    <span className={`run run-${notice.state}`}>
      <span className="run-days">
        <DayText day={notice.startsOn} /> – <DayText day={notice.endsOn} />
      </span>
      {run && notice.state === 'running' ? (
        <svg className="run-bar" viewBox={`0 0 ${run.days * 10} 8`} preserveAspectRatio="none" aria-hidden="true">
          {Array.from({ length: run.days }, (_, at) => (
            <rect key={at} x={at * 10 + 0.8} y="0" width="8.4" height="8" className={at < run.over ? 'run-over' : 'run-left'} />
          ))}
        </svg>
      ) : null}
      <span className="run-text">{text}</span>
    </span>
  );
}
