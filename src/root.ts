import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  return directory;
}

const root = findRoot();

/** Path of a file of the repository, the same whether the code runs from `src/` or from `dist/`. */
export function fromRoot(...segments: string[]): string {
  return join(root, ...segments);
}
