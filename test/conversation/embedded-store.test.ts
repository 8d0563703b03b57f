import { PGlite } from '@electric-sql/pglite';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import { describeStoreContract } from '../support/store-contract.ts';

describeStoreContract('embedded', async (clock) => {
  const sql = await PGlite.create('memory://');
  const store = await createEmbeddedStore({ sql, clock });
  return {
    store,
    async close() {
      await store.close();
      await sql.close();
    },
  };
});
