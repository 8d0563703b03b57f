import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CaseDecisions, createCases } from '../../src/cases/index.ts';
import { parseArguments } from '../../src/cli/admin-arguments.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import type { Cases } from '../../src/domain/case.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { silent } from '../../src/domain/log.ts';
import { startAdminSocket } from '../../src/http/admin-socket.ts';
import { fromRoot } from '../../src/root.ts';
import { createAccounts } from '../../src/staff/index.ts';
import { freshPostgres } from '../support/databases.ts';

interface Ran {
  code: number;
  out: string;
  err: string;
}

function admin(typed: string[], env: Record<string, string>): Promise<Ran> {
  const program = ['--import=tsx', fromRoot('src', 'cli', 'admin.ts'), ...typed];
  const { DATABASE_URL: _, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env: { ...inherited, ...env } }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

const noReplay = async () => ({ ok: false, text: 'not asked for here' });

async function submitted(cases: Cases): Promise<string> {
  const owner = { conversationId: 'c-1', customerId: 'risk-lock' };
  const draft = await cases.draft({ ...owner, kind: 'risk-lock', requiredSlots: [] }, randomUUID());
  return (await cases.submit(draft.id)).number ?? '';
}

describe('npm run admin', function () {
  this.timeout(90_000);

  describe('on a running server', () => {
    let dataDir: string;
    let database: Database;
    let cases: Cases & CaseDecisions;
    let server: { close(): Promise<void> };

    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'unbind-cli-'));
      database = await connect({ dataDir: 'memory://' });
      cases = createCases({ database, clock: systemClock });
      server = await startAdminSocket({
        path: join(dataDir, 'admin.sock'),
        cases,
        accounts: createAccounts({ database, clock: systemClock }),
        replay: noReplay,
        unclear: noReplay,
        log: silent,
      });
    });
    after(async () => {
      await server.close();
      await database.close();
      await rm(dataDir, { recursive: true });
    });

    it('opens accounts of the desk, tells the first password once and takes rights away', async () => {
      const run = (...typed: string[]) => admin([...typed, '--actor', 'li'], { DATA_DIR: dataDir });
      const made = await run(
        'create-agent',
        'xiaolin',
        '--number',
        'A12',
        '--name',
        '小林',
        '--role',
        'agent',
      );
      expect(made.out).to.match(
        /^xiaolin logs in with this password once and chooses another: [a-z2-9]{20}\n$/,
      );
      expect((await run('staff', 'list')).out).to.equal('A12  xiaolin  小林  agent  active\n');
      expect((await run('staff', 'disable', 'xiaolin')).out).to.equal('xiaolin is switched off.\n');
      expect((await run('staff', 'disable', 'nobody')).err).to.equal('There is no such account.\n');
    });

    it('takes a case through review, and the audit names who did it', async () => {
      const number = await submitted(cases);
      const run = (...typed: string[]) => admin([...typed, '--actor', 'li'], { DATA_DIR: dataDir });
      expect((await run('case', 'list')).out)
        .to.contain(number)
        .and.to.contain('submitted');
      expect(await run('case', 'review', number)).to.deep.equal({
        code: 0,
        out: `${number} is now in-review.\n`,
        err: '',
      });
      expect(await run('case', 'reject', number, '--note', '说明')).to.include({ code: 0 });
      expect(await run('case', 'approve', number)).to.deep.equal({
        code: 1,
        out: '',
        err: 'Not possible: the case is rejected.\n',
      });
      expect(JSON.parse((await run('case', 'show', number)).out)).to.include({ reviewNote: '说明' });
      expect((await run('audit', 'verify')).out).to.match(/^Audit intact: 6 rows, end [0-9a-f]{64}\.\n$/);
    });
  });

  it('works on PostgreSQL without a server', async () => {
    const databaseUrl = await freshPostgres();
    const database = await connect({ databaseUrl, dataDir: '' });
    const number = await submitted(createCases({ database, clock: systemClock }));
    await database.close();
    const ran = await admin(['case', 'approve', number], { DATABASE_URL: databaseUrl });
    expect(ran).to.deep.equal({ code: 0, out: `${number} is now approved.\n`, err: '' });
  });

  it('says in one sentence that the server is not running', async () => {
    const ran = await admin(['case', 'list'], { DATA_DIR: join(tmpdir(), 'nothing-here') });
    expect(ran.code).to.equal(1);
    expect(ran.err).to.match(/^The server is not running .*\n$/);
  });

  it('prints how it is used on a command it does not know', async () => {
    const ran = await admin(['case', 'burn'], {});
    expect(ran.code).to.equal(1);
    expect(ran.err).to.match(/^Usage:/);
  });
});

describe('the arguments of npm run admin', () => {
  const number = 'JB20261122000017';
  const parse = (line: string) => parseArguments(line.split(' '));

  it('pair each slot with its reason', () => {
    const line = `case needs-more ${number} --slot id-front --reason BLURRY --slot id-back --reason GLARE --actor li`;
    expect(parse(line)).to.deep.equal({
      kind: 'command',
      command: {
        do: 'case-needs-more',
        number,
        actor: 'li',
        returnedSlots: [
          { slot: 'id-front', reason: 'BLURRY' },
          { slot: 'id-back', reason: 'GLARE' },
        ],
      },
    });
  });

  for (const [line, why] of [
    [`case needs-more ${number} --slot id-front`, /needs its --reason/],
    [`case needs-more ${number} --slot id-front --reason UGLY`, /reason/],
    ['case approve JB1', /looks like JB/],
    ['case list --state lost', /states/],
    ['case list --colour red', /--colour/],
    ['create-agent xiaolin --number 12 --name x --role agent', /A12/],
    ['create-agent xiaolin --number A12 --name x --role boss', /roles/],
  ] as const) {
    it(`refuse: ${line}`, () => {
      expect(parse(line)).to.have.property('why').that.matches(why);
    });
  }
});
