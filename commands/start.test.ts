/** What `npm start` refuses before it touches a database. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from './start.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function said(env: Record<string, string>): Promise<{ code: number; text: string }> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const code = await run([]);
  return { code, text: write.mock.calls.map(([text]) => String(text)).join('') };
}

test('a mistyped WORLD is told with what it may be, so that nobody gets the demo city over real people by a capital letter', async () => {
  expect(await said({ WORLD: 'None' })).toEqual({ code: 1, text: expect.stringMatching(/WORLD 只能是 demo（演示城市）或 none（空库），现在是“None”[\s\S]*not "None"/) });
});

test('a limit of requests that is no number is told', async () => {
  for (const PUBLIC_PER_MIN of ['0', 'many', '-3']) expect(await said({ PUBLIC_PER_MIN })).toEqual({ code: 1, text: expect.stringContaining(PUBLIC_PER_MIN) });
});

test('a port that is no port, or is taken, is told', async () => {
  for (const PORT of ['http', '0', '70000', '80.5']) expect(await said({ PORT })).toEqual({ code: 1, text: expect.stringContaining(PORT) });
  const taken = createServer().listen(0, '0.0.0.0');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  expect(await said({ PORT: String(port) })).toEqual({ code: 1, text: expect.stringMatching(new RegExp(`端口 ${port} 已被占用[\\s\\S]*Port ${port} is in use`)) });
  await new Promise((resolve) => taken.close(resolve));
});
