import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createReviewDesk } from '../../src/cases/index.ts';
import { type ConsoleOptions, consoleApi } from '../../src/console/index.ts';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { createCustomerData } from '../../src/customers/index.ts';
import { createAuditReader } from '../../src/database/audit-reader.ts';
import type { Database } from '../../src/database/database.ts';
import { createHolds } from '../../src/documents/holds.ts';
import { createPictures } from '../../src/documents/pictures.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { DEFAULT_REVIEW_RULES, type ReviewRules } from '../../src/domain/review.ts';
import type { Role } from '../../src/domain/staff.ts';
import { buildApp } from '../../src/http/app.ts';
import { createInsights, createReports, createUnclearGroups } from '../../src/insight/index.ts';
import { createAccounts, createLogin, createSealer, type NewStaff } from '../../src/staff/index.ts';
import { chatParts } from './chats/parts.ts';

export const PASSWORD = 'correct horse battery';

export interface Hired {
  id: string;
  login: string;
  number: string;
}

export interface DeskServer {
  app: FastifyInstance;
  url: string;
  options: ConsoleOptions;
  /** Opens an account with a password of its own. */
  hire(login: string, roles: Role[], more?: Partial<NewStaff>): Promise<Hired>;
  close(): Promise<void>;
}

let hired = 0;

const NOT_FOUND = { kind: 'not-found' } as const;

/** The review desk without pictures and platform; `more` are the parts that a test wants otherwise. */
export function reviewParts(
  database: Database,
  clock: Clock,
  more: Partial<ConsoleOptions['review']> & { rules?: ReviewRules } = {},
): ConsoleOptions['review'] {
  const { rules = DEFAULT_REVIEW_RULES, ...others } = more;
  const nothing = async () => NOT_FOUND;
  return {
    desk: createReviewDesk({ database, clock, rules }),
    pictures: createPictures({
      ...{ database, clock, memory: createEmbeddedMemory(clock), timeZone: 'Asia/Shanghai' },
      ...{ read: nothing, standing: async () => 'not-found' as const },
    }),
    holds: createHolds({ database, clock }),
    customers: createCustomerData({ database, clock, store: { read: async () => [] } }),
    audit: createAuditReader({ database, clock }),
    retention: { defaultDays: 30, rules: [] },
    platform: { customer: nothing, cards: nothing, eligibility: nothing },
    ...others,
  };
}

/** The console's API on a real port; `more` are the parts that a test wants otherwise. */
export async function startDesk(
  database: Database,
  clock: Clock,
  more: {
    secondFactor?: 'required' | 'optional';
    /** Other parts on the same server. */
    more?: (app: FastifyInstance) => unknown;
  } & Partial<ConsoleOptions> = {},
): Promise<DeskServer> {
  const { secondFactor = 'optional', more: also, ...others } = more;
  const sealer = createSealer(randomBytes(32));
  const options: ConsoleOptions = {
    accounts: createAccounts({ database, clock }),
    login: createLogin({ database, clock, sealer, issuer: 'test', secondFactor }),
    csrfKey: randomBytes(32),
    memory: createEmbeddedMemory(clock),
    clock,
    review: reviewParts(database, clock),
    reports: createReports({ database, timeZone: 'Asia/Shanghai' }),
    unclear: createUnclearGroups({ insights: createInsights({ database, clock }) }),
    chats: chatParts(database, clock),
    ...others,
  };
  const app = buildApp({ logging: { level: 'silent' }, health: { checks: [] } });
  await app.register(consoleApi, options);
  await also?.(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    options,
    async hire(login, roles, more) {
      const account = { login, number: `A${++hired}`, name: login, roles, ...more };
      const made = await options.accounts.create(account, 'operator:test', { password: PASSWORD });
      if (made.kind !== 'created') throw new Error(made.kind);
      return { id: made.member.id, login, number: account.number };
    },
    close: () => app.close(),
  };
}

/** What a browser would keep: one cookie and the token of the page. */
export class Browser {
  readonly #url: string;
  cookie = '';
  csrf = '';
  /** The cookie's attributes as they were last set. */
  setCookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
    const response = await fetch(`${this.#url}/api/console${path}`, {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.csrf && { 'x-csrf-token': this.csrf }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) {
      this.setCookie = set;
      this.cookie = set.slice(0, set.indexOf(';'));
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const answer = isJson && text ? JSON.parse(text) : {};
    if (typeof answer.csrf === 'string') this.csrf = answer.csrf;
    return { status: response.status, body: answer, headers: response.headers };
  }

  async logIn(login: string, password = PASSWORD) {
    return this.request('POST', '/login', { login, password });
  }
}
