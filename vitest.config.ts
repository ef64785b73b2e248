import { defineConfig } from 'vitest/config';

const FOLDERS = ['kit', 'platform', 'domain', 'server', 'world', 'tidy', 'bench', 'web', 'bin', 'commands'];

export default defineConfig({
  test: {
    environment: 'node',
    include: FOLDERS.flatMap((folder) => [`${folder}/**/*.test.ts`, `${folder}/**/*.test.tsx`]),
    exclude: ['**/node_modules/**', 'journeys/**', 'dist/**'],
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['./platform/db/test-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
