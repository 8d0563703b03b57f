import { setTimeout as pause } from 'node:timers/promises';
import { other, type Pair, type Which } from './pair.ts';

/** What a server has answered, and which. */
export interface Answered {
  by: Which;
  /** Parsed JSON. */
  body: unknown;
  /** Tries that came to nothing before. */
  failures: number;
}

const ANSWER_MS = 10_000;
const BACKOFF_MS = { first: 100, most: 1_000 };
const GIVE_UP_MS = 120_000;

/** Statuses that speak of the moment: the widget asks again after these, and so do we. */
const isPassing = (status: number) => status >= 500 || status === 429 || status === 408;

/** HTTP to the two processes as through a balancer that knows nothing of their health: each try goes to the other. */
export class Line {
  readonly #pair: Pair;
  readonly #address: string;
  #next: Which;

  /** `address`: the customer's, as a proxy tells it. */
  constructor(pair: Pair, address: string, first: Which) {
    this.#pair = pair;
    this.#address = address;
    this.#next = first;
  }

  /** Asks until there is an answer. Throws when it is a refusal, or when none comes for two minutes. */
  async ask(bearer: string, path: string, json?: object): Promise<Answered> {
    const deadline = performance.now() + GIVE_UP_MS;
    for (let failures = 0; ; failures++) {
      const by = this.#next;
      this.#next = other(by);
      const body = await this.#try(by, bearer, path, json);
      if (body !== undefined) return { by, body, failures };
      if (performance.now() > deadline) throw new Error(`no answer from anybody: ${path}`);
      const most = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** Math.min(failures, 10));
      await pause(most * (0.5 + Math.random() / 2));
    }
  }

  async #try(by: Which, bearer: string, path: string, json?: object): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.#pair.processes[by].url}/v3/directline/${path}`, {
        method: json ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${bearer}`,
          'content-type': 'application/json',
          'x-forwarded-for': this.#address,
        },
        ...(json && { body: JSON.stringify(json) }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      text = await response.text();
    } catch {
      return undefined;
    }
    if (response.ok) return JSON.parse(text);
    if (isPassing(response.status)) return undefined;
    throw new Error(`${path} was refused: ${response.status} ${text}`);
  }
}
