import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Media } from './media.ts';
import { PlatformTokens } from './tokens.ts';

interface Talk {
  state: number;
  wroteAt: number;
  left: number;
}

type Answer = { errcode: number; errmsg: string; [field: string]: unknown };
const OK: Answer = { errcode: 0, errmsg: 'ok' };
const refuse = (errcode: number, errmsg: string): Answer => ({ errcode, errmsg });

const WINDOW_MS = 48 * 3_600_000;
const CODE_MS = 20_000;
/** From each state to which others: of the two tables that are published, what both allow. */
const MOVES: Record<number, number[]> = { 0: [1, 2, 3, 4], 1: [2, 3, 4], 2: [3, 4], 3: [3, 4], 4: [] };

const sendCall = z.looseObject({
  touser: z.string(),
  open_kfid: z.string(),
  msgid: z
    .string()
    .regex(/^[\w-]{1,32}$/)
    .optional(),
  msgtype: z.string(),
});
const onEventCall = z.looseObject({ code: z.string(), msgid: z.string().optional(), msgtype: z.string() });
const syncCall = z.object({
  cursor: z.string().max(64).default(''),
  token: z.string().optional(),
  limit: z.int().max(1000).default(1000),
  open_kfid: z.string(),
});
const talkCall = z.object({
  open_kfid: z.string(),
  external_userid: z.string(),
  service_state: z.int().optional(),
  servicer_userid: z.string().optional(),
});

/** qyapi.weixin.qq.com for one enterprise. */
export class FakeWecom {
  readonly tokens: PlatformTokens;
  readonly sent: z.infer<typeof sendCall>[] = [];
  readonly sentOnEvent: z.infer<typeof onEventCall>[] = [];
  quota = 5;
  /** Items in one answer of `sync_msg`. */
  pageSize = 1000;
  /** An empty page with more to come goes before each. */
  emptyPages = false;
  syncs = 0;
  /** Agents who take customers now. */
  readonly agents = new Set<string>();
  readonly corpId: string;
  readonly secret: string;
  readonly #clock: Clock;
  readonly #log = new Map<string, { at: number; item: Record<string, unknown> }[]>();
  readonly #talks = new Map<string, Talk>();
  readonly #msgids = new Set<string>();
  readonly #codes = new Map<string, number>();
  readonly #syncTokens = new Set<string>();
  #count = 0;

  constructor(account: { corpId: string; secret: string }, clock: Clock) {
    this.corpId = account.corpId;
    this.secret = account.secret;
    this.#clock = clock;
    this.tokens = new PlatformTokens(clock);
  }

