// The river and the walls: who may import whom. A rule's comment says what to do instead.
// Run: node node_modules/dependency-cruiser/bin/dependency-cruiser.mjs --config tidy/dependency-cruiser.cjs kit platform domain server web world commands bin

/** Modules in river order: a module may import those above it (to its left). The same order stands in server/modules.ts. */
const RIVER = ['ledger', 'people', 'notices', 'providers', 'workers', 'assessments', 'plans', 'visits', 'claims', 'reporting'];
const FRONT = '(index|contract|model|policy)\\.ts$';
// Tests, and what a module's tests share.
const TESTS = '\\.test\\.tsx?$|/(fixture|testing)[^/]*\\.ts$|-child\\.ts$';

const downstream = RIVER.slice(0, -1).map((module, place) => ({
  name: `river-${module}`,
  severity: 'error',
  comment: `${module} lies above ${RIVER.slice(place + 1).join(', ')} in the river and never knows them. Move the shared noun up, or record an event that the lower module lists under \`on:\`.`,
  from: { path: `^domain/${module}/`, pathNot: TESTS },
  to: { path: `^domain/(${RIVER.slice(place + 1).join('|')})/` },
}));

const frontDoors = RIVER.map((module) => ({
  name: `front-door-${module}`,
  severity: 'error',
  comment: `From outside, ${module} is entered through index.ts (acts and questions), contract.ts, model.ts or policy.ts. Export what you need from domain/${module}/index.ts.`,
  from: { path: '^(domain|web|world|commands|server|platform)/', pathNot: [`^domain/${module}/`, TESTS] },
  to: { path: `^domain/${module}/`, pathNot: [FRONT, '\\.ya?ml$', '/$'] },
}));

module.exports = {
  forbidden: [
    ...downstream,
    ...frontDoors,
    {
      name: 'no-module-outside-the-river',
      severity: 'error',
      comment: 'A folder in domain/ that is not in the river: add it to RIVER here and to server/modules.ts, at the place its nouns belong.',
      from: { path: '^domain/([^/]+)/', pathNot: `^domain/(${RIVER.join('|')})/` },
      to: {},
    },
    {
      name: 'kit-is-at-the-bottom',
      severity: 'error',
      comment: 'kit is used by the browser and by everybody: it imports nothing of the house. Move the code to platform/, or pass in what it needs.',
      from: { path: '^kit/', pathNot: TESTS },
      to: { path: '^(platform|domain|server|web|world|commands|bin|bench|tidy)/' },
    },
    {
      name: 'kit-runs-in-the-browser',
      severity: 'error',
      comment: 'kit runs in the browser too: no module of Node there. Move the code to platform/.',
      from: { path: '^kit/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      comment: 'platform is machinery that knows no care-insurance word. Let the module hand over what the platform needs (platform/module.ts).',
      from: { path: '^platform/', pathNot: TESTS },
      to: { path: '^(domain|server|web|world|commands)/' },
    },
    {
      name: 'domain-knows-no-server',
      severity: 'error',
      comment: 'A module is bound by the server, not the other way round. What it needs comes with the act.',
      from: { path: '^domain/', pathNot: TESTS },
      to: { path: '^(server|web|world|commands|bin|bench|tidy)/' },
    },
    {
      name: 'web-sees-contracts-only',
      severity: 'error',
      comment: 'The pages know a module by contract.ts and model.ts (and its words, zh.yaml and en.yaml); data comes through the API.',
      from: { path: '^web/', pathNot: [TESTS, '^web/vite\\.config'] },
      to: { path: '^domain/', pathNot: '/(contract|model)\\.ts$|/(zh|en)\\.ya?ml$' },
    },
    {
      name: 'web-runs-in-the-browser',
      severity: 'error',
      comment: 'The pages take from the platform only contracts and words; Node, the database and the server stay outside the browser.',
      from: { path: '^web/', pathNot: [TESTS, '^web/vite'] },
      to: { path: '^(platform|server|world|commands|bin|db)/', pathNot: '/contract\\.ts$|/(zh|en)\\.ya?ml$' },
    },
    {
      name: 'sql-lives-in-stores',
      severity: 'error',
      comment: 'SQL stands in the module\'s store (store.ts, store-*.ts, store/*.ts), in what does set work (import.ts, lock.ts) or in .sql files, never where the office acts or decides. Move the statement to the store under the name of its question.',
      from: { path: ['^domain/[^/]+/(index|contract|model|policy|rules|actions|jobs)(/|\\.ts$)', '^domain/[^/]+/(actions|rules|model|contract)-', '^(kit|web)/'], pathNot: TESTS },
      to: { path: 'node_modules/(kysely|pg|pg-copy-streams)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Two files need each other: move what both need into a third one.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan-import',
      severity: 'error',
      comment: 'This import leads nowhere: mend the path or delete it.',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:', '\\?(url|worker|raw)$'] },
    },
    {
      name: 'no-unlisted-package',
      severity: 'error',
      comment: 'package.json does not list this package: install it with an exact version and write down why (docs/decisions).',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      comment: 'The running program would miss this package: move it from devDependencies to dependencies, or use it only in tests.',
      from: { path: '^(kit|platform|domain|server|world)/', pathNot: [TESTS, '/test-'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      comment: 'A test is nobody\'s tool: move what is shared into a file of its own.',
      from: { pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mts', '.mjs', '.cjs', '.js', '.json', '.yaml'] },
    progress: { type: 'none' },
  },
};
