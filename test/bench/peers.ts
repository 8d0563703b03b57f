import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fromRoot } from '../../src/root.ts';

const MANIFEST = ['package.json', 'package-lock.json'];
const LISTED_IN = fromRoot('test', 'bench', 'peers');
/** Not below test/: packages bring tests of their own, which mocha would run. */
const INSTALLED_IN = fromRoot('node_modules', '.cache', 'bench-peers');

function installed(): boolean {
  if (!existsSync(join(INSTALLED_IN, 'node_modules', '.package-lock.json'))) return false;
  return MANIFEST.every(
    (file) => readFileSync(join(LISTED_IN, file), 'utf8') === readFileSync(join(INSTALLED_IN, file), 'utf8'),
  );
}

function install(): void {
  console.log('installing what the product is compared with');
  mkdirSync(INSTALLED_IN, { recursive: true });
  for (const file of MANIFEST) copyFileSync(join(LISTED_IN, file), join(INSTALLED_IN, file));
  const command = ['ci', '--prefix', INSTALLED_IN, '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', command, { cwd: INSTALLED_IN, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Loads a package the product is compared with; installs them all when they are not here. */
export function loadPeer<T>(name: string): T {
  if (!installed()) install();
  return createRequire(join(INSTALLED_IN, 'package.json'))(name) as T;
}
