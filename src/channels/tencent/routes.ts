import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallbackOutcome, ChannelCounts } from '../counts.ts';
import type { Opened } from './callback.ts';
import { MAX_CALLBACK_BYTES } from './xml.ts';

/** What a callback comes to: an outcome to count, or a body that cannot be used. */
export type Handled = Extract<CallbackOutcome, 'accepted' | 'duplicate' | 'ignored' | 'malformed'>;

export interface CallbackRoutes<Account extends { name: string }> {
  /** `wechat` or `wecom`: in the address and in what is counted. */
  channel: string;
  accounts: readonly Account[];
  counts: ChannelCounts;
  /** The GET by which the platform checks the address. */
  check(account: Account, query: unknown): Opened;
  open(account: Account, query: unknown, body: string): Opened;
  /** Returns when what came is stored; throws when it could not be, so that the platform sends it again. */
  take(account: Account, text: string): Promise<Handled>;
}

type Request = FastifyRequest<{ Params: { account: string } }>;

/**
 * `/channels/<channel>/<account>`: 200 only for what is stored (or known, or of no matter to us), 403 for what is not
 * signed or encrypted as it should be, 400 for what cannot be read, 5xx when it could not be stored.
 */
export function callbackRoutes<Account extends { name: string }>(
  app: FastifyInstance,
  routes: CallbackRoutes<Account>,
): void {
  const { channel, accounts, counts } = routes;
  const address = `/channels/${channel}/:account`;
  // The body is signed, or encrypted, as a text, whatever it calls itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const accountOf = ({ params }: Request) => accounts.find(({ name }) => name === params.account);
  const refuse = (reply: FastifyReply, account: Account, outcome: CallbackOutcome) => {
    counts.callback(channel, account.name, outcome);
    reply.log.warn({ channel, account: account.name, outcome }, 'callback refused');
    return reply.code(outcome === 'malformed' ? 400 : 403).send();
  };

  app.get(address, async (request: Request, reply) => {
    const account = accountOf(request);
    if (!account) return reply.callNotFound();
    const opened = routes.check(account, request.query);
    return opened.kind === 'opened'
      ? reply.type('text/plain').send(opened.text)
      : refuse(reply, account, opened.reason);
  });

  app.post(address, { bodyLimit: MAX_CALLBACK_BYTES }, async (request: Request, reply) => {
    const account = accountOf(request);
    if (!account) return reply.callNotFound();
    const body = typeof request.body === 'string' ? request.body : '';
    const opened = routes.open(account, request.query, body);
    if (opened.kind === 'refused') return refuse(reply, account, opened.reason);
    const handled = await routes.take(account, opened.text).catch((error: unknown) => {
      counts.callback(channel, account.name, 'failed');
      throw error;
    });
    if (handled === 'malformed') return refuse(reply, account, handled);
    counts.callback(channel, account.name, handled);
    return reply.type('text/plain').send('success');
  });
}
