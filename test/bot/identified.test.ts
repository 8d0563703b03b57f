import { expect } from 'chai';
import { identified } from '../../src/bot/identified.ts';
import type { Lookup } from '../../src/domain/platform.ts';
import { FakeClock } from '../support/clock.ts';
import { run, saying } from './one-turn.ts';

describe('customers of messaging apps', () => {
  let clock: FakeClock;
  let asked: string[];
  let link: Lookup<{ customerId: string }>;
  let customers: (string | undefined)[];

  /** What the turn knows of a customer who is not told by the channel. */
  async function knownTo(linkable: boolean) {
    const turn = identified(
      async (claim) => {
        customers.push(claim.conversation.customerId);
        return { state: {}, mode: 'bot', replies: [] };
      },
      {
        platform: {
          async identityLink(channel, userId) {
            asked.push(`${channel}/${userId}`);
            return link;
          },
        },
        clock,
        linkOf: () => (linkable ? 'wechat' : undefined),
      },
    );
    const hear = (customerId?: string) =>
      run(
        (claim, message) => turn({ ...claim, conversation: { ...claim.conversation, customerId } }, message),
        saying('x'),
      );
    return hear;
  }

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    customers = [];
    link = { kind: 'found', value: { customerId: 'happy' } };
  });

  it('are known by their link, which is asked for once in a while', async () => {
    const hear = await knownTo(true);
    for (let n = 0; n < 3; n++) await hear();
    expect([customers, asked]).to.deep.equal([['happy', 'happy', 'happy'], ['wechat/dl_test']]);
    clock.advance(6 * 60_000);
    await hear();
    expect(asked.length).to.equal(2);
  });

  it('are anonymous without a link, and known soon after they have made one', async () => {
    link = { kind: 'not-found' };
    const hear = await knownTo(true);
    await hear();
    await hear();
    link = { kind: 'found', value: { customerId: 'happy' } };
    clock.advance(21_000);
    await hear();
    expect([customers, asked.length]).to.deep.equal([[undefined, undefined, 'happy'], 2]);
  });

  it('are anonymous while the platform does not answer, and asked for each time', async () => {
    link = { kind: 'unavailable' };
    const hear = await knownTo(true);
    await hear();
    link = { kind: 'found', value: { customerId: 'happy' } };
    await hear();
    expect(customers).to.deep.equal([undefined, 'happy']);
  });

  it('are who the channel says, and nobody is asked about other channels', async () => {
    await (await knownTo(true))('told');
    await (await knownTo(false))();
    expect([customers, asked]).to.deep.equal([['told', undefined], []]);
  });
});
