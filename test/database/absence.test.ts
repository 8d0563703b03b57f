import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { expect } from 'chai';
import { sql } from 'drizzle-orm';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { DatabaseFault } from '../../src/database/fault.ts';
import { freshPostgres } from '../support/databases.ts';

/** A way to the database that can be cut and opened again. */
async function openWay(target: URL) {
  const sockets = new Set<Socket>();
  const listen = (port: number) => {
    const server = createServer((near) => {
      const far = dial(Number(target.port), target.hostname);
      near.pipe(far).pipe(near);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one.on('error', () => undefined).on('close', () => other.destroy());
      }
    });
    return once(server.listen(port, '127.0.0.1'), 'listening').then(() => server);
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const reopen = async () => {
    server = await listen(port);
  };
  return { port, cut, reopen };
}

describe('PostgreSQL that goes away', function () {
  this.timeout(30_000);
  let database: Database;
  let way: Awaited<ReturnType<typeof openWay>>;

  beforeEach(async () => {
    const url = new URL(await freshPostgres());
    way = await openWay(new URL(url));
    url.port = String(way.port);
    database = await connect({ databaseUrl: url.href, dataDir: 'memory://' });
  });
  afterEach(async () => {
    await database.close();
    await way.cut();
  });

  const now = () => database.run((db) => db.execute(sql`select 1`));
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => error,
    );

  it('is waited for while it restarts, by reads and by transactions', async () => {
    await now();
    await way.cut();
    expect(await outcomeOf(database.ping())).to.be.instanceOf(DatabaseFault);
    const outcomes = [outcomeOf(now()), outcomeOf(database.transaction((tx) => tx.execute(sql`select 1`)))];
    await way.reopen();
    expect(await Promise.all(outcomes)).to.deep.equal(['done', 'done']);
    await database.ping();
  });

  it('is a fault when it stays away, and serves again when it is back', async () => {
    await now();
    await way.cut();
    await outcomeOf(database.ping());
    const fault = await outcomeOf(now());
    expect(fault).to.be.instanceOf(DatabaseFault).with.property('code', 'ECONNREFUSED');
    await way.reopen();
    await now();
  });

  it('keeps none of the pool when it dies again and again at the beginning of a transaction', async () => {
    for (let times = 0; times < 11; times++) {
      await now();
      const began = outcomeOf(database.transaction((tx) => tx.execute(sql`select 1`)));
      await way.cut();
      await way.reopen();
      await began;
    }
    await now();
  });

  it('ends a transaction that it interrupts, between its statements too, and nothing else', async () => {
    const outcome = await outcomeOf(
      database.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        await way.cut();
        await way.reopen();
        await new Promise((resolve) => setImmediate(resolve));
        await tx.execute(sql`select 1`);
      }),
    );
    expect(outcome).to.be.instanceOf(DatabaseFault);
    await now();
  });
});
