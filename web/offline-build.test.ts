/** The worker keeps what its portal can ever ask for, and nothing of the other portals. */
import { describe, expect, test } from 'vitest';
import { filesOf, workerText } from './offline-build.ts';

const MANIFEST = {
  'assessor/index.html': { file: 'assets/assessor-1.js', css: ['assets/assessor-1.css'], imports: ['_shared.js'], dynamicImports: ['assessor/words-en.ts'] },
  'assessor/words-en.ts': { file: 'assets/words-en-1.js', imports: ['_shared.js'] },
  '_shared.js': { file: 'assets/shared-1.js', css: ['assets/base-1.css'], imports: ['_shared.js'] },
  'office/index.html': { file: 'assets/office-1.js', imports: ['_shared.js', '_antd.js'] },
  '_antd.js': { file: 'assets/antd-1.js' },
};

describe('the worker of the assessor\'s portal', () => {
  test('keeps scripts, styles and the words of the other language, and nothing of the office', () => {
    expect(filesOf(MANIFEST, 'assessor/index.html')).toEqual(['assets/assessor-1.css', 'assets/assessor-1.js', 'assets/base-1.css', 'assets/shared-1.js', 'assets/words-en-1.js']);
  });

  test('has a new version when the page, a file or its own text changes, and the same one otherwise', () => {
    const versionOf = (...parts: Parameters<typeof workerText>) => /VERSION = "(\w+)"/.exec(workerText(...parts))![1];
    const versions = [versionOf('page', ['a.js'], 'text'), versionOf('page', ['b.js'], 'text'), versionOf('page 2', ['a.js'], 'text'), versionOf('page', ['a.js'], 'text 2')];
    expect(new Set(versions).size).toBe(4);
    expect(versionOf('page', ['a.js'], 'text')).toBe(versions[0]);
  });

  test('is not made where the build lacks a part', () => {
    expect(() => filesOf({ 'assessor/index.html': { file: 'a.js', imports: ['_gone.js'] } }, 'assessor/index.html')).toThrow('the build has no _gone.js');
  });
});
