import { once } from 'node:events';
import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { CaseDecisions } from '../../src/cases/index.ts';
import { silent } from '../../src/domain/log.ts';
import { startAdminSocket } from '../../src/http/admin-socket.ts';
import type { StaffAccounts } from '../../src/staff/index.ts';

/** A desk that knows no case and breaks when the audit is asked for. */
const desk: CaseDecisions = {
  startReview: async () => ({ kind: 'unknown-case' }),
  approve: async () => ({ kind: 'unknown-case' }),
  reject: async () => ({ kind: 'unknown-case' }),
  needsMore: async () => ({ kind: 'unknown-case' }),
  close: async () => ({ kind: 'unknown-case' }),
  queue: async () => [],
  get: async () => undefined,
  verifyAudit: async () => {
    throw new Error('the database is away: 我叫张三');
  },
};

const replay = async ({ conversation }: { conversation: string }) => ({
  ok: false,
  text: `There is no conversation ${conversation}.`,
});
const unclear = async ({ days, yaml }: { days: number; yaml: boolean }) => ({
  ok: true,
  text: `${days} ${yaml}`,
});

const unused = async () => ({ kind: 'unknown' as const });
const accounts: StaffAccounts = {
  create: unused,
  change: unused,
  resetPassword: unused,
  resetSecondFactor: unused,
  find: async () => undefined,
  list: async () => [],
  hasAdmin: async () => false,
};

describe('the admin socket', function () {
  this.timeout(30_000);

  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unbind-admin-'));
    path = join(folder, 'admin.sock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const start = (at = path) =>
    startAdminSocket({ path: at, cases: desk, accounts, replay, unclear, log: silent });

  async function post(body: string): Promise<{ status: number | undefined; answer: string }> {
    const headers = { 'content-type': 'application/json' };
    const call = request({ socketPath: path, path: '/commands', method: 'POST', headers });
    call.end(body);
    const [response] = await once(call, 'response');
    return { status: response.statusCode, answer: await text(response) };
  }

  it('can be used by its owner only', async () => {
    const umask = process.umask(0);
    const server = await start();
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect(process.umask(umask)).to.equal(0);
    await server.close();
  });

  it('answers a command', async () => {
    const server = await start();
    const { status, answer } = await post(JSON.stringify({ do: 'case-list' }));
    expect([status, JSON.parse(answer)]).to.deep.equal([200, { ok: true, text: 'No cases.' }]);
    await server.close();
  });

  it('answers who wants to see a conversation', async () => {
    const server = await start();
    const { status, answer } = await post(JSON.stringify({ do: 'replay', conversation: 'c-1' }));
    expect([status, JSON.parse(answer)]).to.deep.equal([
      200,
      { ok: false, text: 'There is no conversation c-1.' },
    ]);
    await server.close();
  });

  it('refuses what is no command', async () => {
    const server = await start();
    for (const body of [
      '{',
      '[]',
      JSON.stringify({ do: 'case-approve', number: 'JB1', actor: 'li' }),
      JSON.stringify({ do: 'case-approve', number: 'JB20261122000017', actor: 'li; drop' }),
      JSON.stringify({ do: 'drop' }),
      JSON.stringify({ do: 'replay', conversation: '' }),
    ]) {
      const { status, answer } = await post(body);
      expect([status, JSON.parse(answer).ok]).to.deep.equal([400, false]);
    }
    await server.close();
  });

  it('says that a command failed without saying what it held', async () => {
    const server = await start();
    const { status, answer } = await post(JSON.stringify({ do: 'audit-verify' }));
    expect(status).to.equal(500);
    expect(answer).to.contain('log says why').and.not.to.contain('张三');
    await server.close();
  });

  it('replaces the socket of a dead server, not that of a living one', async () => {
    const dead = createServer().listen(path);
    await once(dead, 'listening');
    const living = await start().catch(String);
    expect(living).to.contain('already listens');
    // Node removes the file on close; a killed process leaves it.
    await rename(path, `${path}.kept`);
    dead.close();
    await rename(`${path}.kept`, path);
    await (await start()).close();
  });

  it('does not touch a file that is no socket', async () => {
    await writeFile(path, 'mine');
    expect(await start().catch(String)).to.contain('not a socket');
  });

  it('refuses a path that is too long, by name', async () => {
    const long = join(folder, 'x'.repeat(100));
    expect(await start(long).catch(String)).to.contain('longer than 100 bytes');
  });
});
