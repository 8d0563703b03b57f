import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Replay } from '../../src/insight/index.ts';
import { fromRoot } from '../../src/root.ts';
import { Talk } from '../e2e/direct-line.ts';
import { freshPostgres } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { type ProductServer, plainEnvironment, sharedServer, startServer } from '../support/server.ts';

const MINUTE = 60_000;

interface Ran {
  code: number;
  out: string;
  err: string;
}

function replay(typed: string[], env: Record<string, string>): Promise<Ran> {
  const program = ['--import=tsx', fromRoot('src', 'cli', 'replay.ts'), ...typed];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { cwd: fromRoot(), env: plainEnvironment(env) }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

const CARD_NUMBER = '6222021234567890123';

/** Two messages: a diagnosis with a card number in it, and no to what is offered. */
async function talkOn(server: ProductServer): Promise<string> {
  const talk = await Talk.begin(server.url, 'risk-lock');
  await talk.ask(`解绑一直失败，卡号${CARD_NUMBER}`);
  await talk.ask('先不用');
  return talk.id;
}

function expectTranscript(out: string, id: string): void {
  const lines = out.split('\n');
  expect(lines[0]).to.equal(`会话 ${id} · directline · zh-CN · 已识别的客户`);
  expect(out)
    .to.match(/ {2}客服: .*我是解绑助手/)
    .and.not.to.contain(CARD_NUMBER);
  const said = lines.findIndex((line) => / {2}客户: 解绑一直失败/.test(line));
  expect(lines[said]).to.match(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d {2}客户: /);
  expect(lines[said + 1]).to.match(
    /^ +意图 fail_\w+ [01]\.\d\d accept · 主题 risk-lock -> risk-lock\.startReview/,
  );
  expect(lines[said + 1])
    .to.contain('原因 RISK_LOCK')
    .and.to.contain('结局 diagnose -> risk-lock');
  const declined = lines.findIndex((line) => line.endsWith('  客户: 先不用'));
  expect(lines[declined + 1])
    .to.contain('答了上一问')
    .and.to.contain('结局 risk-lock: left');
}

describe('npm run replay', function () {
  this.timeout(3 * MINUTE);

  describe('of a server on embedded stores', () => {
    let server: ProductServer;
    let id: string;
    before(async () => {
      server = await sharedServer();
      id = await talkOn(server);
    });

    it('prints who said what, and beneath it what was decided; what was masked stays masked', async () => {
      // The decisions follow a second after the words.
      await eventually(async () => {
        const ran = await replay([id], { DATA_DIR: server.dataDir });
        expect(ran).to.include({ code: 0, err: '' });
        expectTranscript(ran.out, id);
      }, MINUTE);
    });

    it('prints everything that is known for programs', async () => {
      const { out } = await replay([id, '--json'], { DATA_DIR: server.dataDir });
      const { conversation, lines }: Replay = JSON.parse(out);
      expect(conversation).to.deep.equal({ id, channel: 'directline', locale: 'zh-CN', known: true });
      expect(lines.map(({ seq }) => seq)).to.deep.equal(lines.map((_, n) => n + 1));
      const first = lines.find(({ text }) => text?.startsWith('解绑一直失败'));
      expect(first?.turn).to.include({ conversationId: id, known: true, step: 'risk-lock.startReview' });
      expect(first?.turn?.ranking).to.have.length(3);
    });

    it('says in one sentence that there is no such conversation', async () => {
      expect(await replay(['dl-nobody'], { DATA_DIR: server.dataDir })).to.deep.equal({
        code: 1,
        out: '',
        err: 'There is no conversation dl-nobody.\n',
      });
    });
  });

  it('needs no server where the stores are Redis and PostgreSQL', async () => {
    let redis: RedisServer | undefined;
    try {
      redis = await startRedis({ appendonly: 'yes' });
      const stores = { REDIS_URL: redis.url, DATABASE_URL: await freshPostgres() };
      const server = await startServer({ env: stores });
      const id = await talkOn(server).finally(() => server.stop());
      const ran = await replay([id], stores);
      expect(ran).to.include({ code: 0, err: '' });
      expectTranscript(ran.out, id);
      expect(await replay(['dl-nobody'], stores)).to.include({ code: 1, out: '' });
    } finally {
      await redis?.stop();
    }
  });

  it('says in one sentence that the server is not running', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'unbind-replay-'));
    const ran = await replay(['c-1'], { DATA_DIR: dataDir });
    expect(ran.code).to.equal(1);
    expect(ran.err).to.match(/^The server is not running .*\n$/);
    await rm(dataDir, { recursive: true });
  });

  it('prints how it is used', async () => {
    for (const typed of [[], ['a', 'b'], ['a', '--colour']]) {
      const ran = await replay(typed, {});
      expect(ran.code).to.equal(1);
      expect(ran.err).to.match(/^Usage:/);
    }
  });
});