  #talk(openKfId: string, customer: string): Talk {
    const key = `${openKfId} ${customer}`;
    const talk = this.#talks.get(key) ?? { state: 0, wroteAt: 0, left: 0 };
    this.#talks.set(key, talk);
    return talk;
  }

  /** Something to be fetched. Returns its id. */
  add(openKfId: string, item: Record<string, unknown>): string {
    const msgid = typeof item.msgid === 'string' ? item.msgid : `msg${++this.#count}`;
    const at = this.#clock.now().getTime();
    const log = this.#log.get(openKfId) ?? [];
    log.push({ at, item: { msgid, open_kfid: openKfId, send_time: Math.floor(at / 1000), ...item } });
    this.#log.set(openKfId, log);
    return msgid;
  }

  /** The customer writes or taps; ended talks begin anew. */
  customerWrites(openKfId: string, customer: string, content: Record<string, unknown>): string {
    const talk = this.#talk(openKfId, customer);
    Object.assign(talk, {
      wroteAt: this.#clock.now().getTime(),
      left: this.quota,
      state: talk.state === 4 ? 0 : talk.state,
    });
    return this.add(openKfId, { external_userid: customer, origin: 3, ...content });
  }

  event(openKfId: string, event: Record<string, unknown>): string {
    return this.add(openKfId, { origin: 4, msgtype: 'event', event: { open_kfid: openKfId, ...event } });
  }

  /** A code for `send_msg_on_event`, good once, for 20 seconds. */
  code(): string {
    const code = `code${++this.#count}`;
    this.#codes.set(code, this.#clock.now().getTime() + CODE_MS);
    return code;
  }

  /** A token as the bell brings it. */
  syncToken(): string {
    const token = `sync${++this.#count}`;
    this.#syncTokens.add(token);
    return token;
  }

  setState(openKfId: string, customer: string, state: number): void {
    this.#talk(openKfId, customer).state = state;
  }

  stateOf(openKfId: string, customer: string): number {
    return this.#talk(openKfId, customer).state;
  }

  sync(given: unknown): Answer {
    this.syncs++;
    const { cursor, token, limit, open_kfid } = syncCall.parse(given);
    if (token !== undefined && !this.#syncTokens.has(token)) return refuse(95007, 'invalid msg token');
    const log = this.#log.get(open_kfid) ?? [];
    const oldest = this.#clock.now().getTime() - 3 * 86_400_000;
    const [, at = '', empty] = /^c(\d+)(e?)$/.exec(cursor) ?? [];
    const from = at === '' ? log.findIndex((it) => it.at >= oldest) : Number(at);
    const begin = from < 0 ? log.length : from;
    if (this.emptyPages && !empty && begin < log.length) {
      return { ...OK, next_cursor: `c${begin}e`, has_more: 1, msg_list: [] };
    }
    const page = log.slice(begin, begin + Math.min(limit, this.pageSize)).map(({ item }) => item);
    const end = begin + page.length;
    return { ...OK, next_cursor: `c${end}`, has_more: end < log.length ? 1 : 0, msg_list: page };
  }

  send(given: unknown): Answer {
    const message = sendCall.parse(given);
    const talk = this.#talk(message.open_kfid, message.touser);
    if (message.msgid !== undefined && this.#msgids.has(message.msgid))
      return refuse(40058, 'msgid already exists');
    if (talk.state > 1) return refuse(95018, 'send msg session status invalid');
    if (this.#clock.now().getTime() - talk.wroteAt > WINDOW_MS) return refuse(95002, 'send msg time limit');
    if (talk.left === 0) return refuse(95001, 'send msg count limit');
    const { content } = z.object({ content: z.string() }).safeParse(message.text).data ?? { content: '' };
    if (Buffer.byteLength(content) > 2048) return refuse(45002, 'content size out of limit');
    talk.left--;
    if (message.msgid !== undefined) this.#msgids.add(message.msgid);
    this.sent.push(message);
    return { ...OK, msgid: message.msgid ?? `made${++this.#count}` };
  }

  sendOnEvent(given: unknown): Answer {
    const message = onEventCall.parse(given);
    const until = this.#codes.get(message.code);
    this.#codes.delete(message.code);
    if (until === undefined || until < this.#clock.now().getTime()) return refuse(41103, 'invalid code');
    this.sentOnEvent.push(message);
    return { ...OK, msgid: message.msgid ?? '' };
  }

  state(given: unknown): Answer {
    const { open_kfid, external_userid } = talkCall.parse(given);
    return { ...OK, service_state: this.stateOf(open_kfid, external_userid) };
  }

  servicers(): Answer {
    const servicer_list = [...this.agents].map((userid) => ({ userid, status: 0 }));
    return { ...OK, servicer_list: [...servicer_list, { userid: 'away', status: 1 }, { department_id: 2 }] };
  }

  transfer(given: unknown): Answer {
    const { open_kfid, external_userid, service_state: to = -1, servicer_userid } = talkCall.parse(given);
    const talk = this.#talk(open_kfid, external_userid);
    if (!MOVES[talk.state]?.includes(to)) return refuse(95016, 'service state transition not allowed');
    if (to === 3 && !this.agents.has(servicer_userid ?? '')) return refuse(95014, 'agent is not available');
    talk.state = to;
    return to === 1 ? OK : { ...OK, msg_code: this.code() };
  }
}

const query = z.looseObject({ access_token: z.string().optional() });

/** Its addresses. The enterprise is known by its token. */
export function wecomRoutes(app: FastifyInstance, accounts: () => FakeWecom[], media: Media): void {
  app.get('/cgi-bin/gettoken', async (request) => {
    const { corpid, corpsecret } = z
      .object({ corpid: z.string(), corpsecret: z.string() })
      .parse(request.query);
    const account = accounts().find((it) => it.corpId === corpid);
    if (!account) return refuse(40013, 'invalid corpid');
    if (account.secret !== corpsecret) return refuse(40001, 'invalid credential');
    return { ...OK, ...account.tokens.issue(false) };
  });

  const ofToken = (given: unknown) => {
    const { access_token: token } = query.parse(given);
    const account = accounts().find((it) => it.tokens.faultOf(token) === undefined);
    const known = accounts().some((it) => it.tokens.faultOf(token)?.errcode === 42001);
    return {
      account,
      fault: known ? refuse(42001, 'access_token expired') : refuse(40014, 'invalid access_token'),
    };
  };
  const answers: Record<string, (account: FakeWecom, body: unknown) => Answer> = {
    '/cgi-bin/kf/sync_msg': (account, body) => account.sync(body),
    '/cgi-bin/kf/send_msg': (account, body) => account.send(body),
    '/cgi-bin/kf/send_msg_on_event': (account, body) => account.sendOnEvent(body),
    '/cgi-bin/kf/service_state/get': (account, body) => account.state(body),
    '/cgi-bin/kf/service_state/trans': (account, body) => account.transfer(body),
  };
  for (const [path, answer] of Object.entries(answers)) {
    app.post(path, async (request) => {
      const { account, fault } = ofToken(request.query);
      return account ? answer(account, JSON.parse(String(request.body))) : fault;
    });
  }
  app.get('/cgi-bin/kf/servicer/list', async (request) => {
    const { account, fault } = ofToken(request.query);
    return account ? account.servicers() : fault;
  });
  media.serve((given) => (ofToken(given).account ? undefined : ofToken(given).fault));
}
