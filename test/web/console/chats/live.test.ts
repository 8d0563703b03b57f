import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type WebSocket as Served, WebSocket as Socket, WebSocketServer } from 'ws';
import type { StaffMember } from '../../../../src/domain/staff.ts';
import { ApiError } from '../../../../src/web/console/api/api-error.ts';
import { type Call, Desk } from '../../../../src/web/console/chats/live/desk.ts';
import type { MessagePage, Snapshot } from '../../../../src/web/console/chats/model.ts';
import { eventually } from '../../../support/eventually.ts';
import { ME, mine, news, said, snapshot } from './samples.ts';

const member = {
  ...{ id: ME, login: 'a', number: 'A01', name: '小林', roles: ['agent'], groups: ['default'], skills: [] },
  ...{ capacity: 5, locale: 'zh-CN', active: true, secondFactor: false, version: 1 },
} satisfies StaffMember;

const page: MessagePage = { messages: [said(1, 'customer'), said(2, 'bot')], from: 1, to: 2, more: false };

describe('the live desk of a page', () => {
  let server: WebSocketServer;
  let desk: Desk;
  let desks: Snapshot;
  let sockets: { query: URLSearchParams; served: Served; heard: unknown[] }[];
  let asked: string[];
  let sentIds: string[];
  let calls: Call[];
  let refusals: number;
  /** What the next requests are answered with instead. */
  let failing: Map<string, unknown>;

  async function answer<T>(method: string, path: string, body?: unknown): Promise<T> {
    const name = `${method} ${path}`;
    asked.push(name);
    const { text = '', clientId = '' } = (body ?? {}) as { text?: string; clientId?: string };
    if (clientId) sentIds.push(clientId);
    const failure = failing.get(name);
    if (failure !== undefined) throw failure;
    if (path === '/desk') return desks as T;
    if (path === '/live-ticket') return { ticket: `t${asked.length}` } as T;
    if (method === 'GET') return page as T;
    return { message: said(9, 'agent', { text, clientId, from: 'A01' }) } as T;
  }

  /** Files as the server takes them, each after half of it has been told. */
  async function upload<T>(path: string, form: FormData, progress: (share: number) => void): Promise<T> {
    const { name } = form.get('file') as File;
    asked.push(`${path} ${name}`);
    progress(0.5);
    await new Promise((resolve) => setImmediate(resolve));
    const failure = failing.get(name);
    if (failure !== undefined) throw failure;
    const clientId = String(form.get('clientId'));
    sentIds.push(clientId);
    const files = [{ name, contentType: 'image/jpeg' }];
    return { message: { ...said(9, 'agent', { clientId, from: 'A01' }), kind: 'files', files } } as T;
  }

  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };

  beforeEach(async () => {
    [sockets, asked, sentIds, calls, refusals] = [[], [], [], [], 0];
    failing = new Map();
    kept.clear();
    desks = snapshot({ seq: 7, chats: [mine('one')] });
    server = new WebSocketServer({ port: 0 });
    server.on('connection', (served, { url = '' }) => {
      const heard: unknown[] = [];
      sockets.push({ query: new URL(url, 'http://x').searchParams, served, heard });
      served.on('message', (data) => String(data) && heard.push(JSON.parse(String(data))));
    });
    const { port } = server.address() as AddressInfo;
    desk = new Desk({
      ...{ member, storage, upload, api: answer, apiByItself: answer },
      createSocket: (ticket, after) =>
        new Socket(`ws://127.0.0.1:${port}/?ticket=${ticket}&after=${after}`) as unknown as WebSocket,
      call: (call) => void calls.push(call),
      changed: () => undefined,
      refused: () => {
        refusals++;
      },
    });
  });
  afterEach(() => {
    desk.close();
    server.close();
  });

  const online = (count = 1) =>
    eventually(
      () => sockets.length === count && desk.state.line === 'online' && sockets.at(-1)?.heard.length,
    );
  const tell = (frame: object) => sockets.at(-1)?.served.send(JSON.stringify(frame));
  const room = () => desk.room(mine('one'));

  it('follows the desk and my chats from where the readings end', async () => {
    await desk.reload();
    await online();
    expect(sockets[0]?.query.get('after')).to.equal('7');
    expect(sockets[0]?.heard).to.deep.equal([{ type: 'watch', chatId: 'one', after: 2 }]);
    tell({ type: 'chat', chatId: 'one', messages: [said(3, 'customer')], seq: 3 });
    await eventually(() => desk.unread === 1);
    expect(calls.map(({ kind }) => kind)).to.deep.equal(['message']);
  });

  it('goes on after a break from the last it was told, and says meanwhile that it is cut off', async () => {
    await desk.reload();
    await online();
    tell({ type: 'desk', seq: 12, events: [] });
    tell({ type: 'chat', chatId: 'one', messages: [said(3, 'customer')], seq: 4 });
    await eventually(() => desk.unread === 1);
    sockets[0]?.served.terminate();
    await eventually(() => desk.state.line === 'reconnecting' && desk.state.cutOffAt !== undefined);
    desk.wake();
    await online(2);
    expect(sockets[1]?.query.get('after')).to.equal('12');
    expect(sockets[1]?.query.get('ticket')).to.not.equal(sockets[0]?.query.get('ticket'));
    expect(sockets[1]?.heard).to.deep.equal([{ type: 'watch', chatId: 'one', after: 4 }]);
    expect(desk.state.cutOffAt).to.equal(undefined);
  });

  it('reads all anew when what it has is too old', async () => {
    await desk.reload();
    await online();
    asked.length = 0;
    tell({ type: 'reset', seq: 3 });
    await eventually(() => asked.includes('GET /desk') && asked.some((path) => path.includes('/messages')));
  });

  it('gives up when the login is over, and tells it', async () => {
    await desk.reload();
    await online();
    failing.set('POST /live-ticket', new ApiError(401, 'NotLoggedIn', ''));
    sockets[0]?.served.terminate();
    await eventually(() => refusals === 1);
    desk.wake();
    expect(sockets).to.have.length(1);
  });

  it('applies to a reading what was told after it was begun', async () => {
    await desk.reload();
    await online();
    tell({ type: 'desk', seq: 8, events: [news('transferred', 'one', { seq: 8 })] });
    await eventually(() => desk.state.snapshot?.chats.length === 0);
    await desk.reload();
    expect(desk.state.snapshot?.chats).to.deep.equal([]);
  });

  it('has a chat that I had as it is after its end, too: rated by the customer', async () => {
    await desk.reload();
    await online();
    const closed = mine('one', { state: 'closed', endedAs: 'closed', version: 2 });
    const rated = { ...closed, rating: { score: 5, reasons: [] }, version: 3 };
    tell({ type: 'desk', seq: 8, events: [news('closed', closed, { seq: 8 })] });
    tell({ type: 'desk', seq: 9, events: [news('rated', rated, { seq: 9 })] });
    await eventually(() => desk.state.ended[0]?.rating?.score === 5);
  });

  it('shows a message as sent once, whether the answer or the socket tells it first', async () => {
    await desk.reload();
    await online();
    const sending = room().send('您好');
    const [{ clientId, state } = { clientId: '', state: '' }] = room().state.outgoing;
    expect(state).to.equal('sending');
    tell({ type: 'chat', chatId: 'one', messages: [said(9, 'agent', { clientId })], seq: 9 });
    await sending;
    expect(room().state.outgoing).to.deep.equal([]);
    expect(room().state.log?.messages.filter(({ seq }) => seq === 9)).to.have.length(1);
  });

  it('knows how far the customer has read, and takes what another tab of mine has read as read', async () => {
    await desk.reload();
    await online();
    tell({ type: 'chat', chatId: 'one', messages: [said(3, 'customer')], seq: 3 });
    tell({ type: 'read', chatId: 'one', from: 'customer', seq: 2 });
    tell({ type: 'read', chatId: 'one', from: 'agent', number: 'A02', seq: 3 });
    await eventually(() => room().state.readByCustomer === 2);
    expect(desk.unread).to.equal(1);
    tell({ type: 'read', chatId: 'one', from: 'agent', number: 'A01', seq: 3 });
    await eventually(() => desk.unread === 0);
  });

  it('keeps a message that could not be sent, and sends it again as the same', async () => {
    await desk.reload();
    await online();
    failing.set('POST /chats/one/messages', new ApiError(0, 'offline', ''));
    await room()
      .send('您好')
      .catch(() => undefined);
    const [unsent] = room().state.outgoing;
    if (!unsent) throw new Error('it is not kept');
    expect(unsent).to.include({ text: '您好', state: 'failed' });
    failing.clear();
    await room().resend(unsent);
    expect(room().state.outgoing).to.deep.equal([]);
    expect(sentIds).to.deep.equal([unsent.clientId, unsent.clientId]);
  });

  it('sends files one after the other, words past them, and one that failed again as the same', async () => {
    await desk.reload();
    await online();
    const file = (name: string) => new File(['x'], name, { type: 'image/jpeg' });
    failing.set('b.jpg', new ApiError(415, 'ChatTypeNotAccepted', ''));
    const [a, b] = [room().sendFile(file('a.jpg')), room().sendFile(file('b.jpg'))];
    const refused = b.catch((error: ApiError) => error.code);
    await eventually(() => room().state.outgoing[0]?.share === 0.5);
    await room().send('您好');
    await a;
    expect(await refused).to.equal('ChatTypeNotAccepted');
    const [failed, ...others] = room().state.outgoing;
    if (!failed) throw new Error('it is not kept');
    expect([failed.text, failed.state, others]).to.deep.equal(['b.jpg', 'failed', []]);
    failing.clear();
    await room().resend(failed);
    expect(room().state.outgoing).to.deep.equal([]);
    expect(sentIds.at(-1)).to.equal(failed.clientId);
    expect(asked.filter((it) => it.startsWith('/chats/one/files'))).to.deep.equal([
      ...['/chats/one/files a.jpg', '/chats/one/files b.jpg', '/chats/one/files b.jpg'],
    ]);
  });

  it('keeps drafts and how far was read over a reload of the page', async () => {
    await desk.reload();
    await online();
    room().keepDraft({ reply: '这句先不发' });
    tell({ type: 'chat', chatId: 'one', messages: [said(3, 'customer')], seq: 3 });
    await eventually(() => desk.unread === 1);
    room().seen();
    desk.leave('one');
    const again = new Desk({
      ...{
        member,
        storage,
        upload,
        api: answer,
        apiByItself: answer,
        call: () => undefined,
        changed: () => undefined,
      },
      createSocket: () => {
        throw new Error('not in this test');
      },
      refused: () => undefined,
    });
    expect(again.room(mine('one')).draft.reply).to.equal('这句先不发');
    expect(again.room(mine('one')).state.readSeq).to.equal(3);
  });

  it('calls for offers and chats given to me, not for what I do myself', async () => {
    await desk.reload();
    await online();
    const offer = {
      state: 'queued' as const,
      agent: undefined,
      offeredTo: { id: ME, number: 'A01', name: '' },
    };
    const events = [
      news('offered', mine('two', offer), { seq: 8 }),
      news('accepted', mine('three'), { seq: 9 }),
      news('accepted', mine('four'), { seq: 10, actor: `staff:${ME}` }),
    ];
    tell({ type: 'desk', seq: 10, events });
    await eventually(() => desk.state.snapshot?.chats.length === 4);
    expect(calls.map(({ kind, chat: { id } }) => [kind, id])).to.deep.equal([
      ['offered', 'two'],
      ['given', 'three'],
    ]);
  });
});
