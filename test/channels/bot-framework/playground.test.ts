import { expect } from 'chai';
import { eventually } from '../../support/eventually.ts';
import { type Playground, startPlayground } from '../../support/playground.ts';
import { type AzureTalk, openAzureTalk } from './talk.ts';

describe("Microsoft's Agents Playground", function () {
  this.timeout(90_000);
  let talk: AzureTalk;
  let playground: Playground | undefined;

  before(async () => {
    talk = await openAzureTalk({ identity: { type: 'none' }, cloud: undefined });
  });
  afterEach(() => playground?.close());
  after(() => talk.close());

  const shows = (...words: string[]) =>
    eventually(() => expect(playground?.shown.map(({ text }) => text)).to.deep.equal(words), 15_000);

  for (const [channelId, deliveryMode] of [
    ['msteams', undefined],
    ['directline', undefined],
    ['emulator', 'expectReplies'],
  ] as const) {
    it(`talks with the bot as ${channelId}${deliveryMode ? `, in line` : ''}`, async () => {
      playground = await startPlayground(talk.url, channelId, deliveryMode);
      await playground.say('你好');
      await shows('听到：你好');
      await playground.say('问');
      await shows('听到：你好', '哪张卡？');
      expect(JSON.stringify(playground.shown.at(-1))).to.contain('尾号 5678');
      await playground.say('第二个');
      await shows('听到：你好', '哪张卡？', '听到：尾号 5678');
    });
  }
});
