import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { fromRoot } from '../../src/root.ts';

const run = promisify(execFile);

async function child(directory: string, point: string): Promise<string> {
  const args = ['--import', 'tsx', fromRoot('test/support/crash-child.ts'), directory, point];
  const { stdout } = await run(process.execPath, args);
  return stdout;
}

describe('a process killed in the middle of a turn', function () {
  this.timeout(60_000);
  for (const point of [
    'accepted',
    'accepted-and-claimed',
    'after-claim',
    'in-turn',
    'before-commit',
    'during-commit',
    'after-commit',
  ]) {
    it(`${point}: the message is answered, once, after the restart`, async () => {
      const directory = await mkdtemp(join(tmpdir(), 'unbind-crash-'));
      try {
        const killed = await child(directory, point).catch((error: { signal?: string }) => error.signal);
        expect(killed).to.equal('SIGKILL');
        // The client sends again, since it never got an answer to its request.
        const after = JSON.parse(await child(directory, 'none')) as { accepted: string; texts: string[] };
        expect(after).to.deep.equal({ accepted: 'duplicate', texts: ['你好', '答你好'] });
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    });
  }
});
