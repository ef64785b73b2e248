/** The office's frame: an outsider signs in here; everybody else gets the menu of the own desk. */
import { Suspense, lazy } from 'react';
import { Outlet } from '@tanstack/react-router';
import { usePreferences } from '../ui/preferences.ts';
import { useSession } from '../ui/session.ts';
import { Shell } from '../ui/shell.tsx';
import { OfficeMenu } from './menu.tsx';
import { PageFailed, PageLoading } from './pages/page-states.tsx';
import { useAreas } from './areas.ts';

const SignInPage = lazy(() => import('./pages/access.tsx').then((one) => ({ default: one.SignInPage })));

export function OfficeFrame() {
  const { lang } = usePreferences();
  const asked = useSession();
  if (asked.error && !asked.data) return <main className="ch-main"><PageFailed error={asked.error} reset={() => void asked.refetch()} /></main>;
  if (!asked.data) return <main className="ch-main"><PageLoading /></main>;
  if (!asked.data.session) {
    return (
      <Suspense fallback={null}>
        <SignInPage city={asked.data.city[lang]} demo={asked.data.demo} />
      </Suspense>
    );
  }
  return <Inside />;
}

function Inside() {
  const { lang } = usePreferences();
  const { data } = useSession();
  const areas = useAreas();
  const area = data?.session?.area;
  const place = [data?.city[lang], area && area !== data?.city.code ? areas.name(area) : undefined].filter(Boolean).join(' · ');
  return (
    <Shell menu={(gone) => <OfficeMenu gone={gone} />} place={place}>
      <Suspense fallback={<PageLoading />}>
        <Outlet />
      </Suspense>
    </Shell>
  );
}
