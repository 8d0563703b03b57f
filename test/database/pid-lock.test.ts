import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DirectoryInUse, lockDirectory } from '../../src/database/pid-lock.ts';
import { fromRoot } from '../../src/root.ts';

describe('the lock on a data directory', function () {
  this.timeout(30_000);

  let folder: string;
  let path: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unbind-lock-'));
    path = join(folder, 'db.lock');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  async function holdInChild(): Promise<ChildProcess> {
    const program = fromRoot('test', 'database', 'hold-directory.ts');
    const child = spawn(process.execPath, ['--import=tsx', program, path], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  /** A lock as another process would have left it. */
  async function leave(change: Record<string, unknown>): Promise<void> {
    const unlock = await lockDirectory(path);
    const mine = JSON.parse(await readFile(path, 'utf8'));
    await unlock();
    await writeFile(path, JSON.stringify({ ...mine, ...change }));
  }

  const refused = async () => {
    const error = await lockDirectory(path).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DirectoryInUse);
    return String(error);
  };

  it('names the process that holds it, and is free once that has let go', async () => {
    const child = await holdInChild();
    expect(await refused()).to.match(new RegExp(`in use by process ${child.pid} on .+ DATA_DIR`));
    child.stdin?.write('x');
    await once(child, 'exit');
    await (await lockDirectory(path))();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('is taken over from a process that died', async () => {
    const child = await holdInChild();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await lockDirectory(path))();
  });

  it('is taken over when its pid now belongs to a later process', async function () {
    if (process.platform !== 'linux') this.skip();
    await leave({ started: '1' });
    await (await lockDirectory(path))();
  });

  it('is refused to a second taker in the same process', async () => {
    const unlock = await lockDirectory(path);
    expect(await refused()).to.contain(`process ${process.pid}`);
    await unlock();
  });

  it('of another machine holds while its heartbeat is fresh, and not longer', async () => {
    await leave({ machine: 'elsewhere', host: 'other-host', pid: 1 });
    expect(await refused()).to.contain('process 1 on other-host');
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await utimes(path, aMinuteAgo, aMinuteAgo);
    await (await lockDirectory(path))();
  });

  it('that cannot be read is nobody’s', async () => {
    await writeFile(path, 'half a lo');
    await (await lockDirectory(path))();
  });

  it('is freed even if an earlier takeover died half way', async () => {
    await writeFile(path, 'half a lo');
    const guard = `${path}.clearing`;
    await mkdir(guard);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await utimes(guard, aMinuteAgo, aMinuteAgo);
    await (await lockDirectory(path))();
  });

  it('of a dead process goes to one of many that want it', async function () {
    if (process.platform !== 'linux') this.skip();
    for (let round = 0; round < 20; round++) {
      await leave({ started: '1' });
      const takers = await Promise.allSettled(Array.from({ length: 12 }, () => lockDirectory(path)));
      const winners = takers.filter((taker) => taker.status === 'fulfilled');
      expect(winners, `round ${round}`).to.have.lengthOf(1);
      for (const winner of winners) await winner.value();
    }
    expect(await readdir(folder)).to.deep.equal([]);
  });
});
