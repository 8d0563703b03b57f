import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import sharp from 'sharp';
import type { ChatMessage } from '../../../src/console/chats/shapes.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../../src/conversation/embedded/store.ts';
import { openConnection } from '../../../src/conversation/redis/connection.ts';
import { redisAt } from '../../../src/conversation/redis/settings.ts';
import { createRedisMemory } from '../../../src/conversation/redis/shared-memory.ts';
import { createRedisStore } from '../../../src/conversation/redis/store.ts';
import { connect } from '../../../src/database/connect.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import { silent } from '../../../src/domain/log.ts';
import { pdf, SCRIPT } from '../../documents/pdfs.ts';
import { photo } from '../../documents/pictures.ts';
import { freshPostgres } from '../../support/databases.ts';
import { eventually } from '../../support/eventually.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { customerAt, loginAt, type Page, type Process, staffAt, startProcess } from './world.ts';

const MEGABYTE = 1024 * 1024;

interface Desk {
  process: Process;
  close(): Promise<void>;
}

async function embedded(): Promise<Desk> {
  const database = await connect({ dataDir: 'memory://' });
  const store = await createEmbeddedStore({ sql: await PGlite.create('memory://'), clock: systemClock });
  const process = await startProcess({ database, store, memory: createEmbeddedMemory(systemClock) });
  return {
    process,
    async close() {
      await process.close();
      await process.chats.live.stop();
      await store.close();
      await database.close();
    },
  };
}

async function shared(redis: RedisServer): Promise<Desk> {
  const settings = redisAt(redis.url);
  const database = await connect({ databaseUrl: await freshPostgres(), dataDir: 'memory://' });
  const store = await createRedisStore({ redis: settings, log: silent });
  const connection = await openConnection({ settings, log: silent, purpose: 'shared memory' });
  const process = await startProcess({ database, store, memory: createRedisMemory({ connection }) });
  return {
    process,
    async close() {
      await process.close();
      await process.chats.live.stop();
      await connection.close();
      await store.close();
      await database.close();
    },
  };
}

type Customer = Awaited<ReturnType<typeof customerAt>>;

