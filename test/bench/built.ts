import { pathToFileURL } from 'node:url';
import { fromRoot } from '../../src/root.ts';

/** Loads a module of the built product; what runs the bench's own sources slows them down. */
export async function built<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(fromRoot('dist', 'src', path)).href)) as T;
}
