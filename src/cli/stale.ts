import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRoot } from '../root.ts';

/** A part of the build; all paths are relative to the repository. */
export interface Step {
  name: string;
  /** Files, and folders with everything in them. */
  sources: readonly string[];
  ignored: readonly string[];
  /** Files that are there once the step has run. */
  outputs: readonly string[];
}

/** File whose time says when the step last began. */
export function stampOf(step: Step): string {
  return fromRoot('dist', '.stamps', step.name);
}

/** Whether an output is missing or a source is newer than the last run. */
export async function isStale(step: Step): Promise<boolean> {
  const outputs = await Promise.all(step.outputs.map((path) => changedAt(fromRoot(path))));
  const builtAt = await changedAt(stampOf(step));
  if (builtAt === undefined || outputs.includes(undefined)) return true;
  for (const source of step.sources) {
    if ((await newest(source, step.ignored)) > builtAt) return true;
  }
  return false;
}

/** Newest change in a file or folder; a folder's own time tells of removed files. */
async function newest(path: string, ignored: readonly string[]): Promise<number> {
  if (ignored.includes(path)) return 0;
  const own = (await changedAt(fromRoot(path))) ?? 0;
  const entries = await readdir(fromRoot(path)).catch(() => []);
  const inside = await Promise.all(entries.map((name) => newest(join(path, name), ignored)));
  return Math.max(own, ...inside);
}

async function changedAt(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}