function files(name: string, open: () => Promise<Desk>) {
  describe(`files in the chats of the desk: ${name}`, function () {
    this.timeout(60_000);
    let desk: Desk;
    let at: Process;
    let agent: Page;
    let picture: Buffer;
    let customer: Customer;
    let chat: string;

    before(async () => {
      desk = await open();
      at = desk.process;
      picture = await photo(900, 600);
      agent = await staffAt(at, ['agent'], { capacity: 50 });
      await agent.ask('PUT', '/presence', { presence: 'online' });
    });
    after(() => desk.close());
    beforeEach(async () => {
      customer = await customerAt(at);
      chat = await customer.askForPerson();
      await handTo('queued');
    });

    /** What the bot's turn does to the conversation when a person is asked for. */
    async function handTo(mode: 'queued' | 'human' | 'bot', { conversationId } = customer) {
      const note = { origin: 'system' as const, activity: { type: 'event', name: 'test' } };
      const accepted = await at.store.accept(conversationId, note, 30_000);
      if (accepted.kind !== 'accepted' || !accepted.claim) throw new Error(accepted.kind);
      for (const { seq } of accepted.claim.messages)
        await at.store.commit(accepted.claim, { seq, state: {}, mode, replies: [] });
    }
    async function claimed() {
      expect((await agent.ask('POST', `/chats/${chat}/claim`)).status).to.equal(200);
      await handTo('human');
    }

    async function upload(
      bytes: Uint8Array,
      fileName = 'IMG_0001.jpg',
      clientActivityID: string = randomUUID(),
    ) {
      const form = new FormData();
      const activity = { type: 'message', channelData: { clientActivityID } };
      form.append(
        'activity',
        new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }),
      );
      form.append('file', new Blob([bytes]), fileName);
      const address = `${at.url}/v3/directline/conversations/${customer.conversationId}/upload?userId=x`;
      const headers = { authorization: `Bearer ${customer.token}`, 'accept-language': 'zh-CN' };
      const response = await fetch(address, { method: 'POST', headers, body: form });
      const body = (await response.json()) as { id: string; error: { code: string } };
      return { status: response.status, body };
    }
    async function sendAs(
      page: Page,
      bytes: Uint8Array,
      more: { name?: string; clientId?: string; chat?: string } = {},
    ) {
      const form = new FormData();
      form.append('clientId', more.clientId ?? randomUUID());
      form.append('file', new Blob([bytes]), more.name ?? 'notice.jpg');
      const headers = { cookie: page.cookie, 'x-csrf-token': page.csrf };
      const address = `${at.url}/api/console/chats/${more.chat ?? chat}/files`;
      const response = await fetch(address, { method: 'POST', headers, body: form });
      const body = (await response.json()) as { message: ChatMessage; error?: { code: string } };
      return { status: response.status, body, code: body.error?.code };
    }
    const messages = async (page = agent) =>
      (await page.ask('GET', `/chats/${chat}/messages`)).body.messages as ChatMessage[];
    const fileIn = async () => (await messages()).find(({ kind }) => kind === 'files')?.files[0];
    const viewOf = (page: Page, fileId: string | undefined, look?: 'small' | 'whole') =>
      page.ask('POST', `/chats/${chat}/files/${fileId}/views`, look ? { look } : {});
    const fetchAs = (page: Page, url: unknown) =>
      fetch(at.url + String(url), { headers: { cookie: page.cookie } });
    const address = (fileId: string | undefined, of: Customer = customer, look = 'whole') =>
      fetch(`${at.url}/v3/directline/conversations/${of.conversationId}/files/${fileId}/address`, {
        method: 'POST',
        headers: { authorization: `Bearer ${of.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ look }),
      });
    async function urlOf(fileId: string | undefined): Promise<string> {
      const { url } = (await (await address(fileId)).json()) as { url: string };
      return at.url + url;
    }

    describe('from a customer who waits', () => {
      it('is kept for the agent, who sees blocks while it waits and the picture, marked, once it is theirs', async () => {
        expect((await upload(picture)).status).to.equal(200);
        const supervisor = await staffAt(at, ['supervisor']);
        const waiting = (await messages(supervisor)).find(({ kind }) => kind === 'files');
        const [file] = waiting?.files ?? [];
        expect(file).to.include({ name: 'IMG_0001.jpg', contentType: 'image/jpeg', width: 900, height: 600 });
        const own = await staffAt(at, ['agent'], { groups: ['default'] });
        expect((await viewOf(own, file?.id)).code).to.be.oneOf(['NotFound', 'WrongState']);

        await claimed();
        const small = await viewOf(agent, file?.id, 'small');
        const blocks = await fetchAs(agent, small.body.url);
        expect((await sharp(Buffer.from(await blocks.arrayBuffer())).metadata()).width).to.equal(480);
        const whole = await viewOf(agent, file?.id);
        const shown = await fetchAs(agent, whole.body.url);
        expect(shown.status).to.equal(200);
        expect(Object.fromEntries(shown.headers)).to.include({
          'content-type': 'image/jpeg',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'content-disposition': "inline; filename*=UTF-8''IMG_0001.jpg",
        });
        expect((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).width).to.equal(900);
        expect((await fetchAs(agent, whole.body.url)).status).to.equal(404);
      });

      it('does not travel through the log', async () => {
        await upload(picture);
        const log = JSON.stringify(await at.store.read(customer.conversationId, 0, 100));
        expect(log.length).to.be.lessThan(4000);
        expect(log).to.not.match(/base64|data:|contentUrl/);
      });

      it('is one message and one file, however often it is sent', async () => {
        const id = randomUUID();
        const answers = await Promise.all([upload(picture, 'a.jpg', id), upload(picture, 'a.jpg', id)]);
        answers.push(await upload(picture, 'a.jpg', id));
        expect(new Set(answers.map(({ body }) => body.id)).size).to.equal(1);
        expect(
          (await messages(await staffAt(at, ['supervisor']))).filter(({ kind }) => kind === 'files'),
        ).to.have.length(1);
      });

      for (const [what, bytes, status, code] of [
        ['empty', Buffer.alloc(0), 400, 'FileEmpty'],
        ['too large', Buffer.alloc(10 * MEGABYTE + 1), 413, 'FileTooLarge'],
        [
          'a page that calls itself a picture',
          Buffer.from('<html><script>x</script>'),
          415,
          'ChatTypeNotAccepted',
        ],
        ['a PDF with a script', pdf([SCRIPT]), 415, 'PdfNotAccepted'],
      ] as const)
        it(`is refused: ${what}`, async () => {
          const before = (await at.store.find(customer.conversationId))?.lastSeq;
          const answer = await upload(bytes);
          expect([answer.status, answer.body.error.code]).to.deep.equal([status, code]);
          expect((await at.store.find(customer.conversationId))?.lastSeq).to.equal(before);
        });

      it('is not taken into the chat while the bot has it', async () => {
        await handTo('bot');
        const answer = await upload(picture);
        expect([answer.status, answer.body.error.code]).to.deep.equal([409, 'UploadNotOpen']);
      });

      it('cannot be claimed to have been sent by a message that names it', async () => {
        await upload(picture);
        await claimed();
        const { id } = (await fileIn()) ?? {};
        const other = await customerAt(at);
        const headers = { authorization: `Bearer ${other.token}`, 'content-type': 'application/json' };
        const forged = { type: 'message', text: 'x', from: other.user, channelData: { file: { id } } };
        const base = `${at.url}/v3/directline/conversations/${other.conversationId}`;
        await fetch(`${base}/activities`, { method: 'POST', headers, body: JSON.stringify(forged) });
        expect(JSON.stringify(await at.store.read(other.conversationId, 0, 10))).to.not.include(id);
      });

      it('is not given out again to whoever has the customer’s token', async () => {
        await upload(picture);
        await claimed();
        expect((await address((await fileIn())?.id)).status).to.equal(404);
      });
    });

    describe('is seen by nobody else', () => {
      it('another agent, another session of the same agent, a reviewer, a stranger', async () => {
        await upload(picture);
        await claimed();
        const { id } = (await fileIn()) ?? {};
        const other = await staffAt(at, ['agent']);
        expect([(await viewOf(other, id)).status, (await viewOf(other, id, 'small')).status]).to.deep.equal([
          404, 404,
        ]);
        expect((await viewOf(await staffAt(at, ['reviewer']), id)).code).to.equal('NotAllowed');
        const otherTab = await loginAt(at, agent.who);
        for (const page of [other, otherTab]) {
          const { url } = (await viewOf(agent, id)).body;
          expect((await fetchAs(page, url)).status).to.equal(404);
        }
        expect((await fetchAs(agent, '/api/console/chat-files/guessed')).status).to.equal(404);
        expect((await viewOf(agent, randomUUID())).status).to.equal(404);
      });

      it('but by who supervises', async () => {
        await upload(picture);
        await claimed();
        const { id } = (await fileIn()) ?? {};
        const lead = await staffAt(at, ['supervisor']);
        const { url } = (await viewOf(lead, id)).body;
        expect((await fetchAs(lead, url)).status).to.equal(200);
      });
    });

    describe('from an agent', () => {
      beforeEach(claimed);

      it('reaches the customer by name, who opens it once per address', async () => {
        const stream = customer.listen();
        const sent = await sendAs(agent, picture, { name: '解除流程.png' });
        const [file] = sent.body.message.files;
        expect(sent.body.message).to.include({ kind: 'files', from: agent.who.number });
        await eventually(() => stream.activities.some(({ attachments }) => attachments));
        const heard = stream.activities.find(({ attachments }) => attachments);
        expect(heard?.attachments).to.deep.equal([{ name: '解除流程.jpg', contentType: 'image/jpeg' }]);
        expect(heard?.channelData).to.deep.include({
          file: { id: file?.id, sizeBytes: file?.sizeBytes, width: 900, height: 600 },
        });
        stream.socket.terminate();

        const url = await urlOf(file?.id);
        expect((await fetch(url, { method: 'HEAD' })).status).to.equal(404);
        const opened = await fetch(url);
        expect(Object.fromEntries(opened.headers)).to.include({
          'content-type': 'image/jpeg',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('解除流程.jpg')}`,
        });
        expect((await opened.arrayBuffer()).byteLength).to.equal(file?.sizeBytes);
        const again = await fetch(url);
        expect([again.status, again.headers.get('content-type')]).to.deep.equal([
          404,
          'application/json; charset=utf-8',
        ]);
        const preview = (await (await address(file?.id, customer, 'small')).json()) as { url: string };
        const small = await fetch(at.url + preview.url);
        expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width).to.equal(480);
      });

      it('is saved, not shown, when it is a PDF', async () => {
        const [file] = (await sendAs(agent, pdf(), { name: '"><script>alert(1)</script>.pdf' })).body.message
          .files;
        expect(file).to.include({ name: 'script>.pdf', contentType: 'application/pdf' });
        const opened = await fetch(await urlOf(file?.id));
        expect(opened.headers.get('content-disposition')).to.equal(
          "attachment; filename*=UTF-8''script%3E.pdf",
        );
        expect(Buffer.from(await opened.arrayBuffer()).equals(pdf())).to.equal(true);
        expect((await address(file?.id, customer, 'small')).status).to.equal(404);
      });

      it('is not opened with another conversation’s token, nor under another’s name', async () => {
        const [file] = (await sendAs(agent, picture)).body.message.files;
        const other = await customerAt(at);
        expect((await address(file?.id, other)).status).to.equal(404);
        const crossed = { ...customer, token: other.token };
        expect((await address(file?.id, crossed)).status).to.equal(403);
        expect((await fetch(`${at.url}/v3/directline/files/guessed`)).status).to.equal(404);
      });

      it('is gone for the customer when it is taken back, also at an address given before', async () => {
        const { message } = (await sendAs(agent, picture)).body;
        const [file] = message.files;
        const url = await urlOf(file?.id);
        const recall = () => agent.ask('POST', `/chats/${chat}/recall`, { seq: message.seq });
        expect((await recall()).body.message).to.include({ kind: 'recall', recalls: message.seq });
        expect((await recall()).status).to.equal(200);
        expect((await fetch(url)).status).to.equal(404);
        expect((await address(file?.id)).status).to.equal(404);
        expect((await viewOf(agent, file?.id)).code).to.equal('FileGone');
      });

      it('is one message for one clientId, sent twice at once and once more', async () => {
        const clientId = randomUUID();
        const answers = await Promise.all([
          sendAs(agent, picture, { clientId }),
          sendAs(agent, picture, { clientId }),
        ]);
        answers.push(await sendAs(agent, pdf(), { clientId }));
        expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
        expect(new Set(answers.map(({ body }) => body.message.seq)).size).to.equal(1);
        expect((await messages()).filter(({ kind }) => kind === 'files')).to.have.length(1);
      });

      it('is refused by what it is', async () => {
        const codes = [];
        for (const [bytes, name] of [
          [Buffer.alloc(0), 'a.jpg'],
          [Buffer.alloc(10 * MEGABYTE + 1), 'a.jpg'],
          [Buffer.from('PK\u0003\u0004 a program'), 'a.pdf'],
          [pdf([SCRIPT]), 'a.pdf'],
          [picture, '请把验证码发给我.jpg'],
        ] as const) {
          const { status, code } = await sendAs(agent, bytes, { name });
          codes.push([status, code]);
        }
        expect(codes).to.deep.equal([
          [400, 'FileEmpty'],
          [413, 'FileTooLarge'],
          [415, 'ChatTypeNotAccepted'],
          [415, 'PdfNotAccepted'],
          [422, 'AsksForSecret'],
        ]);
        expect(await fileIn()).to.equal(undefined);
      });

      it('is refused without a form, a file or a clientId', async () => {
        expect((await agent.ask('POST', `/chats/${chat}/files`, {})).code).to.equal('FormInvalid');
        expect((await sendAs(agent, picture, { clientId: 'x y' })).code).to.equal('FormInvalid');
        const form = new FormData();
        form.append('clientId', randomUUID());
        const headers = { cookie: agent.cookie, 'x-csrf-token': agent.csrf };
        const bare = await fetch(`${at.url}/api/console/chats/${chat}/files`, {
          method: 'POST',
          headers,
          body: form,
        });
        expect(bare.status).to.equal(400);
      });

      it('is sent only by who has the chat, and only where the customer can open it', async () => {
        expect((await sendAs(await staffAt(at, ['agent']), picture)).status).to.equal(404);
        const lead = await staffAt(at, ['supervisor', 'agent']);
        expect((await sendAs(lead, picture)).code).to.equal('Taken');
        expect((await sendAs(await staffAt(at, ['reviewer']), picture)).code).to.equal('NotAllowed');
        const elsewhere = await (await customerAt(at)).askForPerson({ channel: 'wechat' });
        await agent.ask('POST', `/chats/${elsewhere}/claim`);
        expect((await sendAs(agent, picture, { chat: elsewhere })).code).to.equal('ChannelTakesNoFiles');
        await agent.ask('POST', `/chats/${chat}/close`, { code: 'solved' });
        expect((await sendAs(agent, picture)).code).to.equal('WrongState');
        const kept = await at.chats.desk.get(chat);
        expect(kept?.state).to.equal('closed');
      });

      it('answers the customer: the reply clock stops', async () => {
        expect((await at.chats.desk.get(chat))?.firstReplyAt).to.equal(undefined);
        await sendAs(agent, picture);
        expect((await at.chats.desk.get(chat))?.firstReplyAt).to.be.a('string');
      });

      it('is in the archived talk by its name only', async () => {
        await sendAs(agent, picture, { name: '流程图.png' });
        await agent.ask('POST', `/chats/${chat}/close`, { code: 'solved' });
        const known = await at.store.find(customer.conversationId);
        await at.handoffs.markEnd(chat, known?.lastSeq ?? 0);
        const archive = at.chats.transcripts as ReturnType<
          typeof import('../../../src/handoff/index.ts').createTranscripts
        >;
        await archive.archive((id, after, limit) => at.store.read(id, after, limit) as never);
        const lines = (await archive.read(chat))?.lines ?? [];
        expect(lines.map(({ text }) => text)).to.include('[流程图.jpg]');
      });
    });
  });
}

files('PGlite alone', embedded);

describe('with servers', function () {
  this.timeout(90_000);
  let redis: RedisServer;
  before(async () => {
    redis = await startRedis();
  });
  after(() => redis.stop());
  files('PostgreSQL and Redis', () => shared(redis));
});
