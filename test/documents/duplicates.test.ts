import { expect } from 'chai';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { cases, documentDuplicates, pictureHashes } from '../../src/database/schema/index.ts';
import type { Slot } from '../../src/domain/document.ts';
import { onBothDatabases } from '../support/databases.ts';
import { Fixture, storedOf } from './fixture.ts';
import { scene } from './scene.ts';

describe('pictures that two customers handed in', function () {
  this.timeout(60_000);

  onBothDatabases((current) => {
    let fixture: Fixture;
    before(async () => {
      fixture = await Fixture.start(current());
    });
    after(() => fixture.stop());

    async function handIn(file: Buffer, customerId: string, slot: Slot = 'id-front'): Promise<string> {
      const { caseId, ticket } = await fixture.opened(slot);
      await current().run((db) => db.update(cases).set({ customerId }).where(eq(cases.id, caseId)));
      return storedOf(await fixture.service.receiveTicket({ ticket, file })).documentId;
    }
    const flagsOf = (documentId: string) =>
      current().run((db) =>
        db
          .select({ otherId: documentDuplicates.otherId, distance: documentDuplicates.distance })
          .from(documentDuplicates)
          .where(eq(documentDuplicates.documentId, documentId)),
      );

    it('are flagged when they are the same file', async () => {
      const file = await scene(11);
      const first = await handIn(file, 'customer-a');
      expect(await flagsOf(first)).to.deep.equal([]);
      expect(await flagsOf(await handIn(file, 'customer-b'))).to.deep.equal([
        { otherId: first, distance: null },
      ]);
    });

    it('are flagged when one was recompressed and turned', async () => {
      const file = await scene(12);
      const first = await handIn(file, 'customer-a');
      const turned = await sharp(file).rotate(270).resize(900).jpeg({ quality: 50 }).toBuffer();
      const [flag] = await flagsOf(await handIn(turned, 'customer-b'));
      expect(flag?.otherId).to.equal(first);
      expect(flag?.distance).to.be.within(0, 4);
    });

    it('are not flagged when they are one customer’s own, or differ', async () => {
      const file = await scene(13);
      await handIn(file, 'customer-a');
      expect(await flagsOf(await handIn(file, 'customer-a'))).to.deep.equal([]);
      expect(await flagsOf(await handIn(await scene(14), 'customer-b'))).to.deep.equal([]);
    });

    it('are told apart by their bytes alone where all screens look alike', async () => {
      const file = await scene(15);
      await handIn(file, 'customer-a', 'evidence');
      const again = await sharp(file).jpeg({ quality: 50 }).toBuffer();
      expect(await flagsOf(await handIn(again, 'customer-b', 'evidence'))).to.deep.equal([]);
    });

    it('are forgotten with their keys', async () => {
      const documentId = await handIn(await scene(16), 'customer-a');
      const kept = () =>
        current().run((db) =>
          db.select().from(pictureHashes).where(eq(pictureHashes.documentId, documentId)),
        );
      expect(await kept()).to.have.length(1);
      await fixture.service.purge(documentId);
      expect(await kept()).to.deep.equal([]);
    });
  });
});
