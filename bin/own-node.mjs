// The project's own Node: one exact version, installed by npm beside the code, so that the machine's Node does not matter.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { give, say } from './say.mjs';

/** The one place that names the version. */
export const NODE_VERSION = '24.21.0';

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/**
 * Installs the project's Node when it is missing and returns the folder that holds `node`.
 * @param {string} root the project's folder
 */
export async function ensureNode(root) {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) {
    give(
      `本程序支持 ${PLATFORMS.join('、')}，这台机器是 ${platform}。`,
      `Changhu runs on ${PLATFORMS.join(', ')}; this machine is ${platform}.`,
    );
  }
  const name = `node-${platform}`;
  const home = join(root, '.tools', 'node');
  const bin = join(home, 'node_modules', name, 'bin');
  if (installedVersion(join(home, 'node_modules', name)) === NODE_VERSION && existsSync(join(bin, 'node'))) return bin;

  say(`正在安装本项目自己的 Node ${NODE_VERSION} …`, `Installing the project's own Node ${NODE_VERSION} …`);
  const fresh = join(root, '.tools', `node-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n');
  await npm({
    root,
    node: process.execPath,
    cwd: fresh,
    log: 'install-node.log',
    args: ['install', '--prefix', fresh, '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', `${name}@${NODE_VERSION}`],
  });
  rmSync(home, { recursive: true, force: true });
  renameSync(fresh, home);
  return bin;
}

function installedVersion(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}
