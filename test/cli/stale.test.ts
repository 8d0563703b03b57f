import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { isStale, type Step, stampOf } from '../../src/cli/stale.ts';
import { fromRoot } from '../../src/root.ts';

describe('stale build steps', () => {
  const long = new Date('2026-01-01');
  const later = new Date('2026-02-01');
  const built = new Date('2026-01-15');
  let folder: string;
  let step: Step;

  /** Writes a file and sets its time and its folder's. */
  async function file(name: string, at: Date): Promise<void> {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
    await utimes(path, at, at);
    await utimes(dirname(path), long, long);
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stale-'));
    const path = (name: string) => relative(fromRoot(), join(folder, name));
    step = {
      name: basename(folder),
      sources: [path('sources')],
      ignored: [path('sources/ignored')],
      outputs: [path('output')],
    };
    await file('sources/nested/one.ts', long);
    await file('sources/ignored/two.ts', later);
    await utimes(join(folder, 'sources/ignored'), later, later);
    await utimes(join(folder, 'sources'), long, long);
    await file('output', built);
    await mkdir(dirname(stampOf(step)), { recursive: true });
    await writeFile(stampOf(step), '');
    await utimes(stampOf(step), built, built);
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await rm(stampOf(step), { force: true });
  });

  it('are not those newer than all their sources, whatever is ignored', async () => {
    expect(await isStale(step)).to.equal(false);
  });

  it('are those with a newer source', async () => {
    await file('sources/nested/one.ts', later);
    expect(await isStale(step)).to.equal(true);
  });

  it('are those whose source was removed, because the folder changed', async () => {
    await rm(join(folder, 'sources/nested/one.ts'));
    expect(await isStale(step)).to.equal(true);
  });

  it('are those without an output', async () => {
    await rm(join(folder, 'output'));
    expect(await isStale(step)).to.equal(true);
  });

  it('are those that never ran', async () => {
    await rm(stampOf(step));
    expect(await isStale(step)).to.equal(true);
  });
});
