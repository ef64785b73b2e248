/** Builds the portals into dist/web: the public page, the office, the family page and the assessor's phone, with shared assets. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { parse } from 'yaml';
import { finishAssessorPortal } from './offline-build.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const OUT = at('../dist/web');
const PORTALS = { public: 'public/index.html', office: 'office/index.html', family: 'family/index.html', assessor: 'assessor/index.html' };

/** Sections of a module's words that only the server says (their sentences come ready made), or that only the other readers need. */
const LEFT_OUT: Record<string, string[]> = {
  staff: ['headlines', 'events', 'plain'],
  family: ['headlines', 'events', 'refusals', 'reasons'],
  public: ['headlines', 'events', 'refusals', 'reasons', 'plain'],
  assessor: ['headlines', 'events', 'refusals', 'reasons', 'plain', 'fields', 'facts', 'without', 'acts', 'nextSteps', 'states'],
};

/** A .yaml of words becomes a module whose default export is the tree; `?staff`, `?family`, `?public` and `?assessor` leave out what those readers do not need. */
function words(): Plugin {
  return {
    name: 'changhu-words',
    transform(text, id) {
      const [file, query] = id.split('?') as [string, string | undefined];
      if (!file.endsWith('.yaml')) return null;
      const tree = (parse(text) ?? {}) as Record<string, unknown>;
      const readers = Object.keys(LEFT_OUT).find((one) => new URLSearchParams(query).has(one));
      for (const section of readers === undefined ? [] : LEFT_OUT[readers]!) delete tree[section];
      return { code: `export default ${JSON.stringify(tree)};`, map: null, moduleType: 'js' };
    },
  };
}

/** The public page stands at the root of the site. */
function publicAtRoot(): Plugin {
  return {
    name: 'changhu-public-at-root',
    apply: 'build',
    closeBundle() {
      if (!existsSync(`${OUT}/public/index.html`)) return;
      renameSync(`${OUT}/public/index.html`, `${OUT}/index.html`);
      rmSync(`${OUT}/public`, { recursive: true });
    },
  };
}

/** The assessor's portal stands under /assess, with the worker that lets it open without network. */
function assessorOffline(): Plugin {
  return {
    name: 'changhu-assessor-offline',
    apply: 'build',
    closeBundle() {
      if (existsSync(`${OUT}/assessor/index.html`)) finishAssessorPortal(OUT);
    },
  };
}

/** The first letters of an address, and the page of that portal. */
const PAGE_OF: [prefix: string, page: string][] = [['/office', '/office/index.html'], ['/family', '/family/index.html'], ['/assess', '/assessor/index.html']];

/** The development server answers every address of a portal with that portal's page, as the real server does. */
function portalAddresses(): Plugin {
  return {
    name: 'changhu-portal-addresses',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '/').split('?')[0]!;
        const page = request.headers.accept?.includes('text/html') && !path.startsWith('/api/');
        if (page) request.url = PAGE_OF.find(([prefix]) => path.startsWith(prefix))?.[1] ?? '/public/index.html';
        next();
      });
    },
  };
}

const api = process.env['API_URL'] ?? 'http://localhost:8080';

export default defineConfig({
  root: at('.'),
  publicDir: false,
  appType: 'mpa',
  plugins: [words(), react(), publicAtRoot(), assessorOffline(), portalAddresses()],
  server: { proxy: { '/api': { target: api } }, fs: { allow: [at('..')] } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: Object.fromEntries(Object.entries(PORTALS).filter(([, page]) => existsSync(at(page))).map(([name, page]) => [name, at(page)])) },
  },
});
