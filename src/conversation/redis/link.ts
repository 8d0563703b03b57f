import type { Log } from '../../domain/log.ts';
import { ANSWER_MS, makeClient, type RedisClient, within } from './client.ts';
import { codeOf, connectingFault } from './fault.ts';
import { sentenceOf } from './sentences.ts';
import { describeAddress, type RedisAddress, type RedisSettings } from './settings.ts';

const HEARTBEAT_MS = 5_000;
const RETRY_MS = { first: 50, most: 1_000 };
const CLOSE_MS = 1_000;

export interface LinkOptions {
  settings: RedisSettings;
  log: Log;
  /** What the connection is for, in the log. */
  purpose: string;
  /** A new connection can be used, the first one or one after an outage. */
  onUp(client: RedisClient): void;
  onDown(): void;
}

/**
 * Throws `READONLY` for a replica: connected to one, a process would learn at its next write only, or never
 * when it listens for wake-ups. Throws `LOADING` while the server reads its data.
 */
async function assertMaster(client: RedisClient): Promise<void> {
  const role = client.sendCommand(['ROLE']).catch((error: unknown) => {
    // Not everybody may ask. A write will show it.
    if (/^(NOPERM|ERR)$/.test(codeOf(error))) return undefined;
    throw error;
  });
  const [answer] = await Promise.all([role, client.sendCommand(['PING'])]);
  if (!Array.isArray(answer) || String(answer[0]) === 'master') return;
  throw Object.assign(new Error('a replica'), { code: 'READONLY' });
}

/** A connection to a master that comes back by itself, wherever the master is then. */
export class Link {
  readonly #options: LinkOptions;
  readonly #locate: () => Promise<RedisAddress>;
  readonly #heartbeat: NodeJS.Timeout;
  #client: RedisClient | undefined;
  #address: RedisAddress | undefined;
  #cause = 'starting';
  #told: string | undefined;
  #isClosed = false;
  #isMissed = false;
  #retries = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `locate` is asked before every attempt. */
  constructor(options: LinkOptions, locate: () => Promise<RedisAddress>) {
    this.#options = options;
    this.#locate = locate;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Absent during an outage. */
  get client(): RedisClient | undefined {
    return this.#client;
  }

  /** The code of what keeps it from being used. */
  get cause(): string {
    return this.#cause;
  }

  get address(): string {
    return this.#address ? describeAddress(this.#address) : 'unknown';
  }

  /** The first attempt; throws `RedisFault` with a sentence for the operator. */
  async start(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.#cause = codeOf(error);
      throw connectingFault(this.#options.settings, this.address, error);
    }
  }

  /** Connects in the background. */
  begin(): void {
    this.#connect().catch((error: unknown) => this.#failed(error));
  }

  /** The connection is no good, whatever the client says of it. */
  lost(client: RedisClient, code: string): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.destroy();
    this.#miss(code);
    this.#options.onDown();
    this.#again();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    if (client.isReady) await within(CLOSE_MS, client.close()).catch(() => undefined);
    client.destroy();
  }

  async #connect(): Promise<void> {
    const { settings, log, purpose } = this.#options;
    const address = await this.#locate();
    this.#address = address;
    const client = makeClient(address, settings);
    let fault: unknown;
    // Without a listener the client would end the process.
    client.on('error', (error: unknown) => {
      fault = error;
      this.lost(client, codeOf(error));
    });
    try {
      await within(
        ANSWER_MS,
        client.connect().then(() => assertMaster(client)),
      );
      if (fault) throw fault;
    } catch (error) {
      client.destroy();
      throw error;
    }
    if (this.#isClosed) return client.destroy();
    this.#client = client;
    this.#retries = 0;
    if (this.#isMissed) log.info({ purpose, server: this.address }, 'connection to Redis is back');
    this.#isMissed = false;
    this.#options.onUp(client);
  }

  #failed(error: unknown): void {
    if (this.#isClosed) return;
    this.#miss(codeOf(error));
    this.#again();
  }

  #again(): void {
    if (this.#isClosed) return;
    const delayMs = Math.min(RETRY_MS.first * 2 ** Math.min(this.#retries++, 10), RETRY_MS.most);
    this.#timer = setTimeout(() => this.begin(), delayMs * (0.5 + Math.random() / 2));
  }

  /** Said once an outage, and once more for a reason that an operator has to end. */
  #miss(code: string): void {
    this.#cause = code;
    const explanation = sentenceOf(code);
    if (this.#isClosed || (this.#isMissed && (!explanation || this.#told === code))) return;
    const { log, purpose } = this.#options;
    const details = { code, purpose, server: this.address, ...(explanation && { explanation }) };
    log.error(details, this.#isMissed ? 'connection to Redis refused' : 'connection to Redis lost');
    this.#isMissed = true;
    this.#told = code;
  }

  /** Finds connections that carry nothing any more, and masters that are none any more. */
  #beat(): void {
    const client = this.#client;
    const address = this.#address;
    if (!client) return;
    within(ANSWER_MS, assertMaster(client)).catch((error: unknown) => this.lost(client, codeOf(error)));
    this.#locate().then(
      ({ host, port }) => {
        if (host !== address?.host || port !== address.port) this.lost(client, 'moved');
      },
      // Whoever knows is away; the connection itself is good.
      () => undefined,
    );
  }
}
