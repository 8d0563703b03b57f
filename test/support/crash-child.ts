/**
 * A process that answers one message on an embedded store on disk and kills itself at a named point.
 * Arguments: data directory, point. Prints what the log holds once there is nothing left to answer.
 */
import { PGlite } from '@electric-sql/pglite';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import { createTurnRunner } from '../../src/conversation/runner.ts';
import type { ConversationStore } from '../../src/conversation/store.ts';
import { systemClock } from '../../src/domain/clock.ts';

const [directory = '', point = 'none'] = process.argv.slice(2);
const ID = 'crash';
const die = () => process.kill(process.pid, 'SIGKILL');

const sql = await PGlite.create(directory);
const store = await createEmbeddedStore({ sql, clock: systemClock });
await store.open({ id: ID, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });

/** The store as it is, but deadly at the point that is being tried. */
const mortal: ConversationStore = {
  ...store,
  async claim(...given) {
    const claimed = await store.claim(...given);
    if (point === 'after-claim') die();
    return claimed;
  },
  async commit(...given) {
    if (point === 'before-commit') die();
    const committing = store.commit(...given);
    if (point === 'during-commit') setImmediate(die);
    const committed = await committing;
    if (point === 'after-commit') die();
    return committed;
  },
};

const runner = createTurnRunner({
  store: mortal,
  typing: { type: 'typing' },
  log: { error: (details) => console.error(details) },
  async runTurn(claim, message) {
    if (point === 'in-turn') die();
    return {
      state: { turns: Number(claim.state.turns ?? 0) + 1 },
      mode: claim.mode,
      replies: [{ type: 'message', text: `答${message.activity.text}` }],
    };
  },
});

const incoming = {
  origin: 'customer' as const,
  activity: { type: 'message', text: '你好' },
  dedupeKey: 'client:1',
};
const accepted = await store.accept(ID, incoming, point === 'accepted-and-claimed' ? 60_000 : 0);
if (point === 'accepted' || point === 'accepted-and-claimed') die();
await runner.start();
while ((await store.pending(0, 1)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
await runner.stop();
const log = await store.read(ID, 0, 100);
console.log(JSON.stringify({ accepted: accepted.kind, texts: log.map((entry) => entry.activity.text) }));
await sql.close();
