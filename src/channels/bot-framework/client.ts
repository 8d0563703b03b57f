import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { request as send } from 'undici';
import type { Sent } from '../delivery.ts';
import { wasNeverSent } from '../never-sent.ts';

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type HttpClient = NonNullable<ConnectorOptions['httpClient']>;

/** Why a call to a channel came to nothing; there is nothing personal in it. */
export class ConnectorFault extends Error {
  override name = 'ConnectorFault';
  /** Of the answer; undefined without one. */
  readonly status: number | undefined;
  /** Whether it was sent at all. */
  readonly reached: boolean;
  /** What the channel calls it. */
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(about: { status?: number; reached: boolean; code: string; retryAfterMs?: number | undefined }) {
    super(`the channel's connector: ${about.code} (${about.status ?? 'no answer'})`);
    this.status = about.status;
    this.reached = about.reached;
    this.code = about.code;
    this.retryAfterMs = about.retryAfterMs;
  }
}

const TIMEOUT_MS = 15_000;
/** Of what a channel answers, which may be anything. */
const MAX_CHARS = 16_384;

/** A word: it becomes a label of a counter. */
function codeIn(body: string): string {
  const code = /"code"\s*:\s*"([A-Za-z]{1,40})"/.exec(body)?.[1];
  return code ?? 'refused';
}

/** The beginning of an answer, as far as it came. */
async function beginning(body: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  try {
    for await (const chunk of body) {
      text += chunk;
      if (text.length > MAX_CHARS) break;
    }
  } catch {
    // Its status has told already what became of the message.
  }
  return text;
}

/** A fault of the transport. */
function faultOf(error: unknown): ConnectorFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'interrupted';
  return new ConnectorFault({ reached: !wasNeverSent(error), code });
}

const retryAfter = (header: unknown) => {
  const seconds = Number(header);
  return seconds > 0 && seconds <= 3600 ? seconds * 1000 : undefined;
};

/**
 * HTTP for the SDK's connector: one attempt within the time, and whatever is no success is thrown as a
 * `ConnectorFault`, which the SDK's own retries, blind to what was sent, leave alone. A success is one by its status:
 * what else is answered is not read, as it would be sent again when it makes no sense.
 */
export function answering(timeoutMs = TIMEOUT_MS): HttpClient {
  return {
    async sendRequest(request) {
      const { url, method, body, headers } = request;
      const response = await send(url, {
        method,
        body: typeof body === 'string' ? body : null,
        // Nothing here unpacks what the SDK says it takes.
        headers: { ...headers.rawHeaders(), 'accept-encoding': 'identity' },
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        throw faultOf(error);
      });
      const { statusCode: status } = response;
      const retryAfterMs = retryAfter(response.headers['retry-after']);
      const answer = await beginning(response.body);
      if (status < 200 || status > 299)
        throw new ConnectorFault({ status, reached: true, code: codeIn(answer), retryAfterMs });
      const answered = headers.clone();
      for (const name of answered.headerNames()) answered.remove(name);
      return { request, status, headers: answered, bodyAsText: '{}' };
    },
  };
}

/** Until an operator may have put it right. */
const PARKED_MS = 10 * 60_000;

/** What keeps the bot from a token of its own, or the SDK from asking; nothing of the message is in it. */
export function loginFault(error: unknown): { reason: string; isLogin: boolean } {
  if (!(error instanceof Error)) return { reason: 'unknown', isLogin: false };
  const isLogin = 'errorCode' in error || /Authentication|Credential/.test(error.name);
  return { reason: `${error.name}: ${error.message}`.slice(0, 300), isLogin };
}

/** The login is asked again. */
const LOGIN_MS = 60_000;

/**
 * What a fault means for the message.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export function sentOf(error: unknown): Sent {
  // Before it was sent: no token, or nothing that could be sent at all.
  if (!(error instanceof ConnectorFault))
    return loginFault(error).isLogin
      ? { kind: 'waits', why: 'not-configured', forMs: LOGIN_MS }
      : { kind: 'again' };
  const { status, reached, code, retryAfterMs } = error;
  if (status === undefined) return reached ? { kind: 'uncertain' } : { kind: 'again' };
  if (retryAfterMs !== undefined && status === 429)
    return { kind: 'waits', why: 'retry', forMs: retryAfterMs };
  if ([408, 412, 429, 502, 503, 504].includes(status)) return { kind: 'again' };
  if (status >= 500) return { kind: 'uncertain' };
  if (status === 401) return { kind: 'waits', why: 'not-configured', forMs: PARKED_MS };
  if (status === 403 || status === 404) return { kind: 'waits', why: 'customer-gone' };
  return { kind: 'given-up', reason: `${code} (${status})` };
}
