import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import { fromRoot } from '../../src/root.ts';

const folder = fromRoot('src', 'database', 'migrations');

/** A database as it was before the queue: every migration up to that one. */
async function beforeTheQueue(): Promise<{ sql: PGlite; goOn: () => Promise<void> }> {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    await readFile(`${folder}/meta/_journal.json`, 'utf8'),
  );
  const tags = journal.entries.map(({ tag }) => tag);
  const at = tags.findIndex((tag) => tag.endsWith('_handoffs'));
  const sql = await PGlite.create();
  const run = async (tag: string) => {
    const statements = (await readFile(`${folder}/${tag}.sql`, 'utf8')).split('--> statement-breakpoint');
    for (const statement of statements) await sql.exec(statement);
  };
  for (const tag of tags.slice(0, at)) await run(tag);
  return { sql, goOn: () => run(tags[at] ?? '') };
}

describe('requests for a person from before there was a queue', function oldRequests() {
  this.timeout(60_000);

  it('are messages that wait for an answer; what was over is gone, and other cases stay', async () => {
    const { sql, goOn } = await beforeTheQueue();
    const insert = (n: number, kind: string, state: string, conversation: string) =>
      sql.query(
        `insert into cases (id, number, kind, state, conversation_id, note, required_slots, returned_slots,
           idempotency_key, created_at, submitted_at, updated_at, version)
         values ($1, $2::text, $3, $4, $5, $6, '[]', '[]', $2 || 'key', now(), now(), now(), 1)`,
        [
          `00000000-0000-4000-8000-00000000000${n}`,
          `JB2026112200000${n}`,
          kind,
          state,
          conversation,
          `话${n}`,
        ],
      );
    await insert(1, 'handoff', 'submitted', 'c-1');
    await insert(2, 'message', 'submitted', 'c-1');
    await insert(3, 'message', 'closed', 'c-2');
    await insert(4, 'complaint', 'submitted', 'c-3');
    await goOn();
    const moved = await sql.query<object>('select conversation_id, state, words from handoffs');
    expect(moved.rows).to.deep.equal([{ conversation_id: 'c-1', state: 'message', words: '话1' }]);
    const left = await sql.query<object>('select kind from cases');
    expect(left.rows).to.deep.equal([{ kind: 'complaint' }]);
    await sql.close();
  });
});
