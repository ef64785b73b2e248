/** Addresses of the office, each page in its own chunk. */
import { Outlet, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '../ui/go.tsx';
import { OfficeFrame } from './frame.tsx';
import { NotThere, PageFailed, PageLoading } from './pages/page-states.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotThere });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: OfficeFrame });

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- pages are loaded by name */
type Pages = Record<string, any>;

const page = (path: string, load: () => Promise<Pages>, name: string) => createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load, name) });
const outside = (path: string, load: () => Promise<Pages>, name: string) => createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, name) });

const people = () => import('./pages/people.tsx');
const personRecord = () => import('./pages/person.tsx');
const home = () => import('./pages/home.tsx');
const access = () => import('./pages/access.tsx');

const tree = root.addChildren([
  outside('/activate', access, 'ActivatePage'),
  inside.addChildren([
    page('/', home, 'HomePage'),
    page('/people', people, 'PeoplePage'),
    page('/people/$id', personRecord, 'PersonPage'),
  ]),
]);

export function officeRouter() {
  return createRouter({
    routeTree: tree,
    basepath: '/office',
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotThere,
    scrollRestoration: true,
  });
}
