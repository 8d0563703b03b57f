import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { Talk } from './direct-line.ts';

/** A talk whose every answer depends on the state that the one before has left. */
const SCRIPT = [
  '解绑一直失败',
  '现在申请',
  '担心账户安全',
  '同意',
  '不想上传',
  '先不用',
  '解绑一直失败',
  '先不用',
];
/** When the server dies, in ms after it has acknowledged a message. */
const AFTER_ACKNOWLEDGED = [0, 2, 5, 10, 20, 40, 80, 160];
/** When it dies while the request is on its way, in ms after that has begun. */
const IN_FLIGHT = [0, 2, 8];

describe('a server that is killed', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let undisturbed: string[];

  before(async () => {
    server = await startServer();
    const talk = await Talk.begin(server.url, 'risk-lock');
    for (const line of SCRIPT) await talk.ask(line);
    undisturbed = await talk.transcript();
  });
  after(async () => server?.stop());

  async function crash(): Promise<void> {
    await server.kill('SIGKILL');
    await server.revive();
  }

  it('has a talk to compare with in which every line is answered', () => {
    expect(undisturbed.filter((line) => line.startsWith('客户'))).to.have.length(SCRIPT.length);
    expect(undisturbed.join('\n')).to.contain('请上传').and.to.contain('没有提交任何申请');
  });

  it(`answers every acknowledged message once, killed ${AFTER_ACKNOWLEDGED.join(', ')} ms after it`, async () => {
    const talk = await Talk.begin(server.url, 'risk-lock');
    for (const [index, line] of SCRIPT.entries()) {
      const key = randomUUID();
      const id = await talk.post(line, key);
      await pause(AFTER_ACKNOWLEDGED[index]);
      await crash();
      // A client that did not hear the acknowledgement sends again.
      if (index % 2 === 0) expect(await talk.post(line, key)).to.equal(id);
      await talk.answered(id);
    }
    expect((await talk.transcript()).join('\n')).to.equal(undisturbed.join('\n'));
  });

  it('takes a message once that was on its way when it died and is sent again', async () => {
    const talk = await Talk.begin(server.url, 'risk-lock');
    for (const [index, line] of SCRIPT.entries()) {
      const key = randomUUID();
      const delay = IN_FLIGHT[index];
      if (delay !== undefined) {
        const posting = talk.post(line, key).catch(() => undefined);
        await pause(delay);
        await server.kill('SIGKILL');
        const acknowledged = await posting;
        await server.revive();
        const id = await talk.post(line, key);
        if (acknowledged) expect(id).to.equal(acknowledged);
      }
      await talk.ask(line, key);
    }
    expect((await talk.transcript()).join('\n')).to.equal(undisturbed.join('\n'));
  });

  it('answers messages that came in one go in their order', async () => {
    const talk = await Talk.begin(server.url, 'risk-lock');
    const ids: string[] = [];
    for (const line of SCRIPT) ids.push(await talk.post(line));
    await crash();
    for (const id of ids) await talk.answered(id);
    const said = (await talk.said()).filter(({ type, replyToId }) => type === 'message' && replyToId);
    const answered = said.map(({ replyToId }) => replyToId);
    expect(answered.filter((id, index) => id !== answered[index - 1])).to.deep.equal(ids);
    const words = said.map(({ text }) => `客服: ${text}`);
    // Behind the greeting.
    expect(words).to.deep.equal(undisturbed.filter((line) => line.startsWith('客服')).slice(1));
  });

  it('goes on with the talk when it dies between an upload and the word about it', async () => {
    const talk = await Talk.begin(server.url, 'risk-lock');
    for (const line of SCRIPT.slice(0, 4)) await talk.ask(line);
    const good = await photo('good');
    for (const next of ['请上传：身份证国徽面。', '还需要一张手持证件照']) {
      expect(await talk.upload(good)).to.equal(201);
      await crash();
      await eventually(async () => {
        const heard = (await talk.transcript()).filter((line) => line.startsWith(`客服: ${next}`));
        expect(heard).to.have.length(1);
      }, 20_000);
    }
    await talk.ask('同意');
    expect((await talk.card()).title).to.equal('手持身份证照片');
  });
});
