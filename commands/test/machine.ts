/** What the tests need from the machine besides Node: a browser, a Chinese font, and hledger; from Debian. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Say } from '#platform/db/embedded.ts';

interface Need {
  /** Debian's package. */
  name: string;
  there(): boolean;
}

const NEEDS: Need[] = [
  { name: 'chromium', there: () => process.env['CHROMIUM'] !== undefined || onPath('chromium') || onPath('chromium-browser') },
  { name: 'fonts-noto-cjk', there: chineseFont },
  { name: 'hledger', there: () => onPath('hledger') },
];

/** Installs what is missing where it may (root on Debian); otherwise says what to install. True when all is there. */
export async function ensureMachine(say: Say): Promise<boolean> {
  const missing = NEEDS.filter((need) => !need.there()).map((need) => need.name);
  if (missing.length === 0) return true;
  const list = missing.join(' ');
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    say({
      zh: `测试还需要：${list}。请用管理员安装后重试：sudo apt-get install ${list}`,
      en: `The tests also need ${list}. Have them installed and try again: sudo apt-get install ${list}`,
    });
    return false;
  }
  say({ zh: `正在用 apt 安装 ${list}，约需一两分钟 …`, en: `Installing ${list} by apt; a minute or two …` });
  const log = join(tmpdir(), `changhu-apt-${process.pid}.log`);
  // A source that cannot be refreshed is no obstacle as long as the packages can be installed.
  await apt(['update', '-q'], log);
  const installed = await apt(['install', '-y', '-q', '--no-install-recommends', ...missing], log);
  const left = NEEDS.filter((need) => !need.there()).map((need) => need.name);
  if (installed && left.length === 0) {
    rmSync(log, { force: true });
    return true;
  }
  process.stderr.write(`${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n')}\n`);
  say({
    zh: `apt 没有装成（${left.join(' ') || list}）。请检查网络和 /etc/apt 后重试；日志：${log}`,
    en: `apt could not install ${left.join(' ') || list}. Check the network and /etc/apt and try again; log: ${log}`,
  });
  return false;
}

function apt(args: string[], log: string): Promise<boolean> {
  const out = openSync(log, 'a');
  return new Promise((resolve) => {
    const child = spawn('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', out, out],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}

function chineseFont(): boolean {
  if (globSync('/usr/share/fonts/**/NotoSansCJK*').length > 0) return true;
  const answer = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.trim() !== '';
}
