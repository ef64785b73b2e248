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

const pages = {
  access: () => import('./pages/access.tsx'),
  application: () => import('./pages/application.tsx'),
  applications: () => import('./pages/applications.tsx'),
  assessorLists: () => import('./pages/assessor-lists.tsx'),
  closes: () => import('./pages/closes.tsx'),
  conclusions: () => import('./pages/conclusions.tsx'),
  confirmation: () => import('./pages/confirmation.tsx'),
  deliveries: () => import('./pages/deliveries.tsx'),
  expiry: () => import('./pages/expiry.tsx'),
  explanation: () => import('./pages/explanation.tsx'),
  findings: () => import('./pages/findings.tsx'),
  home: () => import('./pages/home.tsx'),
  insurerCheck: () => import('./pages/insurer-check.tsx'),
  intakes: () => import('./pages/intakes.tsx'),
  ledger: () => import('./pages/ledger.tsx'),
  noticeBatches: () => import('./pages/notice-batches.tsx'),
  notices: () => import('./pages/notices.tsx'),
  overview: () => import('./pages/overview.tsx'),
  people: () => import('./pages/people.tsx'),
  person: () => import('./pages/person.tsx'),
  personMoney: () => import('./pages/person-money.tsx'),
  plan: () => import('./pages/plan.tsx'),
  planNew: () => import('./pages/plan-new.tsx'),
  plans: () => import('./pages/plans.tsx'),
  policy: () => import('./pages/policy.tsx'),
  providers: () => import('./pages/providers.tsx'),
  returns: () => import('./pages/returns.tsx'),
  scaleEntry: () => import('./pages/scale-entry.tsx'),
  scaleTrial: () => import('./pages/scale-trial.tsx'),
  statement: () => import('./pages/statement.tsx'),
  suspensions: () => import('./pages/suspensions.tsx'),
  statements: () => import('./pages/statements.tsx'),
  visits: () => import('./pages/visits.tsx'),
};

const tree = root.addChildren([
  outside('/activate', pages.access, 'ActivatePage'),
  inside.addChildren([
    page('/', pages.home, 'HomePage'),
    page('/overview', pages.overview, 'OverviewPage'),
    page('/people', pages.people, 'PeoplePage'),
    page('/people/$id', pages.person, 'PersonPage'),
    page('/people/$id/lines', pages.personMoney, 'PersonLinesPage'),
    page('/applications', pages.applications, 'ApplicationsPage'),
    page('/applications/$id', pages.application, 'ApplicationPage'),
    page('/assess', pages.assessorLists, 'WorkPage'),
    page('/assess/$id', pages.scaleEntry, 'ScaleEntryPage'),
    page('/confirmations', pages.assessorLists, 'ConfirmationsPage'),
    page('/confirmations/$id', pages.confirmation, 'ConfirmationPage'),
    page('/checks', pages.insurerCheck, 'ChecksPage'),
    page('/checks/$id', pages.insurerCheck, 'CheckPage'),
    page('/returns', pages.returns, 'ReturnsPage'),
    page('/notices', pages.notices, 'NoticesPage'),
    page('/notices/$id', pages.notices, 'NoticePage'),
    page('/notice-batches', pages.noticeBatches, 'NoticeBatchesPage'),
    page('/notice-batches/$id', pages.noticeBatches, 'NoticeBatchPage'),
    page('/conclusions', pages.conclusions, 'ConclusionsPage'),
    page('/conclusions/$id', pages.conclusions, 'ConclusionPage'),
    page('/deliveries', pages.deliveries, 'DeliveriesPage'),
    page('/expiry', pages.expiry, 'ExpiryPage'),
    page('/suspensions', pages.suspensions, 'SuspensionsPage'),
    page('/suspensions/$id', pages.suspensions, 'SuspensionPage'),
    page('/plans', pages.plans, 'PlansPage'),
    page('/plans/new', pages.planNew, 'PlanNewPage'),
    page('/plans/$id', pages.plan, 'PlanPage'),
    page('/visits', pages.visits, 'VisitsPage'),
    page('/visits/$id', pages.visits, 'VisitPage'),
    page('/intakes', pages.intakes, 'IntakesPage'),
    page('/institutions', pages.providers, 'InstitutionsPage'),
    page('/institutions/$id', pages.providers, 'InstitutionPage'),
    page('/workers', pages.providers, 'WorkersPage'),
    page('/closes', pages.closes, 'ClosesPage'),
    page('/closes/$district/$month', pages.closes, 'ClosePage'),
    page('/statements', pages.statements, 'StatementsPage'),
    page('/statements/$id', pages.statement, 'StatementPage'),
    page('/findings', pages.findings, 'FindingsPage'),
    page('/knowledge', pages.findings, 'KnowledgePage'),
    page('/ledger', pages.ledger, 'LedgerPage'),
    page('/ledger/postings/$id', pages.ledger, 'PostingPage'),
    page('/policy', pages.policy, 'PolicyPage'),
    page('/policy/$name', pages.policy, 'PolicyNamePage'),
    page('/scale-trials', pages.scaleTrial, 'ScaleTrialsPage'),
    page('/scale-trials/$id', pages.scaleTrial, 'ScaleTrialPage'),
    page('/sources', pages.policy, 'SourcesPage'),
    page('/explanations/$id', pages.explanation, 'ExplanationPage'),
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
