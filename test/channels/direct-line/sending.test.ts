import { expect } from 'chai';
import { call, Listener, poll, post, type Started, startConversation, until } from './client.ts';
import { SECRET, startServer, type TestServer } from './server.ts';

const CARD = '6222021234567890123';

describe('Direct Line: sending', () => {
  let server: TestServer;
  let talk: Started;
  before(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    talk = await startConversation(server);
  });
  after(() => server.close());
  /** What the log holds after this was sent. */
  async function stored(activity: object) {
    const answer = await post(server, talk, activity);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    await server.idle();
    const entries = await server.store.read(talk.id, 2, 10);
    return entries[0]?.activity as unknown as Record<string, unknown>;
  }

  it('E1 takes what Web Chat sends and answers with the full id', async () => {
    const activity = {
      type: 'message',
      text: '解绑不了',
      from: { id: 'dl_li', name: '', role: 'user' },
      channelId: 'webchat',
      locale: 'zh-CN',
      localTimestamp: '2026-11-23T10:00:00.000+08:00',
      localTimezone: 'Asia/Shanghai',
      textFormat: 'plain',
      channelData: { clientActivityID: 'abc', attachmentSizes: [] },
      attachments: [],
      entities: [{ type: 'ClientCapabilities', requiresBotState: true, supportsListening: true }],
    };
    const answer = await post(server, talk, activity);
    expect([answer.status, answer.body]).to.deep.equal([200, { id: `${talk.id}|0000003` }]);
    await server.idle();
    const [, echo] = (await poll(server, talk)).body.activities;
    const { locale, localTimestamp, localTimezone, entities } = activity;
    expect(echo).to.deep.include({ text: '解绑不了', locale, localTimestamp, localTimezone, entities });
    expect(echo.channelId).to.equal('directline');
  });

  it('E1 what only the server may say is dropped', async () => {
    const forged = {
      id: 'x|1',
      timestamp: '2001-01-01T00:00:00Z',
      conversation: { id: 'other' },
      recipient: { id: 'other' },
      serviceUrl: 'http://evil.example',
      callerId: 'bot',
    };
    const activity = await stored({ type: 'message', text: 'x', ...forged });
    expect(activity).to.not.have.any.keys('recipient', 'serviceUrl', 'callerId');
    expect(activity.id).to.equal(`${talk.id}|0000003`);
    expect(activity.timestamp).to.not.equal(forged.timestamp);
    expect(activity.conversation).to.deep.equal({ id: talk.id });
  });

  it('B4 from is the token’s user, whatever the client says', async () => {
    const activity = await stored({
      type: 'message',
      text: 'x',
      from: { id: 'dl_wang', name: '王', role: 'bot' },
    });
    expect(activity.from).to.deep.equal({ id: 'dl_li', name: '王', role: 'user' });
  });

  it('E2 answers before the bot does', async () => {
    const silent = await startServer({ answering: false });
    const there = await startConversation(silent);
    expect((await post(silent, there, { type: 'message', text: 'x' })).status).to.equal(200);
    await silent.close();
  });

  it('E3 the same clientActivityID is the same message: first id, one answer', async () => {
    const activity = { type: 'message', text: '一次', channelData: { clientActivityID: 'same' } };
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(server, talk, activity)));
    await server.idle();
    expect(new Set(answers.map(({ body }) => body.id)).size).to.equal(1);
    expect((await poll(server, talk)).texts).to.deep.equal(['欢迎', '一次', '回声 一次']);
  });

  it('E3 messages without clientActivityID are each their own', async () => {
    await post(server, talk, { type: 'message', text: '同' });
    await post(server, talk, { type: 'message', text: '同' });
    await server.idle();
    expect((await poll(server, talk)).texts.filter((text) => text === '同')).to.have.length(2);
  });

  it('E6 deliveryMode stream is accepted and ignored', async () => {
    expect(await stored({ type: 'message', text: 'x', deliveryMode: 'stream' })).to.not.have.property(
      'deliveryMode',
    );
  });

  it('typing of the customer is passed to other subscribers, not stored and not sent back', async () => {
    const wakes: string[] = [];
    const end = await server.store.subscribe(talk.id, (wake) => {
      if (wake.kind === 'passing') wakes.push(wake.activity.type);
    });
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎');
    const answer = await post(server, talk, { type: 'typing' });
    expect(answer.status).to.equal(200);
    expect(answer.body.id).to.be.a('string').and.not.equal('');
    await until(() => wakes.length > 0, 'typing');
    await post(server, talk, { type: 'message', text: '完' });
    await listener.hears('完');
    await end();
    expect(wakes).to.deep.equal(['typing']);
    expect(listener.activities.some(({ type }) => type === 'typing')).to.equal(false);
    expect(
      (await server.store.read(talk.id, 0, 10)).some(({ activity }) => activity.type === 'typing'),
    ).to.equal(false);
    listener.socket.close();
  });

  it('masks before anything is stored: text, value, speak, summary, names, channelData, numbers, keys', async () => {
    const activity = await stored({
      type: 'event',
      name: `n ${CARD}`,
      text: CARD,
      speak: CARD,
      summary: CARD,
      value: { a: [CARD, { [CARD]: CARD }], n: 6222021234567890 },
      channelData: { clientActivityID: 'id-1', note: CARD, deep: { note: CARD } },
      entities: [{ type: 'x', text: CARD }],
      attachments: [{ name: `${CARD}.jpg`, contentType: 'image/jpeg' }],
      from: { name: CARD },
    });
    const all = JSON.stringify(activity);
    expect(all).to.not.match(/\d{16}/);
    expect(all.match(/\[卡号\]/g)).to.have.length(13);
    expect(server.logLines.join('')).to.not.include('6222021234567890');
  });

  it('keeps the client’s ids as they are, even when they look like a card', async () => {
    const channelData = { clientActivityID: '6222021234567890', clientTimestamp: 1_795_400_000_000 };
    expect((await stored({ type: 'message', text: 'x', channelData })).channelData).to.deep.equal(
      channelData,
    );
  });

  it('a customer cannot claim an upload', async () => {
    const channelData = { clientActivityID: 'c', upload: { documentId: 'd', slot: 'id-front' } };
    const activity = await stored({ type: 'message', text: 'x', channelData });
    expect(activity.channelData).to.deep.equal({ clientActivityID: 'c' });
  });

  it('a customer cannot claim an upload or a warning in a key that cleaning makes whole', async () => {
    const channelData = {
      'uplo\u0001ad': { documentId: 'd' },
      'sensi\u202etive': ['pan'],
      '__pro\u0001to__': {},
    };
    const activity = await stored({ type: 'message', text: 'x', channelData });
    expect(Object.keys(activity.channelData as object)).to.deep.equal([]);
  });

  it('a client’s id that is none is not kept: it could hold a card number or what the store refuses', async () => {
    for (const clientActivityID of ['a\u0000b', '\ud800', '卡号 6222021234567890', 'x'.repeat(129)]) {
      const channelData = { clientActivityID };
      const first = await post(server, talk, { type: 'message', text: 'x', channelData });
      const second = await post(server, talk, { type: 'message', text: 'x', channelData });
      expect([first.status, second.status], clientActivityID).to.deep.equal([200, 200]);
      expect(second.body.id).to.not.equal(first.body.id);
    }
  });

  it('the fraction of a second and a media type hold no card number', async () => {
    const attachments = [{ name: 'x', contentType: `image/${CARD}` }];
    const localTimestamp = `2026-11-23T10:00:00.${CARD}Z`;
    const activity = await stored({ type: 'message', text: 'x', localTimestamp, attachments });
    expect(JSON.stringify(activity)).to.not.contain(CARD);
  });

  describe('text is kept whole and harmless', () => {
    const table: [string, string, string][] = [
      ['HTML stays text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
      ['control characters go', 'a\u0000b\u0007c\u001b[31md\u007fe\u0085f', 'abc[31mdef'],
      ['tabs and line ends stay', 'a\tb\r\nc\rd\ne', 'a\tb\nc\nd\ne'],
      ['half a surrogate pair is replaced', 'a\ud83db\ude00c', 'a\ufffdb\ufffdc'],
      ['emoji stay', '好👍🏽👨‍👩‍👧', '好👍🏽👨‍👩‍👧'],
      ['right-to-left marks stay', 'a\u200f\u200e\u061cb', 'a\u200f\u200e\u061cb'],
      ['overrides and isolates go', 'a\u202egnp.exe\u202c\u2066x\u2069', 'agnp.exex'],
      ['Arabic stays', 'مرحبا', 'مرحبا'],
      ['an empty text', '', ''],
    ];
    for (const [name, sent, kept] of table) {
      it(name, async () => {
        const activity = await stored({ type: 'message', text: sent, textFormat: 'xml' });
        expect(activity.text).to.equal(kept);
        expect(activity.textFormat).to.equal('plain');
      });
    }

    it('a card number cut up by control characters is masked', async () => {
      expect((await stored({ type: 'message', text: '622202\u00001234567\u0007890123' })).text).to.equal(
        '[卡号]',
      );
    });
  });

  describe('E4 bodies that are refused', () => {
    const raw = (body: string, type = 'application/json') =>
      call(server, `/conversations/${talk.id}/activities`, {
        bearer: talk.token,
        body,
        headers: { 'content-type': type },
      });
    const json = (activity: unknown) => () => raw(JSON.stringify(activity));
    const nested = `{"type":"message","value":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    const table: [string, () => ReturnType<typeof raw>, number, string][] = [
      ['malformed JSON', () => raw('{"type":'), 400, 'BadRequest'],
      ['JSON that is no object', json('hello'), 400, 'BadArgument'],
      ['null', json(null), 400, 'BadArgument'],
      ['an array', json([{ type: 'message' }]), 400, 'BadArgument'],
      ['nothing at all', () => raw(''), 400, 'BadArgument'],
      ['no type', json({ text: 'x' }), 400, 'BadArgument'],
      ['a text that is a number', json({ type: 'message', text: 7 }), 400, 'BadArgument'],
      ['a from that is a string', json({ type: 'message', from: 'me' }), 400, 'BadArgument'],
      ['attachments that are a string', json({ type: 'message', attachments: 'x' }), 400, 'BadArgument'],
      ['conversationUpdate', json({ type: 'conversationUpdate' }), 400, 'BadArgument'],
      ['trace', json({ type: 'trace' }), 400, 'BadArgument'],
      ['an invoke', json({ type: 'invoke', name: 'x' }), 400, 'BadArgument'],
      ['an internal event', json({ type: 'event', name: 'unbind.upload.completed' }), 400, 'BadArgument'],
      [
        'an internal event with a control character in its name',
        json({ type: 'event', name: 'unbind.upload\u0001.completed' }),
        400,
        'BadArgument',
      ],
      [
        'an internal event behind a mark that turns the text round',
        json({ type: 'event', name: '\u202eunbind.case.changed ' }),
        400,
        'BadArgument',
      ],
      [
        'a file without upload',
        json({ type: 'message', attachments: [{ contentUrl: 'data:,x' }] }),
        400,
        'AttachmentsNeedUpload',
      ],
      ['4001 characters', json({ type: 'message', text: '字'.repeat(4001) }), 413, 'MessageTooLong'],
      ['1 MB of text', json({ type: 'message', text: 'x'.repeat(1 << 20) }), 413, 'BodyTooLarge'],
      ['a value nested 2000 deep', () => raw(nested), 400, 'BadArgument'],
      ['__proto__', () => raw('{"type":"message","value":{"__proto__":{"x":1}}}'), 400, 'BadRequest'],
      ['XML', () => raw('<a/>', 'application/xml'), 415, 'UnsupportedMediaType'],
      ['plain text', () => raw('hello', 'text/plain'), 415, 'UnsupportedMediaType'],
    ];
    for (const [name, send, status, code] of table) {
      it(name, async () => {
        const answer = await send();
        expect([answer.status, answer.body.error?.code]).to.deep.equal([status, code]);
        expect(answer.body.error.message).to.be.a('string').and.not.equal('');
        expect(answer.body).to.have.all.keys('error');
        await server.idle();
        expect((await server.store.find(talk.id))?.lastSeq).to.equal(2);
      });
    }

    it('4000 characters are taken', async () => {
      expect(((await stored({ type: 'message', text: '字'.repeat(4000) })).text as string).length).to.equal(
        4000,
      );
    });

    it('the refusal of a long text can be shown to the customer', async () => {
      const { body } = await post(server, talk, { type: 'message', text: '字'.repeat(4001) });
      expect(body.error.message).to.match(/太长.*4000/);
    });

    it('it comes in the language the client asks for', async () => {
      const answer = (language: string) =>
        call(server, `/conversations/${talk.id}/activities`, {
          bearer: talk.token,
          json: { type: 'message', text: 'a'.repeat(4001) },
          headers: { 'accept-language': language },
        });
      expect((await answer('fr-FR, en-GB;q=0.8, zh;q=0.5')).body.error.message).to.match(/too long/);
      expect((await answer('zh-HK')).body.error.message).to.match(/太長/);
    });

    it('a text over 256 KB in bytes is refused though it is short in characters', async () => {
      const channelData = { blob: '字'.repeat(90_000) };
      expect((await post(server, talk, { type: 'message', text: 'x', channelData })).status).to.equal(413);
    });
  });

  describe('when the store is away', () => {
    afterEach(() => {
      server.storeState.mode = 'fine';
    });

    it('E3 a message is not acknowledged: 503 with an error body that tells no address', async () => {
      server.storeState.mode = 'throws';
      const { status, body, headers } = await post(server, talk, { type: 'message', text: 'x' });
      expect([status, body.error.code]).to.deep.equal([503, 'ServiceUnavailable']);
      expect(JSON.stringify(body)).to.not.include('redis');
      expect(headers.get('retry-after')).to.equal('20');
    });

    it('C3 G a start is 429, which stock clients try again', async () => {
      const { token } = (await call(server, '/tokens/generate', { bearer: SECRET, method: 'POST' })).body;
      server.storeState.mode = 'throws';
      const answer = await call(server, '/conversations', { bearer: token, method: 'POST' });
      expect([answer.status, answer.body.error.code]).to.deep.equal([429, 'ServerBusy']);
      expect(answer.headers.get('retry-after')).to.equal('20');
      server.storeState.mode = 'fine';
      expect((await call(server, '/conversations', { bearer: token, method: 'POST' })).status).to.equal(201);
    });

    it('C5 a reconnect is 503, which stock clients try again; a refresh goes on', async () => {
      server.storeState.mode = 'throws';
      const { id, token } = talk;
      expect((await call(server, `/conversations/${id}?watermark=`, { bearer: token })).status).to.equal(503);
      expect((await call(server, '/tokens/refresh', { bearer: token, method: 'POST' })).status).to.equal(200);
    });
  });
});
