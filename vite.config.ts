import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';

const root = 'src/web';
/** Built by itself: it is React's, all other pages are Preact's. */
const CONSOLE = 'console';

/** The start page and every folder with an `index.html`, each under its own path. */
function pages(): Record<string, string> {
  const folders = ['.', ...readdirSync(root)].filter(
    (name) => name !== CONSOLE && existsSync(join(root, name, 'index.html')),
  );
  return Object.fromEntries(
    folders.map((name) => [name === '.' ? 'start' : name, join(root, name, 'index.html')]),
  );
}

const jsxOf = (importSource: string): Pick<UserConfig, 'oxc'> => ({
  oxc: { jsx: { runtime: 'automatic', importSource } },
});

const CONFIGS: Record<string, UserConfig> = {
  loader: {
    root,
    build: {
      outDir: '../../dist/web',
      emptyOutDir: false,
      target: 'es2020',
      lib: { entry: 'loader/main.ts', formats: ['iife'], name: 'unbindWidget', fileName: () => 'widget.js' },
    },
  },
  console: {
    root: join(root, CONSOLE),
    ...jsxOf('react'),
    build: {
      outDir: '../../../dist/web/console',
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1600,
      rolldownOptions: {
        // `use client` means nothing where there is no server part.
        onLog: (level, log, report) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && report(level, log),
      },
    },
  },
  production: {
    root,
    ...jsxOf('preact'),
    build: {
      outDir: '../../dist/web',
      emptyOutDir: true,
      target: 'es2020',
      modulePreload: { polyfill: false },
      // An image written into the style would need `data:` in every content policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: pages() },
    },
  },
};

/**
 * `vite build` makes the pages of customers; `--mode loader` adds `widget.js`, one classic script without imports;
 * `--mode console` the desk of the staff.
 */
export default defineConfig(({ mode }) => ({
  // Relative addresses: the product may be mounted below any path.
  base: './',
  ...CONFIGS[mode],
}));
