import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = 'src/web';

/** The start page and every folder with an `index.html`, each under its own path. */
function pages(): Record<string, string> {
  const folders = ['.', ...readdirSync(root)].filter((name) => existsSync(join(root, name, 'index.html')));
  return Object.fromEntries(
    folders.map((name) => [name === '.' ? 'start' : name, join(root, name, 'index.html')]),
  );
}

/** `vite build` makes the pages; `vite build --mode loader` adds `widget.js`, one classic script without imports. */
export default defineConfig(({ mode }) => ({
  root,
  // Relative addresses: the product may be mounted below any path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build:
    mode === 'loader'
      ? {
          outDir: '../../dist/web',
          emptyOutDir: false,
          target: 'es2020',
          lib: {
            entry: 'loader/main.ts',
            formats: ['iife'],
            name: 'unbindWidget',
            fileName: () => 'widget.js',
          },
        }
      : {
          outDir: '../../dist/web',
          emptyOutDir: true,
          target: 'es2020',
          modulePreload: { polyfill: false },
          // An image written into the style would need `data:` in every content policy.
          assetsInlineLimit: 0,
          rolldownOptions: { input: pages() },
        },
}));
