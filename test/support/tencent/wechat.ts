import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Media } from './media.ts';
import { PlatformTokens } from './tokens.ts';

interface Customer {
  /** Epoch ms; 0 = never wrote. */
  wroteAt: number;
  left: number;
  typingUntil: number;
  follows: boolean;
}

export interface SentMessage {
  touser: string;
  msgtype: string;
  /** The whole call. */
  body: Record<string, unknown>;
  at: number;
}

const WINDOW_MS = 48 * 3_600_000;

/** api.weixin.qq.com for one account. */
export class FakeWechat {
  readonly tokens: PlatformTokens;
  readonly sent: SentMessage[] = [];
  typings = 0;
  /** As a verified service account. */
  menus = false;
  /** Messages that each of the customer's allows. */
  quota = 5;
  readonly appId: string;
  readonly secret: string;
  readonly #clock: Clock;
  readonly #customers = new Map<string, Customer>();

  constructor(account: { appId: string; secret: string }, clock: Clock) {
    this.appId = account.appId;
    this.secret = account.secret;
    this.#clock = clock;
    this.tokens = new PlatformTokens(clock);
  }

  #customer(openId: string): Customer {
    const present = this.#customers.get(openId);
    const made = present ?? { wroteAt: 0, left: 0, typingUntil: 0, follows: true };
    this.#customers.set(openId, made);
    return made;
  }

  /** The customer writes, which opens the window; the callback is sent by who drives the test. */
  customerWrites(openId: string): void {
    Object.assign(this.#customer(openId), { wroteAt: this.#clock.now().getTime(), left: this.quota });
  }

  unfollow(openId: string): void {
    this.#customer(openId).follows = false;
  }

  #refusal(message: SentMessage): { errcode: number; errmsg: string } | undefined {
    const customer = this.#customers.get(message.touser);
    const now = this.#clock.now().getTime();
    if (!customer) return { errcode: 40003, errmsg: 'invalid openid' };
    if (!customer.follows) return { errcode: 43004, errmsg: 'require subscribe' };
    const { content } = z.object({ content: z.string() }).safeParse(message.body.text).data ?? {
      content: '',
    };
    if (Buffer.byteLength(content) > 2048) return { errcode: 45002, errmsg: 'content size out of limit' };
    if (message.msgtype === 'msgmenu' && !this.menus)
      return { errcode: 40200, errmsg: 'invalid account type' };
    if (now - customer.wroteAt > WINDOW_MS) {
      return { errcode: 45015, errmsg: 'response out of time limit or subscription is canceled' };
    }
    if (customer.left === 0) return { errcode: 45047, errmsg: 'out of response count limit' };
    return undefined;
  }

  /** `custom/send`; `raw`: the body as it came. */
  send(raw: string): { errcode: number; errmsg: string } {
    // Escapes would be shown to the customer as they are.
    if (/\\u[0-9a-f]{4}/i.test(raw)) return { errcode: 40033, errmsg: 'invalid charset' };
    const body = z.looseObject({ touser: z.string(), msgtype: z.string() }).safeParse(JSON.parse(raw));
    if (!body.success || typeof body.data[body.data.msgtype] !== 'object') {
      return { errcode: 47001, errmsg: 'data format error' };
    }
    const message = { ...body.data, body: body.data, at: this.#clock.now().getTime() };
    const refusal = this.#refusal(message);
    if (refusal) return refusal;
    const customer = this.#customer(message.touser);
    customer.left--;
    customer.typingUntil = 0;
    this.sent.push(message);
    return { errcode: 0, errmsg: 'ok' };
  }

  typing(openId: string): { errcode: number; errmsg: string } {
    const customer = this.#customer(openId);
    const now = this.#clock.now().getTime();
    if (now - customer.wroteAt > 30_000) return { errcode: 45080, errmsg: 'need interaction' };
    if (customer.typingUntil > now) return { errcode: 45081, errmsg: 'already typing' };
    customer.typingUntil = now + 15_000;
    this.typings++;
    return { errcode: 0, errmsg: 'ok' };
  }
}

const query = z.looseObject({ access_token: z.string().optional() });
const tokenCall = z.object({
  appid: z.string(),
  secret: z.string(),
  force_refresh: z.boolean().default(false),
});

/** Its addresses. The account is known by its token. */
export function wechatRoutes(app: FastifyInstance, accounts: () => FakeWechat[], media: Media): void {
  app.post('/cgi-bin/stable_token', async (request) => {
    const { appid, secret, force_refresh } = tokenCall.parse(JSON.parse(String(request.body)));
    const account = accounts().find((it) => it.appId === appid);
    if (!account) return { errcode: 40013, errmsg: 'invalid appid' };
    if (account.secret !== secret) return { errcode: 40125, errmsg: 'invalid appsecret' };
    return account.tokens.issue(force_refresh);
  });

  const ofToken = (given: unknown) => {
    const { access_token: token } = query.parse(given);
    const account = accounts().find((it) => it.tokens.faultOf(token) === undefined);
    const faults = accounts().map((it) => it.tokens.faultOf(token));
    return { account, fault: faults.find((it) => it?.errcode === 42001) ?? faults[0] };
  };

  app.post('/cgi-bin/message/custom/send', async (request) => {
    const { account, fault } = ofToken(request.query);
    return account ? account.send(String(request.body)) : fault;
  });
  for (const path of ['/cgi-bin/message/custom/typing', '/cgi-bin/message/custom/business/typing']) {
    app.post(path, async (request) => {
      const { account, fault } = ofToken(request.query);
      const { touser } = z.object({ touser: z.string() }).parse(JSON.parse(String(request.body)));
      return account ? account.typing(touser) : fault;
    });
  }
  media.serve((given) => (ofToken(given).account ? undefined : ofToken(given).fault));
}
