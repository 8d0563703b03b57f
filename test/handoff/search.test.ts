import { expect } from 'chai';
import { transcripts } from '../../src/database/schema/index.ts';
import { createSearch } from '../../src/handoff/search.ts';
import { onBothDatabases } from '../support/databases.ts';
import { deskOn, done, type TestDesk } from './desk.ts';

describe('the search over past conversations', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    let desk: TestDesk;
    before(() => {
      desk = deskOn(current());
    });

    /** A talk that ended this many minutes ago. */
    async function talk(words: string, minutesAgo: number, group = 'default'): Promise<string> {
      const handoffId = await desk.customer();
      const endedAt = new Date(desk.clock.now().getTime() - minutesAgo * 60_000);
      const lines = [{ seq: 1, at: endedAt.toISOString(), origin: 'customer' as const, text: words }];
      const row = { handoffId, conversationId: handoffId, group, endedAt, lines, words: words.toLowerCase() };
      await current().run((db) => db.insert(transcripts).values(row));
      return handoffId;
    }
    const search = (words: string, more: object = {}) =>
      createSearch({ database: current() })({ words, limit: 50, ...more });
    const ids = (found: { handoffId: string }[]) => found.map(({ handoffId }) => handoffId);

    it('finds what has all the words, in any case, newest first, with the line', async () => {
      const old = await talk('招商银行 CMB 解绑失败', 30);
      const young = await talk('cmb 的卡解绑失败了', 10);
      await talk('建设银行解绑失败', 5);
      const found = await search('CMB 解绑');
      expect(ids(found)).to.deep.equal([young, old]);
      expect(found[0]?.hits[0]?.text).to.equal('cmb 的卡解绑失败了');
    });

    it('takes signs of patterns as they are', async () => {
      const sale = await talk('打折100%的活动', 3);
      await talk('打折100元的活动', 2);
      expect(ids(await search('100%'))).to.deep.equal([sale]);
      expect(await search('_______________')).to.deep.equal([]);
    });

    it('keeps to the groups', async () => {
      const mine = await talk('分组的会话', 3, 'default');
      const theirs = await talk('分组的会话', 2, 'fraud');
      expect(ids(await search('分组的会话'))).to.deep.equal([theirs, mine]);
      expect(ids(await search('分组的会话', { groups: ['default'] }))).to.deep.equal([mine]);
      expect(await search('分组的会话', { groups: [] })).to.deep.equal([]);
    });

    it('keeps to a time, to whoever had it, and lists the latest without words', async () => {
      const agent = await desk.agent();
      const ofAgent = await talk('谁接的', 1);
      done(await desk.desk.claim(ofAgent, agent));
      const other = await talk('谁接的', 1.5);
      expect(ids(await search('谁接的', { agentId: agent.id }))).to.deep.equal([ofAgent]);
      const at = (minutes: number) => new Date(desk.clock.now().getTime() - minutes * 60_000).toISOString();
      expect(ids(await search('谁接的', { to: at(1.2) }))).to.deep.equal([other]);
      expect(ids(await search('谁接的', { from: at(1.2) }))).to.deep.equal([ofAgent]);
      const [latest] = await search('', { limit: 1 });
      expect(latest).to.include({ handoffId: ofAgent });
      expect(latest?.agent?.number).to.equal(agent.number);
      expect(latest?.hits[0]?.text).to.equal('谁接的');
    });

    it('gives page after page each once, also where many ended at the same moment', async () => {
      const all: string[] = [];
      for (let n = 0; n < 7; n++) all.push(await talk('同一时刻', 60));
      const seen: string[] = [];
      for (let after: { endedAt: string; handoffId: string } | undefined; ; ) {
        const page = await search('同一时刻', { limit: 3, after });
        seen.push(...ids(page));
        after = page.at(-1);
        if (page.length < 3) break;
      }
      expect([...seen].sort()).to.deep.equal([...all].sort());
    });
  });
});
