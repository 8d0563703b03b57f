import { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import type { Claim, ConversationStore } from '../../src/conversation/store.ts';
import { silent } from '../../src/domain/log.ts';
import { FakeClock } from '../support/clock.ts';

const ID = 'damaged';
const LEASE_MS = 10_000;

describe('damaged rows of the embedded store', () => {
  const told: object[] = [];
  let sql: PGlite;
  let store: ConversationStore;

  before(async () => {
    sql = await PGlite.create('memory://');
  });
  after(() => sql.close());
  beforeEach(async () => {
    told.length = 0;
    const log = { ...silent, error: (details: object) => void told.push(details) };
    store = await createEmbeddedStore({ sql, clock: new FakeClock(), log });
    await sql.exec('truncate conversation.conversations cascade');
    await store.open({ id: ID, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
    for (const text of ['一', '二'])
      await store.accept(ID, { origin: 'customer', activity: { type: 'message', text } });
  });

  async function claimed(): Promise<Claim> {
    const result = await store.claim(ID, LEASE_MS);
    if (result.kind !== 'claimed') throw new Error(result.kind);
    return result.claim;
  }
  async function answer(claim: Claim): Promise<Claim | undefined> {
    const seq = claim.messages[0]?.seq ?? 0;
    const result = await store.commit(claim, { seq, state: { step: seq }, mode: 'bot', replies: [] });
    if (result.kind !== 'committed') throw new Error(result.kind);
    return result.claim;
  }

  it('give a claim without state and mode, said so by their place, and good after the commit', async () => {
    await sql.exec(`update conversation.conversations set state = '{"card":"6222', mode = 'robot'`);
    const claim = await claimed();
    expect(claim).to.deep.include({ state: {}, mode: 'bot', lost: ['state', 'mode'] });
    expect(JSON.stringify(told)).to.contain(`conversation.conversations, id ${ID}`).and.not.contain('6222');
    expect((await store.find(ID))?.mode).to.equal('bot');
    const next = await answer(claim);
    expect(next)
      .to.deep.include({ state: { step: 1 } })
      .and.not.have.property('lost');
  });

  it('in the log are unreadable, and those around them as they are', async () => {
    await sql.exec(`update conversation.log set body = '{"type":' where seq = 1`);
    expect((await store.read(ID, 0, 9)).map(({ unreadable }) => unreadable ?? false)).to.deep.equal([
      true,
      false,
    ]);
    const claim = await claimed();
    expect(claim.messages.map(({ unreadable }) => unreadable ?? false)).to.deep.equal([true, false]);
    expect(told).to.have.length(1);
    expect((await answer(claim))?.messages[0]?.activity.text).to.equal('二');
  });

  it('that are missing are unreadable, once', async () => {
    await sql.exec('delete from conversation.log');
    const next = await answer(await claimed());
    expect(next?.messages).to.have.length(1);
    expect(next && (await answer(next))).to.equal(undefined);
    expect(await store.claim(ID, LEASE_MS)).to.deep.equal({ kind: 'idle' });
  });
});
