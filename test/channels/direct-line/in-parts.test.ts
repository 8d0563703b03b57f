import { expect } from 'chai';
import { mask } from '../../../src/understanding/mask.ts';
import { maskInTalk } from '../../../src/understanding/mask-in-talk.ts';
import { poll, post, type Started, startConversation } from './client.ts';
import { startServer, type TestServer } from './server.ts';

describe('Direct Line: secrets in parts', () => {
  let server: TestServer;
  let talk: Started;
  before(async () => {
    server = await startServer({ mask, maskInTalk, answering: false });
  });
  beforeEach(async () => {
    talk = await startConversation(server);
  });
  after(() => server.close());

  async function say(...texts: string[]): Promise<void> {
    for (const text of texts) {
      const { status } = await post(server, talk, { type: 'message', text });
      expect(status).to.equal(200);
    }
  }

  async function kept(): Promise<{ text: string; sensitive: unknown }[]> {
    const { activities } = (await poll(server, talk)).body;
    return activities
      .filter((it: { from: { role?: string } }) => it.from.role !== 'bot')
      .map((it: { text: string; channelData?: { sensitive?: unknown } }) => ({
        text: it.text,
        sensitive: it.channelData?.sensitive,
      }));
  }

  it('masks both parts of a card number, and lets the bot warn of each', async () => {
    await say('6222 0200 1234', '5678 900');
    expect(await kept()).to.deep.equal([
      { text: '〔卡号前12位已隐藏〕', sensitive: ['pan'] },
      { text: '****8900', sensitive: ['pan'] },
    ]);
  });

  it('masks a code whose name was said in the message before', async () => {
    await say('验证码发你了', '482910');
    expect((await kept()).at(-1)).to.deep.equal({ text: '〔验证码已隐藏〕', sensitive: ['smsCode'] });
  });

  it('masks what a tapped button brings, as what is typed', async () => {
    await say('验证码发你了');
    await post(server, talk, { type: 'message', value: '482910', speak: '482910' });
    const { activities } = (await poll(server, talk)).body;
    expect(JSON.stringify(activities)).to.not.include('482910');
  });

  it('knows nothing of other conversations, and forgets after ten minutes', async () => {
    await say('验证码发你了');
    const first = talk;
    talk = await startConversation(server);
    await say('482910');
    expect((await kept()).at(-1)?.text).to.equal('482910');
    talk = first;
    server.clock.advance(11 * 60_000);
    await say('482910');
    expect((await kept()).at(-1)?.text).to.equal('482910');
  });

  it('takes no bare number while it cannot know what was said before', async () => {
    await say('验证码发你了');
    server.storeState.mode = 'throws';
    const { status } = await post(server, talk, { type: 'message', text: '482910' });
    server.storeState.mode = 'fine';
    expect(status).to.equal(503);
    expect(await kept()).to.have.length(1);
  });
});
