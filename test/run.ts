/**
 * `npm test`: types, lint, then every test with coverage. Closes with `N passed, N failed`.
 * Arguments go to mocha: `npm test -- test/dialogs/risk-lock.test.ts`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installMissing } from './support/prerequisites.ts';

const counts = { passes: 0, failures: 0, pending: 0 };

function run(title: string, command: string, args: string[], env: Record<string, string> = {}): boolean {
  console.log(`\n— ${title}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

function step(title: string, command: string, args: string[]): void {
  if (!run(title, command, args)) counts.failures++;
}

function runMocha(specs: string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'unbind-test-'));
  const file = join(folder, 'counts.json');
  const wholeSuite = specs.length === 0;
  const coverage = [
    'c8',
    '--src',
    '.',
    '--include',
    'src/**/*.ts',
    '--include',
    'dialogs/**/*.ts',
    '--include',
    'locales/*.ts',
  ];
  const gate = wholeSuite ? ['--check-coverage', '--lines', '85'] : [];
  const mocha = [
    'mocha',
    '--reporter',
    'test/support/reporter.ts',
    ...(wholeSuite ? ['test/**/*.test.ts'] : specs),
  ];
  const args = [...coverage, '--reporter', 'text-summary', ...gate, ...mocha];
  const passed = run('tests', 'npx', ['--no-install', ...args], { TEST_COUNTS_FILE: file, NODE_ENV: 'test' });
  if (existsSync(file)) Object.assign(counts, addCounts(JSON.parse(readFileSync(file, 'utf8'))));
  // Coverage below the gate, or a run that broke off, is a failure that no test has counted.
  if (!passed && counts.failures === 0) counts.failures++;
  rmSync(folder, { recursive: true });
}

function addCounts(more: typeof counts): typeof counts {
  return {
    passes: counts.passes + more.passes,
    failures: counts.failures + more.failures,
    pending: more.pending,
  };
}

const specs = process.argv.slice(2);
installMissing();
step('types', 'npx', ['--no-install', 'tsc', '--noEmit']);
step('types of the web code', 'npx', ['--no-install', 'tsc', '--noEmit', '-p', 'src/web']);
step('types of the console', 'npx', ['--no-install', 'tsc', '--noEmit', '-p', 'src/web/console']);
step('lint', 'npx', ['--no-install', 'biome', 'check', '.']);
if (counts.failures === 0) runMocha(specs);

const skipped = counts.pending > 0 ? `, ${counts.pending} skipped` : '';
console.log(`\n${counts.passes} passed, ${counts.failures} failed${skipped}`);
process.exitCode = counts.failures > 0 ? 1 : 0;
