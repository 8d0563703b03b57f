import { expect } from 'chai';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { audit, documents as documentRows } from '../../src/database/schema/index.ts';
import { VaultFault } from '../../src/documents/vault.ts';
import { onBothDatabases } from '../support/databases.ts';
import { Fixture, secretOf, storedOf } from './fixture.ts';
import { photo, plain } from './pictures.ts';

async function fault(task: Promise<unknown>): Promise<unknown> {
  return await task.then(
    () => 'no fault',
    (error: unknown) => error,
  );
}

describe('documents', function () {
  this.timeout(20_000);
  onBothDatabases((current) => {
    let fixture: Fixture;
    let picture: Buffer;

    before(async () => {
      fixture = await Fixture.start(current());
      picture = await photo(800, 640);
    });
    after(() => fixture.stop());
    beforeEach(() => {
      fixture.kicks = 0;
      // Blobs carry the machine's time.
      fixture.clock.set(new Date().toISOString());
      fixture.blobs.isFull = false;
    });

    const receive = (ticket: string, file: Uint8Array = picture) =>
      fixture.service.receiveTicket({ ticket, file });

    describe('a file that fits', () => {
      it('becomes the encrypted document of its slot, and the conversation is told once', async () => {
        const { caseId, conversationId, ticket } = await fixture.opened();
        const outcome = storedOf(await receive(ticket));
        expect(outcome).to.include({ draftId: caseId, slot: 'id-front' });

        const [row] = await fixture.documents(caseId);
        expect(row).to.include({
          id: outcome.documentId,
          state: 'stored',
          slot: 'id-front',
          mediaType: 'image/jpeg',
        });
        const blob = await fixture.blobs.get(row?.blobKey ?? '');
        expect(blob.includes('JFIF')).to.equal(false);

        const { kind: _kind, ...completed } = outcome;
        expect(await fixture.events(caseId)).to.deep.equal([
          {
            conversationId,
            dedupeKey: `upload:${outcome.documentId}`,
            name: 'unbind.upload.completed',
            value: completed,
          },
        ]);
        expect(fixture.kicks).to.equal(1);
      });

      it('is read back as a JPEG, by its own case only', async () => {
        const { caseId, ticket } = await fixture.opened();
        const { documentId } = storedOf(await receive(ticket));
        const found = await fixture.service.read(documentId, caseId);
        if (found.kind !== 'found') throw new Error(found.kind);
        expect(await sharp(found.jpeg).metadata()).to.include({ format: 'jpeg', width: 800, height: 640 });
        const other = await fixture.opened();
        expect(await fixture.service.read(documentId, other.caseId)).to.deep.equal({ kind: 'not-found' });
      });

      it('leaves a line in the audit', async () => {
        const { caseId, conversationId, ticket } = await fixture.opened();
        await receive(ticket);
        const lines = await fixture.database.run((db) =>
          db.select().from(audit).where(eq(audit.caseId, caseId)),
        );
        expect(lines.map(({ action, actor }) => [action, actor])).to.deep.equal([
          ['document.stored', `conversation:${conversationId}`],
        ]);
      });
    });

    describe('a document', () => {
      it('whose bytes were changed or exchanged cannot be read', async () => {
        const { caseId, ticket } = await fixture.opened();
        const { documentId } = storedOf(await receive(ticket));
        const other = await fixture.opened();
        storedOf(await receive(other.ticket));
        const [foreign] = await fixture.documents(other.caseId);
        if (!foreign) throw new Error('no document');
        const { blobKey, wrappedKey } = foreign;
        // Somebody with access to the database points the row at another customer's picture.
        await fixture.database.run((db) =>
          db.update(documentRows).set({ blobKey, wrappedKey }).where(eq(documentRows.id, documentId)),
        );
        expect(await fault(fixture.service.read(documentId, caseId))).to.be.instanceOf(VaultFault);
        await fixture.database.run((db) =>
          db
            .update(documentRows)
            .set({ caseId: other.caseId, state: 'replaced' })
            .where(eq(documentRows.id, documentId)),
        );
        expect(await fault(fixture.service.read(documentId, other.caseId))).to.be.instanceOf(VaultFault);
      });

      it('gives way to a better picture of the same slot, and its key is destroyed', async () => {
        const { caseId, conversationId, ticket } = await fixture.opened();
        const first = storedOf(await receive(ticket));
        const again = secretOf(await fixture.open({ caseId, conversationId }));
        const second = storedOf(await receive(again, await plain(90)));
        const rows = await fixture.documents(caseId);
        const stateOf = (id: string) => rows.find((row) => row.id === id);
        expect(stateOf(first.documentId)).to.include({ state: 'replaced', wrappedKey: null });
        expect(stateOf(second.documentId)).to.include({ state: 'stored' });
        expect(await fixture.service.read(first.documentId, caseId)).to.deep.equal({ kind: 'purged' });
        // The late retry of the first upload still hears that it had arrived.
        expect(await receive(ticket)).to.deep.equal(first);
      });

      it('once purged has neither key nor blob, only a line in the audit', async () => {
        const { caseId, ticket } = await fixture.opened();
        const { documentId } = storedOf(await receive(ticket));
        const [row] = await fixture.documents(caseId);
        await fixture.service.purge(documentId);
        await fixture.service.purge(documentId);
        expect((await fixture.documents(caseId))[0]).to.include({ state: 'purged', wrappedKey: null });
        expect(await fixture.blobs.names()).not.to.include(row?.blobKey);
        expect(await fixture.service.read(documentId, caseId)).to.deep.equal({ kind: 'purged' });
        const lines = await fixture.database.run((db) =>
          db.select().from(audit).where(eq(audit.caseId, caseId)),
        );
        expect(lines.map((line) => line.action)).to.deep.equal(['document.stored', 'document.purged']);
      });

      it('goes with its draft, whose tickets close', async () => {
        const { caseId, conversationId, ticket } = await fixture.opened();
        await receive(ticket);
        const open = secretOf(await fixture.open({ caseId, conversationId }, 'id-back'));
        await fixture.service.purgeDraft(caseId);
        expect((await fixture.documents(caseId)).map((row) => row.wrappedKey)).to.deep.equal([null]);
        expect(await fixture.service.checkTicket(open)).to.equal('NoOpenSlot');
      });

      it('is purged when its case was withdrawn or its time is over, not before', async () => {
        const [withdrawn, alive, left] = [
          await fixture.opened(),
          await fixture.opened(),
          await fixture.opened(),
        ];
        for (const { ticket } of [withdrawn, alive, left]) await receive(ticket);
        await fixture.setState(withdrawn.caseId, 'withdrawn');
        const keyOf = async (caseId: string) => (await fixture.documents(caseId))[0]?.wrappedKey;
        await fixture.service.purgeExpired({ defaultDays: 30, rules: [] });
        expect(await keyOf(withdrawn.caseId)).to.equal(null);
        expect(await keyOf(alive.caseId)).to.be.a('string');
        fixture.clock.advance(31 * 24 * 60 * 60_000);
        await fixture.service.purgeExpired({ defaultDays: 30, rules: [] });
        expect(await keyOf(left.caseId)).to.equal(null);
      });
    });

    describe('the sweep', () => {
      it('removes old blobs that no document names, and no others', async () => {
        const { caseId, ticket } = await fixture.opened();
        const { documentId } = storedOf(await receive(ticket));
        const orphan = await fixture.blobs.put(Buffer.from('left by a crash'));
        await fixture.service.sweep();
        expect(await fixture.blobs.names()).to.include(orphan);
        fixture.clock.set(new Date(Date.now() + 2 * 60 * 60_000).toISOString());
        expect(await fixture.service.sweep()).to.be.above(0);
        expect(await fixture.blobs.names()).not.to.include(orphan);
        expect((await fixture.service.read(documentId, caseId)).kind).to.equal('found');
        expect(await fixture.service.sweep()).to.equal(0);
      });
    });
  });
});
