import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { fromRoot } from '../../src/root.ts';
import { photo } from '../support/photos.ts';
import { buildProduct, type ProductServer, plainEnvironment, sharedServer } from '../support/server.ts';

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

const children = new Set<ChildProcess>();

/** Runs a program to its end with these lines on stdin. */
async function run(command: string[], lines: string[] = [], env: Record<string, string> = {}): Promise<Ran> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: fromRoot(), env: plainEnvironment(env), timeout: 80_000 });
  children.add(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.on('error', () => undefined);
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  children.delete(child);
  return { code, out, err };
}

/** npm speaks of its own settings on stderr. */
const withoutNpm = (err: string) => err.replace(/^npm .*\n/gm, '');
const npm = (script: string, ...args: string[]) => ['npm', 'run', '-s', script, '--', ...args];
const product = [process.execPath, '--enable-source-maps', fromRoot('dist', 'src', 'main.js')];
const STACK = /^\s+at .*:\d+/m;

describe('the commands', function () {
  this.timeout(90_000);
  let server: ProductServer;

  before(async () => {
    server = await sharedServer();
  });
  after(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  describe('npm run chat', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'unbind-photos-'));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('holds a whole conversation from stdin, with pictures by their paths', async () => {
      const path = join(folder, 'id.jpg');
      writeFileSync(path, await photo('good'));
      const toCase = ['解绑一直失败', '1', '这张卡不用了', '同意', path, 'y', path, '同意', path, '提交审核'];
      // Withdrawn again, so that the customer is as before for whoever shares the server.
      const script = [...toCase, '查审核进度', '撤回这次申请', '确定撤回'];
      const ran = await run(npm('chat', '--customer', 'risk-lock', '--url', server.url), script);
      expect(withoutNpm(ran.err)).to.equal('');
      expect(ran.code).to.equal(0);
      const heard = ['请您停一下', '要现在申请', '请上传：身份证人像面', '请上传：身份证国徽面', '一共 3 份'];
      let from = 0;
      for (const words of heard) {
        const at = ran.out.indexOf(words, from);
        expect(at, `「${words}」 in its place:\n${ran.out}`).to.be.greaterThan(-1);
        from = at;
      }
      expect(ran.out.slice(from)).to.match(/已经提交，案件号 (JB\d{14})[\s\S]*案件 \1 已经撤回/);
    });

    it('says in one sentence that no server answers', async () => {
      const ran = await run(npm('chat', '--url', 'http://127.0.0.1:9'));
      expect(ran).to.include({ code: 1, out: '' });
      expect(withoutNpm(ran.err)).to.match(/^连不上 http:\/\/127\.0\.0\.1:9.*npm start.*\n$/);
    });

    it('says which customers there are', async () => {
      const ran = await run(npm('chat', '--customer', 'nobody', '--url', server.url));
      expect(ran).to.include({ code: 1, out: '' });
      expect(withoutNpm(ran.err)).to.match(/^没有客户 nobody.*happy.*\n$/);
    });
  });

  it('npm run -s nlu prints JSON lines and nothing else', async () => {
    const ran = await run(npm('nlu'), ['怎么解绑信用卡', '', '转人工']);
    expect(ran.code).to.equal(0);
    const lines = ran.out.split('\n');
    expect(lines.pop()).to.equal('');
    expect(lines.map((line) => JSON.parse(line).decision)).to.deep.equal(['accept', 'reject', 'accept']);
  });

  describe('a start that cannot be', () => {
    before(buildProduct);

    async function refused(env: Record<string, string>): Promise<string> {
      const ran = await run(product, [], { PORT: '0', ...env });
      expect(ran.code).to.equal(1);
      expect(ran.err).to.not.match(STACK);
      return ran.err;
    }

    it('names a setting that is no number', async () => {
      expect(await refused({ PORT: 'abc', DATA_DIR: join(tmpdir(), 'unbind-never') })).to.match(/PORT: /);
    });

    it('names a bad setting without its value', async () => {
      const said = await refused({ TOKEN_SIGNING_KEY: 'too-short-secret' });
      expect(said).to.contain('TOKEN_SIGNING_KEY').and.to.not.contain('too-short-secret');
    });

    it('names every secret that production lacks', async () => {
      const said = await refused({ NODE_ENV: 'production' });
      for (const name of ['DIRECT_LINE_SECRET', 'TOKEN_SIGNING_KEY', 'DOCUMENT_KEK', 'PLATFORM_API_URL']) {
        expect(said).to.contain(`${name} must be set`);
      }
    });

    it('says that another process has the data directory', async () => {
      const said = await refused({ DATA_DIR: server.dataDir });
      expect(said).to.match(/data directory .* is in use by process \d+.*DATA_DIR/);
    });

    it('says that the port is taken', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'unbind-port-'));
      try {
        expect(await refused({ DATA_DIR: dataDir, PORT: new URL(server.url).port })).to.match(
          /EADDRINUSE|in use/,
        );
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    });
  });
});
