import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { StorageFault } from '../../src/documents/blobs.ts';
import { openFileBlobs } from '../../src/documents/file-blobs.ts';

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function fault(task: Promise<unknown>): Promise<unknown> {
  return await task.then(
    () => 'no fault',
    (error: unknown) => error,
  );
}

describe('file blobs', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'blobs-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it('keeps bytes under random names in a fan of folders', async () => {
    const blobs = await openFileBlobs(directory);
    const [first, second] = [await blobs.put(Buffer.from('one')), await blobs.put(Buffer.from('one'))];
    expect(first).to.match(/^[0-9a-f]{32}$/);
    expect(first).not.to.equal(second);
    expect((await blobs.get(first)).toString()).to.equal('one');
    expect(await readdir(join(directory, first.slice(0, 2), first.slice(2, 4)))).to.include(first);
  });

  it('lists what is there and deletes it, twice without harm', async () => {
    const blobs = await openFileBlobs(directory);
    const name = await blobs.put(Buffer.from('one'));
    const names: string[] = [];
    for await (const blob of blobs.list()) names.push(blob.name);
    expect(names).to.deep.equal([name]);
    await blobs.delete(name);
    await blobs.delete(name);
    expect(await fault(blobs.get(name))).to.be.instanceOf(StorageFault);
    expect(await filesIn(directory)).to.deep.equal([]);
  });

  it('removes at the start what a crash left half-written', async () => {
    const incoming = join(directory, 'incoming');
    await mkdir(incoming);
    await writeFile(join(incoming, 'left'), 'half a pict');
    const longAgo = new Date(Date.now() - 60 * 60_000);
    await utimes(join(incoming, 'left'), longAgo, longAgo);
    await writeFile(join(incoming, 'under-way'), 'of another process');
    await openFileBlobs(directory);
    expect(await filesIn(directory)).to.deep.equal(['under-way']);
  });

  it('refuses a name that would leave the folder', async () => {
    const blobs = await openFileBlobs(directory);
    for (const name of ['../../etc/passwd', 'incoming', '']) {
      expect(await fault(blobs.get(name))).to.be.instanceOf(StorageFault);
    }
  });

  it('faults with the code of a full disk and leaves nothing half-written', async function () {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], { stdio: 'ignore' });
    } catch {
      // Mounting needs root; the same path is tested with an injected fault in documents.test.ts.
      this.skip();
    }
    try {
      const blobs = await openFileBlobs(directory);
      const error = await fault(blobs.put(Buffer.alloc(1024 * 1024)));
      expect(error).to.be.instanceOf(StorageFault);
      expect(error).to.include({ operation: 'put', code: 'ENOSPC' });
      expect(await filesIn(directory)).to.deep.equal([]);
      expect(await blobs.get(await blobs.put(Buffer.from('small')))).to.have.length(5);
    } finally {
      execFileSync('umount', [directory]);
    }
  });
});
