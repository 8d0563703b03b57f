import { type Locale, text as textOf } from '../../../locales/index.ts';
import type { Deliveries } from '../../domain/delivery.ts';
import type { Elsewhere } from '../../domain/handoff.ts';
import type { WecomAccount } from '../accounts.ts';
import type { Sent } from '../delivery.ts';
import { sentOf } from '../tencent/sent.ts';
import type { ServiceState, WecomClient, WecomTalk } from './client.ts';
import { textMessage, type WecomMessage } from './encode.ts';

type Client = Pick<WecomClient, 'serviceState' | 'transfer' | 'sendOnEvent' | 'servicers'>;
type Account = Pick<WecomAccount, 'handoff' | 'servicer'>;

/** States of a talk in which a person has it, or is about to. */
export const WITH_PERSON: readonly ServiceState[] = ['queue', 'person'];

/** Whether a customer can be passed to the people in WeCom's own client; undefined where our own desk has them. */
export async function elsewhereIn(
  { account, client }: { account: Account; client: Client },
  openKfId: string,
): Promise<Elsewhere | undefined> {
  if (account.handoff !== 'wecom') return undefined;
  const found = await client.servicers(openKfId);
  // Who cannot be asked may be there: whether one takes the talk shows when it is passed on.
  if (found.kind !== 'done') return 'there';
  const { servicer } = account;
  const present = found.value.filter(({ online }) => online);
  return present.some(({ id }) => servicer === undefined || id === servicer) ? 'there' : 'away';
}

/**
 * Gives a talk to WeCom's queue, or to the account's own agent, once all the bot said before is out: afterwards it
 * can say nothing but one line by a code. A talk that a person has stays theirs; done twice, it is passed on once.
 */
export async function passOn(
  { account, client }: { account: Account; client: Client },
  { talk, conversationId, locale }: { talk: WecomTalk; conversationId: string; locale: Locale },
  how: { messageId: string; hold: Deliveries['hold']; send(message: WecomMessage): Promise<Sent> },
): Promise<Sent> {
  const found = await client.serviceState(talk);
  if (found.kind !== 'done') return again(sentOf(found));
  if (!WITH_PERSON.includes(found.value.state)) {
    const { servicer } = account;
    const passed = await client.transfer(talk, servicer ? 'person' : 'queue', servicer);
    if (passed.kind !== 'done') {
      const outcome = again(sentOf(passed));
      // Nobody can take it: the bot still has the talk, and says so.
      return outcome.kind === 'given-up'
        ? how.send(textMessage(textOf(locale, 'channels.nobodyTook')))
        : outcome;
    }
    const { code } = passed.value;
    // An agent who takes it from the queue is told of, and the warning with it; one who is given it is not.
    const lines = [textOf(locale, 'channels.passedOn'), servicer && textOf(locale, 'handoff.neverAsks')];
    const line = textMessage(lines.filter(Boolean).join('\n\n'));
    if (code) await client.sendOnEvent(code, how.messageId, line);
  }
  await how.hold(conversationId, 'with-person');
  return { kind: 'sent' };
}

/** Nothing was said to the customer, whatever became of the call: it is made again. */
const again = (sent: Sent): Sent => (sent.kind === 'uncertain' ? { kind: 'again' } : sent);
