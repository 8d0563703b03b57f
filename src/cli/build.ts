/** `npm run build`: server, pages and model into `dist/`. With `--if-stale`, only what its sources have outrun. */
import { spawn } from 'node:child_process';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../root.ts';
import { isStale, type Step, stampOf } from './stale.ts';

interface BuildStep extends Step {
  /** Says what was made, for the printed line. */
  run: () => Promise<string>;
}

const LOCK = 'package-lock.json';

const STEPS: readonly BuildStep[] = [
  {
    name: 'server',
    sources: ['src', 'dialogs', 'locales', 'tsconfig.json', 'tsconfig.build.json', LOCK],
    ignored: ['src/web', 'src/cli/chat', 'src/cli/chat.ts'],
    outputs: ['dist/src/main.js', 'dist/locales/index.js'],
    run: compileServer,
  },
  {
    name: 'web',
    sources: ['src/web', 'src/domain', 'vite.config.ts', LOCK],
    ignored: [],
    outputs: [
      'dist/web/index.html',
      'dist/web/widget/index.html',
      'dist/web/widget.js',
      'dist/web/upload/index.html',
      'dist/web/console/index.html',
    ],
    run: buildPages,
  },
  {
    name: 'model',
    sources: ['dialogs', 'src/understanding', 'src/domain', LOCK],
    ignored: [],
    outputs: ['dist/model.bin'],
    run: train,
  },
];

async function compileServer(): Promise<string> {
  // What a removed source left behind would still be importable.
  for (const folder of ['src', 'dialogs', 'locales']) {
    await rm(fromRoot('dist', folder), { recursive: true, force: true });
  }
  await runNode([
    fromRoot('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    fromRoot('tsconfig.build.json'),
  ]);
  return 'dist/src';
}

async function buildPages(): Promise<string> {
  // Loaded only when needed: a production install has no Vite.
  const { build } = await import('vite');
  // Whatever the product runs as, what browsers get is React without its checks.
  process.env.NODE_ENV = 'production';
  const configFile = fromRoot('vite.config.ts');
  const modes = ['production', 'loader', 'upload', 'console'];
  for (const mode of modes) await build({ configFile, mode, logLevel: 'warn' });
  return 'dist/web';
}

async function train(): Promise<string> {
  const compiled = pathToFileURL(fromRoot('dist', 'src', 'understanding', 'train.js')).href;
  const { trainModel }: typeof import('../understanding/train.ts') = await import(compiled);
  const { phrases } = trainModel({ modelFile: fromRoot('dist', 'model.bin') });
  return `dist/model.bin from ${phrases} phrases`;
}

function runNode(commandLine: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, commandLine, { stdio: 'inherit', cwd: fromRoot() });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${commandLine[0]} ended with exit code ${code}`)),
    );
  });
}

async function perform(step: BuildStep): Promise<void> {
  const startedAt = new Date();
  const made = await step.run();
  const stamp = stampOf(step);
  await mkdir(fromRoot('dist', '.stamps'), { recursive: true });
  await writeFile(stamp, '');
  // Dated back to the start: a source saved while the step ran is newer than its result.
  await utimes(stamp, startedAt, startedAt);
  const seconds = ((Date.now() - startedAt.getTime()) / 1000).toFixed(1);
  console.log(`build ${step.name.padEnd(6)} ${seconds} s  ${made}`);
}

const onlyStale = process.argv.includes('--if-stale');
for (const step of STEPS) {
  if (!onlyStale || (await isStale(step))) await perform(step);
}
