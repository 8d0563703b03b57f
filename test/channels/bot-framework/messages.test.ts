import { expect } from 'chai';
import { type FakeAzure, startAzure, type TokenParts } from '../../support/azure.ts';
import { eventually } from '../../support/eventually.ts';
import { type AzureTalk, openAzureTalk } from './talk.ts';

describe('/api/messages', function () {
  this.timeout(60_000);
  let azure: FakeAzure;
  let talk: AzureTalk;
  let count = 0;
  /** Another one in each test. */
  let conversation: string;

  before(async () => {
    azure = await startAzure();
    talk = await openAzureTalk(azure.settings);
  });
  after(async () => {
    await talk.close();
    await azure.close();
  });
  beforeEach(() => {
    conversation = `a:${++count}`;
    azure.posted.length = 0;
    azure.fates.length = 0;
  });

  const activityOf = (fields: object) => ({
    type: 'message',
    id: `m${++count}`,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: azure.url,
    conversation: { id: conversation, conversationType: 'personal', tenantId: 't' },
    from: { id: '29:customer', name: '张三', aadObjectId: 'object-1' },
    recipient: { id: '28:bot', name: 'Bot' },
    ...fields,
  });
  async function post(fields: object, authorization?: string) {
    const token = authorization ?? `Bearer ${await azure.token()}`;
    return fetch(`${talk.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token },
      body: JSON.stringify(activityOf(fields)),
    });
  }
  const withToken = async (parts: TokenParts) => post({ text: '你好' }, `Bearer ${await azure.token(parts)}`);
  const here = () => `azure-msteams:${conversation}:object-1`;
  const log = () => talk.store.read(here(), 0, 100);
  const heard = () =>
    azure.posted
      .filter((it) => it.conversation === conversation && it.activity.type === 'message')
      .map(({ activity }) => activity.text);
  const hears = (...words: unknown[]) => eventually(() => expect(heard()).to.deep.equal(words));

  describe('takes only what Azure has signed for this bot', () => {
    for (const [name, parts] of Object.entries({
      'a forged signature': { forged: true },
      'a token for another bot': { audience: 'other' },
      'a token of another issuer': { issuer: 'https://evil.example' },
      'a token that has run out': { expires: '-1h' },
      'a token for another address to answer to': { serviceUrl: 'https://evil.example' },
      'an unknown key': { keyId: 'key-2' },
      'a token of the Emulator': {
        emulator: true,
        issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        audience: 'https://api.botframework.com',
      },
    } satisfies Record<string, TokenParts>)) {
      it(`answers ${name} with 401 and no words, and stores nothing`, async () => {
        const answer = await withToken(parts);
        expect([answer.status, await answer.text()]).to.deep.equal([401, '']);
        expect(await talk.store.find(here())).to.equal(undefined);
      });
    }

    for (const [name, header] of Object.entries({
      none: '',
      'no token': 'Bearer x',
      'another scheme': 'Basic eDp5',
    })) {
      it(`answers 401 to ${name}`, async () => {
        expect((await post({ text: '你好' }, header)).status).to.equal(401);
      });
    }

    it('answers 401 to a channel that the SDK would check elsewhere', async () => {
      expect((await post({ text: '你好', channelId: 'AseChannel' })).status).to.equal(401);
    });

    it('answers 503 while the keys cannot be fetched, and takes the message once they can', async () => {
      const other = await startAzure();
      const there = await openAzureTalk(other.settings);
      other.keysAway = true;
      const send = async () =>
        fetch(`${there.url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${await other.token()}` },
          body: JSON.stringify({ ...activityOf({ text: '你好' }), serviceUrl: other.url }),
        });
      expect((await send()).status).to.equal(503);
      other.keysAway = false;
      expect((await send()).status).to.equal(200);
      await there.close();
      await other.close();
    });
  });

  it('answers a message by the connector, under the identity of the bot', async () => {
    expect((await post({ text: '你好' })).status).to.equal(200);
    await hears('听到：你好');
    const [sent] = azure.posted;
    expect(sent?.authorization).to.equal('Bearer of-the-bot');
    expect(sent?.activity).to.deep.include({ type: 'message', textFormat: 'plain' });
    expect(sent?.activity.recipient).to.deep.include({ id: '29:customer' });
    expect(sent?.activity.channelData).to.equal(undefined);
  });

  it('acknowledges once the message is stored, before the turn', async () => {
    let go = () => {};
    talk.pause = new Promise((resolve) => {
      go = resolve;
    });
    expect((await post({ text: '慢' })).status).to.equal(200);
    expect((await log()).map(({ activity }) => activity.text)).to.deep.equal(['慢']);
    expect(heard()).to.deep.equal([]);
    go();
    talk.pause = undefined;
    await hears('听到：慢');
  });

  it('answers 5xx when nothing could be stored, and takes it when it comes again', async () => {
    talk.away = true;
    expect((await post({ id: 'again', text: '在吗' })).status).to.equal(500);
    talk.away = false;
    expect((await post({ id: 'again', text: '在吗' })).status).to.equal(200);
    await hears('听到：在吗');
  });

  it('answers a message once, however often it is delivered', async () => {
    const { turns } = talk;
    const sent = Array.from({ length: 4 }, () => post({ id: 'same', text: '一次' }));
    expect((await Promise.all(sent)).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    await hears('听到：一次');
    expect(talk.turns).to.equal(turns + 1);
  });

  it('knows what a client of Direct Line sends again by its own id', async () => {
    const fields = { channelId: 'directline', text: '重发', channelData: { clientActivityID: `c${count}` } };
    await post(fields);
    await post(fields);
    await hears('听到：重发');
  });

  it('greets who opens the chat', async () => {
    await post({ type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] });
    await hears('欢迎');
  });

  it('masks before it stores', async () => {
    await post({ text: '卡号 6222021234567890128' });
    expect(JSON.stringify(await log())).not.to.contain('6222021234567890128');
  });

  describe('where others read it', () => {
    const group = (thread = '') => ({
      conversation: { id: conversation + thread, conversationType: 'channel', tenantId: 't' },
    });
    const told = () =>
      azure.posted.flatMap(({ conversation: id, activity }) =>
        id.startsWith(conversation) ? [`${id.slice(conversation.length)} ${activity.text}`] : [],
      );

    it('says once that it only talks in private, and keeps nothing', async () => {
      expect((await post({ text: '<at>Bot</at> 我的卡', ...group(';messageid=1') })).status).to.equal(200);
      await eventually(() => expect(told()).to.have.length(1));
      expect(told()[0]).to.contain(';messageid=1 这里大家都看得到').and.to.contain('私聊');
      await post({ text: '那呢', ...group(';messageid=2'), from: { id: '29:other' } });
      await post({ text: '在吗', ...group(';messageid=1') });
      await post({ text: '私聊', conversation: { id: `p${conversation}` } });
      await eventually(() => azure.posted.some(({ conversation: id }) => id === `p${conversation}`));
      expect(told()).to.have.length(1);
      expect(await talk.store.find(`azure-msteams:${conversation};messageid=1:object-1`)).to.equal(undefined);
    });

    it('says so in the language of who brings it there', async () => {
      const added = { type: 'conversationUpdate', locale: 'en-GB', membersAdded: [{ id: '28:bot' }] };
      await post({ ...added, ...group(), membersAdded: [{ id: '29:other' }] });
      await post({ ...added, ...group() });
      await eventually(() => expect(told()).to.have.length(1));
      expect(told()[0]).to.contain('private chat');
    });

    it('says so to the next when it did not get there', async () => {
      azure.fates.push({ status: 502 });
      await post({ text: '一', ...group() });
      await eventually(() => azure.fates.length === 0);
      await eventually(async () => {
        await post({ text: '二', ...group() });
        expect(told()).to.have.length(1);
      });
    });
  });

  it('shows that it is writing while a turn takes long', async () => {
    let go = () => {};
    talk.pause = new Promise((resolve) => {
      go = resolve;
    });
    await post({ text: '想一想' });
    await eventually(() =>
      expect(azure.posted.map(({ activity }) => activity.type)).to.deep.equal(['typing']),
    );
    go();
    talk.pause = undefined;
    await hears('听到：想一想');
  });

  it('keeps people apart who write into the same conversation', async () => {
    await post({ text: '我是张三' });
    await post({ text: '我是李四', from: { id: '29:other' } });
    expect((await log()).map(({ activity }) => activity.text)).not.to.contain('我是李四');
    expect(await talk.store.find(`azure-msteams:${conversation}:29:other`)).to.include({
      userId: '29:other',
    });
  });

  it('shows that a picture was sent, without fetching it', async () => {
    await post({
      text: '',
      attachments: [{ contentType: 'image/png', contentUrl: 'https://evil.example/x.png' }],
    });
    await eventually(async () => {
      const [entry] = await log();
      expect(entry?.activity.attachments).to.deep.equal([{ contentType: 'image/unknown' }]);
    });
  });

  for (const [name, body] of Object.entries({
    'no JSON': '{',
    'no activity': '[]',
    'an activity without a conversation': '{"type":"message","channelId":"msteams"}',
  })) {
    it(`answers 400 to ${name}`, async () => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${await azure.token()}` };
      const answer = await fetch(`${talk.url}/api/messages`, { method: 'POST', headers, body });
      expect(answer.status).to.equal(400);
    });
  }

  it('answers 413 to what is too large', async () => {
    expect((await post({ text: 'x'.repeat(300_000) })).status).to.equal(413);
  });

  describe('in line', () => {
    it('gives the answers to who waits for them, and does not send them, too', async () => {
      const answer = await post({ text: '你好', deliveryMode: 'expectReplies' });
      const body = (await answer.json()) as { activities: { text: string }[] };
      expect(answer.status).to.equal(200);
      expect(body.activities.map(({ text }) => text)).to.deep.equal(['听到：你好']);
      await post({ text: '然后' });
      await hears('听到：然后');
    });

    it('gives them again when the request comes again', async () => {
      const ask = async () => {
        const answer = await post({
          id: `twice${conversation}`,
          text: '你好',
          deliveryMode: 'expectReplies',
        });
        return ((await answer.json()) as { activities: unknown[] }).activities.length;
      };
      expect([await ask(), await ask()]).to.deep.equal([1, 1]);
      expect(heard()).to.deep.equal([]);
    });

    it('takes a tap on a card, answers it at once, and sends the reply', async () => {
      const value = { action: { type: 'Action.Execute', data: { text: '查进度' } } };
      const answer = await post({ type: 'invoke', name: 'adaptiveCard/action', value });
      expect(answer.status).to.equal(200);
      expect(await answer.json()).to.include({ statusCode: 200 });
      await hears('听到：查进度');
    });

    it('answers 501 to an invoke that is nothing of ours', async () => {
      expect((await post({ type: 'invoke', name: 'task/fetch', value: {} })).status).to.equal(501);
    });
  });

  describe('sends', () => {
    it('again what the channel was too busy for, in the order it was said', async () => {
      azure.fates.push({ status: 502 });
      await post({ text: '一' });
      await post({ text: '二' });
      await hears('听到：一', '听到：二');
    });

    it('when the channel says it may', async () => {
      azure.fates.push({ status: 429, retryAfter: 1 });
      await post({ text: '慢慢来' });
      await hears('听到：慢慢来');
    });

    it('again when nobody can say whether it got there: rather two than none', async () => {
      azure.fates.push('hangs-up');
      await post({ text: '断了' });
      await hears('听到：断了');
    });

    for (const [fate, name] of [
      ['garbled', 'makes no sense'],
      ['cut', 'breaks off'],
    ] as const) {
      it(`once what the channel has taken, though its answer ${name}`, async () => {
        azure.fates.push(fate);
        await post({ text: '一' });
        await hears('听到：一');
        await post({ text: '二' });
        await hears('听到：一', '听到：二');
      });
    }

    it('no more of what the channel refuses for good, and the next all the same', async () => {
      azure.fates.push({ status: 400, code: 'BadSyntax' });
      await post({ text: '坏的' });
      await eventually(() => azure.fates.length === 0);
      await post({ text: '好的' });
      await hears('听到：好的');
    });

    it('nothing to who has blocked the bot, until they write again', async () => {
      azure.fates.push({ status: 403, code: 'BotNotInConversationRoster' });
      await post({ text: '走了' });
      await eventually(async () => (await talk.waits()).includes('customer-gone'));
      await post({ text: '回来' });
      await hears('听到：走了', '听到：回来');
    });

    it('nothing while Azure gives the bot no token, which staff can see', async () => {
      talk.noLogin = true;
      await post({ text: '没有令牌' });
      await eventually(async () => (await talk.waits()).includes('not-configured'));
      talk.noLogin = false;
      await post({ text: '有了' });
      await hears('听到：没有令牌', '听到：有了');
    });

    it('nothing while the login does not answer, which holds nobody up for longer', async () => {
      talk.loginHangs = true;
      await post({ text: '没有回音' });
      await eventually(async () => (await talk.waits()).includes('not-configured'));
      talk.loginHangs = false;
      await post({ text: '有了' });
      await hears('听到：没有回音', '听到：有了');
    });

    it('what an agent says, with who says it', async () => {
      await post({ text: '你好' });
      await hears('听到：你好');
      const from = { id: 'A12', name: 'A12' } as never;
      await talk.store.append(here(), 'agent', [{ type: 'message', text: '我来帮您', from }]);
      await hears('听到：你好', '【客服 A12】我来帮您');
    });

    it('a file of an agent as a link', async () => {
      await post({ text: '你好' });
      await hears('听到：你好');
      await talk.store.append(here(), 'agent', [
        {
          type: 'message',
          from: { id: 'A12', name: 'A12' } as never,
          attachments: [{ contentType: 'application/pdf', name: '回单.pdf' }],
          channelData: { file: { id: 'f1' } },
        },
      ]);
      await eventually(() => expect(heard()).to.have.length(2));
      expect(heard().at(-1)).to.contain('回单.pdf').and.to.contain('https://desk.example/channels/files/');
    });

    it('choices that are answered by a tap or a number', async () => {
      await post({ text: '问' });
      await hears('哪张卡？');
      expect(azure.posted.at(-1)?.activity.suggestedActions).to.deep.include({
        actions: [
          { type: 'imBack', title: '尾号 1234', value: '尾号 1234' },
          { type: 'imBack', title: '尾号 5678', value: '尾号 5678' },
        ],
      });
      await post({ text: '２' });
      await hears('哪张卡？', '听到：尾号 5678');
    });
  });
});
