import type { TurnContext } from 'botbuilder';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { CallbackOutcome, ChannelCounts } from '../counts.ts';
import type { Allowance, Received, Receiver } from '../receive.ts';
import { languageOf } from '../rendering/language.ts';
import type { Cloud } from './cloud.ts';
import { decode, type Inbound, type PostedActivity, readActivity } from './decode.ts';
import { encode } from './encode.ts';
import type { TellGroup } from './group.ts';
import type { Inline } from './inline.ts';

export interface BotFrameworkOptions {
  cloud: Pick<Cloud, 'check' | 'run'>;
  receiver: Receiver;
  inline: Pick<Inline, 'answers'>;
  tellGroup: TellGroup;
  counts: ChannelCounts;
  clock: Clock;
}

const MAX_ACTIVITY_BYTES = 256 * 1024;
/** Azure's channels count no messages; whoever wrote longer ago is not written to, nor remembered long. */
const ALLOWS: Allowance = { messages: 1_000_000, forMs: 90 * 24 * 3_600_000 };

type Talk = Extract<Inbound, { kind: 'message' | 'tap' }>;

/**
 * `/api/messages`, where Azure Bot Service posts what comes from its channels: 200 once it is stored, the answer is
 * sent later. Only who waits for it (`invoke`, `deliveryMode: expectReplies`) gets it in line. 401 for whatever Azure
 * has not signed, 503 while that cannot be told, 5xx when it could not be stored.
 */
export async function botFrameworkChannel(app: FastifyInstance, options: BotFrameworkOptions): Promise<void> {
  const { cloud, receiver, inline, tellGroup, counts, clock } = options;
  const count = (outcome: CallbackOutcome, { channelId }: { channelId: string } = { channelId: '' }) =>
    counts.callback('bot-framework', channelId, outcome);

  /** All of it, under keys of their own; the last is what is answered. */
  async function receive(talk: Talk, waits: boolean): Promise<Received> {
    const { contents, address, dedupeKey, ...told } = talk;
    let received: Received = 'duplicate';
    for (const [at, content] of contents.entries()) {
      const key = at === 0 ? dedupeKey : `${dedupeKey}:${at}`;
      const isLast = at === contents.length - 1;
      received = await receiver.message({
        ...{ ...told, content, dedupeKey: key, allows: ALLOWS },
        address: JSON.stringify(address),
        ...(waits && isLast && { inline: dedupeKey }),
      });
    }
    return received;
  }

  async function talk(inbound: Talk, context: TurnContext): Promise<Received> {
    const waits = inbound.address.inline;
    if (!waits) return receive(inbound, false);
    let received: Received = 'duplicate';
    const said = await inline.answers(inbound.place.id, inbound.dedupeKey, async () => {
      received = await receive(inbound, true);
    });
    const { channelId } = inbound.address;
    const shown = encode(said, { channelId, locale: languageOf(said, inbound.locale), now: clock.now() });
    for (const { body } of shown) if (body.kind === 'message') await context.sendActivity(body.message);
    return received;
  }

  async function take(activity: PostedActivity, context: TurnContext): Promise<CallbackOutcome> {
    const inbound = decode(activity, clock.now());
    switch (inbound.kind) {
      case 'message':
        return talk(inbound, context);
      case 'tap': {
        const received = await receive(inbound, false);
        const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' };
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
        return received;
      }
      case 'opened': {
        const { address, ...told } = inbound;
        return receiver.opened({ ...told, allows: ALLOWS, address: JSON.stringify(address) });
      }
      case 'group':
        void tellGroup(inbound.address, inbound.locale);
        return 'ignored';
      // An invoke without a response is answered 501 by the SDK.
      case 'unsupported':
      case 'ignored':
        return 'ignored';
    }
  }

  const refuse = (reply: FastifyReply, status: number, outcome: CallbackOutcome) => {
    count(outcome);
    reply.log.warn({ channel: 'bot-framework', outcome }, 'activity refused');
    return reply.code(status).send();
  };

  app.post('/api/messages', { bodyLimit: MAX_ACTIVITY_BYTES }, async (request, reply) => {
    const activity = readActivity(request.body);
    if (!activity) return refuse(reply, 400, 'malformed');
    const checked = await cloud.check(request.headers.authorization ?? '', activity);
    if (checked.kind === 'forged') return refuse(reply, 401, 'signature');
    if (checked.kind === 'unavailable') {
      reply.log.error({ err: checked.cause }, 'the keys of Azure Bot Service could not be fetched');
      return refuse(reply, 503, 'failed');
    }
    try {
      const response = await cloud.run(checked.caller, activity, async (context) =>
        count(await take(activity, context), activity),
      );
      return reply.code(response?.status ?? 200).send(response?.body);
    } catch (error) {
      count('failed', activity);
      throw error;
    }
  });
}
