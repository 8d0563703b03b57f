import { expect } from 'chai';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { freshPostgres } from '../support/databases.ts';
import { codeOf, Fixture } from './fixture.ts';

describe('upload limits of two processes on one PostgreSQL', function () {
  this.timeout(90_000);
  let databases: Database[] = [];
  let fixture: Fixture;

  before(async () => {
    const databaseUrl = await freshPostgres();
    // Each with a pool of its own, as two processes have.
    databases = [
      await connect({ databaseUrl, dataDir: 'memory://' }),
      await connect({ databaseUrl, dataDir: 'memory://' }),
    ];
    fixture = await Fixture.start(databases[0] as Database);
  });
  after(async () => {
    await fixture?.stop();
    for (const database of databases) await database.close();
  });

  it('are one limit per conversation, wherever the files arrive', async () => {
    const services = databases.map((database) => fixture.another({ database }));
    const { ticket } = await fixture.opened();
    const codes: string[] = [];
    for (let n = 0; n < 24; n++) {
      const file = new Uint8Array();
      const outcome = await services[n % 2]?.receiveTicket({ ticket, consentVersion: '2026-11', file });
      if (outcome) codes.push(codeOf(outcome));
    }
    expect(codes).to.deep.equal([
      ...Array.from({ length: 20 }, () => 'FileEmpty'),
      ...Array.from({ length: 4 }, () => 'TooManyUploads'),
    ]);
  });
});
