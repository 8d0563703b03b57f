import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { call, poll, type Started, startConversation, until } from './client.ts';
import { startServer, type TestServer } from './server.ts';

const PICTURE = Buffer.from('ffd8ffe000104a46494600', 'hex');

describe('Direct Line: upload', () => {
  let server: TestServer;
  let talk: Started;
  before(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    talk = await startConversation(server);
    server.uploads.open = true;
    server.uploads.refuse = undefined;
    server.uploads.received = [];
  });
  after(() => server.close());

  interface Part {
    head: string;
    type?: string;
    body: Buffer | string;
  }
  function multipart(parts: Part[], end = '--b--\r\n') {
    const chunks = parts.flatMap(({ head, type, body }) => [
      Buffer.from(
        `--b\r\nContent-Disposition: form-data${head}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
      ),
      Buffer.from(body as string),
      Buffer.from('\r\n'),
    ]);
    return Buffer.concat([...chunks, Buffer.from(end)]);
  }
  const activityPart = (activity: unknown, head = '; name="activity"; filename="blob"'): Part => ({
    head,
    type: 'application/vnd.microsoft.activity',
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
  const filePart = (name: string, body: Buffer = PICTURE, type = 'image/jpeg'): Part => ({
    head: `; name="file"; filename="${name}"`,
    type,
    body,
  });
  const upload = (body: Buffer, headers: Record<string, string> = {}, query = '?userId=dl_li') =>
    call(server, `/conversations/${talk.id}/upload${query}`, {
      bearer: talk.token,
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=b', ...headers },
    });
  const message = (more: object = {}) => ({
    type: 'message',
    text: '身份证正面',
    from: { id: 'somebody-else' },
    channelData: { clientActivityID: `c-${Math.random()}`, attachmentSizes: [11] },
    attachments: [{ name: '身份证.png', contentType: 'image/png', thumbnailUrl: 'data:image/png;base64,AA' }],
    ...more,
  });
  async function echo() {
    await server.idle();
    return (await poll(server, talk)).body.activities[1];
  }

  it('F1 F2 takes what stock clients send, the name in UTF-8, and hands the bytes to the port', async () => {
    const sent = message();
    const answer = await upload(
      multipart([activityPart(sent), filePart('身份证.png', PICTURE, 'image/png')]),
    );
    expect([answer.status, answer.body]).to.deep.equal([200, { id: `${talk.id}|0000003` }]);
    expect(server.uploads.received.map((it) => Buffer.from(it))).to.deep.equal([PICTURE]);
    const activity = await echo();
    expect(activity.attachments).to.deep.equal([{ name: '身份证.png', contentType: 'image/png' }]);
    expect(activity.text).to.equal('身份证正面');
    expect(activity.channelData).to.deep.equal({
      ...sent.channelData,
      upload: { documentId: 'doc-1', slot: 'id-front', draftId: 'draft-1', warnings: ['dark'] },
    });
  });

  it('F2 parts may come in the other order', async () => {
    expect((await upload(multipart([filePart('a.jpg'), activityPart(message())]))).status).to.equal(200);
    expect((await echo()).text).to.equal('身份证正面');
  });

  it('F2 the activity part may have no name, or be a plain field', async () => {
    for (const head of ['', '; name="activity"']) {
      server.uploads.open = true;
      expect((await upload(multipart([activityPart(message(), head), filePart('a.jpg')]))).status).to.equal(
        200,
      );
    }
    expect((await echo()).text).to.equal('身份证正面');
  });

  it('F2 the type of a file without one is that of the attachment of its name', async () => {
    await upload(
      multipart([activityPart(message()), filePart('身份证.png', PICTURE, 'application/octet-stream')]),
    );
    expect((await echo()).attachments[0].contentType).to.equal('image/png');
  });

  it('F3 a raw upload makes an empty message', async () => {
    const disposition = Buffer.from('name="file"; filename="证件.jpg"').toString('latin1');
    const answer = await upload(PICTURE, {
      'content-type': 'image/jpeg',
      'content-disposition': disposition,
    });
    expect(answer.status).to.equal(200);
    expect(await echo()).to.deep.include({
      type: 'message',
      attachments: [{ name: '证件.jpg', contentType: 'image/jpeg' }],
    });
  });

  it('F3 userId has to be there, the token’s user wins', async () => {
    expect((await upload(multipart([activityPart(message()), filePart('a.jpg')]), {}, '')).status).to.equal(
      400,
    );
    await upload(multipart([activityPart(message()), filePart('a.jpg')]), {}, '?userId=dl_wang');
    expect((await echo()).from.id).to.equal('dl_li');
  });

  it('F4 F6 no address of the file and no thumbnail goes back', async () => {
    const attachments = [
      { name: 'a.jpg', contentType: 'image/jpeg', contentUrl: 'https://x/y', thumbnailUrl: 'https://x/t' },
    ];
    await upload(multipart([activityPart(message({ attachments })), filePart('a.jpg')]));
    expect(JSON.stringify(await echo())).to.not.match(/contentUrl|thumbnailUrl|https:/);
  });

  it('without an open slot the customer is sent to the secure card, and nothing is kept', async () => {
    server.uploads.open = false;
    const { status, body } = await upload(multipart([activityPart(message()), filePart('a.jpg')]));
    expect(status).to.be.within(404, 499);
    expect(body.error.code).to.equal('UploadNotOpen');
    expect(body.error.message).to.include('安全上传');
    expect(server.uploads.received).to.deep.equal([]);
    expect((await server.store.find(talk.id))?.lastSeq).to.equal(2);
  });

  it('E3 the same clientActivityID again: same id, file taken once, though the slot has closed', async () => {
    const body = multipart([activityPart(message()), filePart('a.jpg')]);
    const [first, second] = [await upload(body), await upload(body)];
    expect([first.status, second.status]).to.deep.equal([200, 200]);
    expect(second.body.id).to.equal(first.body.id);
    expect(server.uploads.received).to.have.length(1);
  });

  it('the name of the file and the text are masked', async () => {
    const text = '卡号6222021234567890123';
    await upload(multipart([activityPart(message({ text })), filePart('6222021234567890123.jpg')]));
    const activity = await echo();
    expect(activity.text).to.equal('卡号[卡号]');
    expect(activity.attachments[0].name).to.equal('[卡号].jpg');
  });

  describe('F5 uploads that are refused', () => {
    const big = Buffer.alloc(10 * 1024 * 1024 + 1);
    const table: [string, () => ReturnType<typeof upload>, number, string][] = [
      ['no file', () => upload(multipart([activityPart(message())])), 400, 'FileMissing'],
      [
        'two files',
        () => upload(multipart([activityPart(message()), filePart('a.jpg'), filePart('b.jpg')])),
        400,
        'OneFileOnly',
      ],
      [
        'over 10 MB',
        () => upload(multipart([activityPart(message()), filePart('a.jpg', big)])),
        413,
        'FileTooLarge',
      ],
      ['raw over 10 MB', () => upload(big, { 'content-type': 'image/jpeg' }), 413, 'FileTooLarge'],
      [
        'an activity that is no JSON',
        () => upload(multipart([activityPart('{'), filePart('a.jpg')])),
        400,
        'BadRequest',
      ],
      [
        'an activity that is a string',
        () => upload(multipart([activityPart('"x"'), filePart('a.jpg')])),
        400,
        'BadRequest',
      ],
      [
        'an activity of a wrong type',
        () => upload(multipart([activityPart({ type: 'trace' }), filePart('a.jpg')])),
        400,
        'BadArgument',
      ],
      [
        'a text too long',
        () => upload(multipart([activityPart(message({ text: 'x'.repeat(4001) })), filePart('a.jpg')])),
        413,
        'MessageTooLong',
      ],
      [
        'a body cut off',
        () => upload(multipart([activityPart(message()), filePart('a.jpg')], '')),
        400,
        'BadRequest',
      ],
      ['no boundary', () => upload(PICTURE, { 'content-type': 'multipart/form-data' }), 400, 'BadRequest'],
      ['an empty form', () => upload(Buffer.from('--b--\r\n')), 400, 'FileMissing'],
      ['an empty body', () => upload(Buffer.alloc(0), { 'content-type': 'image/png' }), 400, 'FileMissing'],
      [
        'JSON',
        () => upload(Buffer.from('{}'), { 'content-type': 'application/json' }),
        415,
        'UnsupportedMediaType',
      ],
      ['a film', () => upload(PICTURE, { 'content-type': 'video/mp4' }), 415, 'UnsupportedMediaType'],
    ];
    for (const [name, send, status, code] of table) {
      it(name, async () => {
        const answer = await send();
        expect([answer.status, answer.body.error?.code]).to.deep.equal([status, code]);
        expect(server.uploads.received).to.deep.equal([]);
        expect((await server.store.find(talk.id))?.lastSeq).to.equal(2);
      });
    }

    for (const [code, status] of [
      ['TypeNotAccepted', 415],
      ['PictureUnreadable', 400],
      ['StorageUnavailable', 503],
    ] as const) {
      it(`what the port refuses: ${code}`, async () => {
        server.uploads.refuse = code;
        const { status: is, body } = await upload(multipart([activityPart(message()), filePart('a.jpg')]));
        expect([is, body.error]).to.deep.equal([status, { code, message: `refused: ${code}` }]);
      });
    }
  });

  it('F5 the customer is told when the database is away, and nothing is kept', async () => {
    server.uploads.fault = new Error('database gone');
    const answer = await upload(multipart([activityPart(message()), filePart('a.jpg')]));
    server.uploads.fault = undefined;
    expect([answer.status, answer.body.error]).to.deep.equal([
      503,
      { code: 'StorageUnavailable', message: 'refused: StorageUnavailable' },
    ]);
    expect((await poll(server, talk)).body.activities).to.have.length(1);
  });

  describe('before the body is there', () => {
    const sockets: Socket[] = [];
    afterEach(() => {
      for (const socket of sockets.splice(0)) socket.destroy();
    });
    /** A request that announces 10 MB and sends a few bytes; what it is answered. */
    function begin(bearer: string, of = talk) {
      const { hostname, port } = new URL(server.origin);
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      const heard = { status: 0 };
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        heard.status ||= Number(/^HTTP\/1.1 (\d+)/.exec(String(data))?.[1]);
      });
      socket.write(
        `POST /v3/directline/conversations/${of.id}/upload?userId=x HTTP/1.1\r\nHost: x\r\n` +
          `Authorization: Bearer ${bearer}\r\nContent-Type: image/jpeg\r\nContent-Length: 10000000\r\n\r\nabc`,
      );
      return heard;
    }

    it('somebody unknown is refused', async () => {
      const heard = begin('x.y.z');
      await until(() => heard.status > 0, 'an answer');
      expect(heard.status).to.equal(403);
    });

    it('a third upload of one conversation is refused while two are under way, others’ are not', async () => {
      const heard = [begin(talk.token), begin(talk.token), begin(talk.token)];
      await until(() => heard.some(({ status }) => status > 0), 'an answer');
      expect(heard.map(({ status }) => status).sort()).to.deep.equal([0, 0, 429]);
      talk = await startConversation(server);
      expect((await upload(multipart([filePart('x.jpg')]))).status).to.equal(200);
    });

    it('one that breaks off gives its place back', async () => {
      const heard = [begin(talk.token), begin(talk.token), begin(talk.token)];
      await until(() => heard.some(({ status }) => status > 0), 'an answer');
      for (const socket of sockets) socket.destroy();
      let last = 429;
      const end = Date.now() + 20_000;
      while (last === 429 && Date.now() < end) last = (await upload(multipart([filePart('x.jpg')]))).status;
      expect(last).to.equal(200);
    });
  });
});
