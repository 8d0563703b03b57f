import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const root = 'src/web';
/** Built by themselves: the one is React's, the other is for old engines. */
const [CONSOLE, UPLOAD] = ['console', 'upload'];

/** The start page and every folder with an `index.html`, each under its own path. */
function pages(): Record<string, string> {
  const folders = ['.', ...readdirSync(root)].filter(
    (name) => name !== CONSOLE && name !== UPLOAD && existsSync(join(root, name, 'index.html')),
  );
  return Object.fromEntries(
    folders.map((name) => [name === '.' ? 'start' : name, join(root, name, 'index.html')]),
  );
}

const jsxOf = (importSource: string): Pick<UserConfig, 'oxc'> => ({
  oxc: { jsx: { runtime: 'automatic', importSource } },
});

/** The page's script as a classic one: modules and what comes with them fail in some web views. */
const classicScript: Plugin = {
  name: 'classic-script',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace(/ type="module" crossorigin/g, ' defer').replace(/ crossorigin(?=[ >])/g, ''),
  },
};

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
  upload: {
    root,
    ...jsxOf('preact'),
    plugins: [classicScript],
    build: {
      outDir: '../../dist/web',
      emptyOutDir: false,
      // The web views of apps on phones that get no updates.
      target: 'es2015',
      cssTarget: ['chrome61', 'safari11'],
      modulePreload: false,
      // A file of its own: what a script puts into the page is not let in.
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { [UPLOAD]: join(root, UPLOAD, 'index.html') },
        output: { format: 'iife' },
      },
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
 * `--mode upload` the page that takes one document, for the web views of messaging apps; `--mode console` the desk of
 * the staff.
 */
export default defineConfig(({ mode }) => ({
  // Relative addresses: the product may be mounted below any path.
  base: './',
  ...CONFIGS[mode],
}));
