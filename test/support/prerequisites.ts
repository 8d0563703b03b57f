import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

interface Program {
  package: string;
  present(): boolean;
}

function anyVersionOf(folder: string, program: string): boolean {
  return (
    existsSync(folder) &&
    readdirSync(folder).some((version) => existsSync(`${folder}/${version}/bin/${program}`))
  );
}

function fontFor(language: string): boolean {
  const { stdout } = spawnSync('fc-list', [`:lang=${language}`], { encoding: 'utf8' });
  return Boolean(stdout?.trim());
}

/** Programs the tests start besides Node; names are those of Debian and Ubuntu. */
const PROGRAMS: Program[] = [
  { package: 'postgresql', present: () => anyVersionOf('/usr/lib/postgresql', 'initdb') },
  { package: 'redis-server', present: () => existsSync('/usr/bin/redis-server') },
  { package: 'openssl', present: () => existsSync('/usr/bin/openssl') },
  { package: 'nginx', present: () => existsSync('/usr/sbin/nginx') },
  { package: 'chromium', present: () => existsSync('/usr/bin/chromium') },
  { package: 'fonts-noto-cjk', present: () => fontFor('zh-cn') },
];

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs what the tests need and this machine lacks, or says in one line what to install. */
export function installMissing(): void {
  const missing = PROGRAMS.filter((program) => !program.present()).map((program) => program.package);
  if (missing.length === 0) return;
  const command = `apt-get install -y ${missing.join(' ')}`;
  if (!isDebianRoot()) {
    console.error(`The tests need programs that are not here. On Debian or Ubuntu: sudo ${command}`);
    process.exit(1);
  }
  console.log(`— installing ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
  const { status } = spawnSync('apt-get', install, { stdio: ['ignore', 'ignore', 'inherit'], env });
  const still = PROGRAMS.filter((program) => !program.present()).map((program) => program.package);
  if (status === 0 && still.length === 0) return;
  console.error(`Could not install ${still.join(', ')}. Please run: ${command}`);
  process.exit(1);
}
