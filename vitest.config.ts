import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

const FOLDERS = ['kit', 'platform', 'domain', 'server', 'world', 'tidy', 'bench', 'web', 'bin', 'commands'];

/**
 * The longest first, so that none is left over for one worker at the end. The first of them loads the fictional city,
 * which the others under world/ then find ready.
 */
const FIRST = ['server/scope.test.ts', 'domain/assessments/onsite/storm.test.ts', 'domain/assessments/onsite/kill.test.ts', 'domain/assessments/materials/materials.test.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification): number => {
      const at = FIRST.findIndex((name) => file.moduleId.endsWith(`/${name}`));
      return at < 0 ? FIRST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: FOLDERS.flatMap((folder) => [`${folder}/**/*.test.ts`, `${folder}/**/*.test.tsx`]),
    exclude: ['**/node_modules/**', 'journeys/**', 'dist/**'],
    pool: 'forks',
    // One process for many files: the program is read and warmed up twice and not a hundred times. A file opens its own house on its own database.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    setupFiles: ['./tidy/seed.ts'],
    globalSetup: ['./platform/db/test-server.ts'],
    // A test that hangs is told; one on a slow or busy machine is not.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
