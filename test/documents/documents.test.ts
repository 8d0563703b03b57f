import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { audit, documents as documentRows, uploadTickets } from '../../src/database/schema/index.ts';
import { VaultFault } from '../../src/documents/vault.ts';
import { CONSENT, codeOf, Fixture, secretOf, storedOf } from './fixture.ts';
import { photo, plain } from './pictures.ts';

async function fault(task: Promise<unknown>): Promise<unknown> {
  return await task.then(
    () => 'no fault',
    (error: unknown) => error,
  );
}

describe('documents', function () {
  this.timeout(20_000);
  let fixture: Fixture;
  let picture: Buffer;

  before(async () => {
    fixture = await Fixture.start();
    picture = await photo(800, 640);
  });
  after(() => fixture.stop());
  beforeEach(() => {
    fixture.kicks = 0;
    // Blobs carry the machine's time.
    fixture.clock.set(new Date().toISOString());
    fixture.blobs.isFull = false;
  });

  const receive = (ticket: string, file: Uint8Array = picture, consentVersion?: string) =>
    fixture.service.receiveTicket({ ticket, file, consentVersion });

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

  describe('a ticket', () => {
    it('is the same for the same turn, and only its hash is stored', async () => {
      const draft = await fixture.draft();
      const request = {
        conversationId: draft.conversationId,
        draftId: draft.caseId,
        slot: 'id-front',
        idempotencyKey: randomUUID(),
      } as const;
      const first = await fixture.service.open(request);
      expect(await fixture.another().open(request)).to.deep.equal(first);
      expect(first).to.deep.include({ slot: 'id-front', maxBytes: 10 * 1024 * 1024 });
      expect(secretOf(first)).to.match(/^[\w-]{43}$/);
      const rows = await fixture.database.run((db) => db.select().from(uploadTickets));
      expect(JSON.stringify(rows)).not.to.include(secretOf(first));
    });

    it('can be put on a public address', async () => {
      const draft = await fixture.draft();
      const ticket = await fixture.another({ publicUrl: 'https://help.example' }).open({
        conversationId: draft.conversationId,
        draftId: draft.caseId,
        slot: 'id-back',
        idempotencyKey: randomUUID(),
      });
      expect(ticket.uploadUrl).to.match(/^https:\/\/help\.example\/uploads\/[\w-]{43}$/);
    });

    it('that nobody issued is unknown, whatever it looks like', async () => {
      for (const guess of ['', 'x', 'A'.repeat(43), "' or 1=1", '\u0000']) {
        expect(await fixture.service.checkTicket(guess)).to.equal('TicketUnknown');
        expect(codeOf(await receive(guess))).to.equal('TicketUnknown');
      }
    });

    it('expires, unless its turn runs again', async () => {
      const draft = await fixture.draft();
      await fixture.consent(draft.caseId);
      const request = {
        conversationId: draft.conversationId,
        draftId: draft.caseId,
        slot: 'id-front',
        idempotencyKey: randomUUID(),
      } as const;
      const ticket = secretOf(await fixture.service.open(request));
      fixture.clock.advance(30 * 60_000 - 1);
      expect(await fixture.service.checkTicket(ticket)).to.equal(undefined);
      fixture.clock.advance(1);
      expect(await fixture.service.checkTicket(ticket)).to.equal('TicketExpired');
      expect(codeOf(await receive(ticket))).to.equal('TicketExpired');
      expect(secretOf(await fixture.service.open(request))).to.equal(ticket);
      expect(codeOf(await receive(ticket))).to.equal('stored');
    });

    it('is closed when the conversation opens another slot or goes elsewhere', async () => {
      const { ticket, ...draft } = await fixture.opened();
      const next = secretOf(await fixture.open(draft, 'id-back'));
      expect(await fixture.service.checkTicket(ticket)).to.equal('NoOpenSlot');
      expect(codeOf(await receive(ticket))).to.equal('NoOpenSlot');
      await fixture.service.close(draft.conversationId);
      expect(codeOf(await receive(next))).to.equal('NoOpenSlot');
      expect(await fixture.documents(draft.caseId)).to.deep.equal([]);
    });

    it('takes nothing for a case that is finished', async () => {
      const { caseId, ticket } = await fixture.opened();
      await fixture.setState(caseId, 'withdrawn');
      const before = await fixture.blobs.names();
      expect(codeOf(await receive(ticket))).to.equal('NoOpenSlot');
      expect(await fixture.blobs.names()).to.deep.equal(before);
    });

    it('answers a retry with the first document, and refuses another picture', async () => {
      const { caseId, ticket } = await fixture.opened();
      const first = await receive(ticket);
      fixture.clock.advance(60 * 60_000);
      expect(await fixture.service.checkTicket(ticket)).to.equal(undefined);
      expect(await receive(ticket)).to.deep.equal(first);
      expect(codeOf(await receive(ticket, await plain(90)))).to.equal('SlotAlreadyFilled');
      expect(await fixture.documents(caseId)).to.have.length(1);
      expect(await fixture.events(caseId)).to.have.length(1);
    });

    it('takes exactly one of several uploads at the same moment', async () => {
      const { caseId, ticket } = await fixture.opened();
      const before = (await fixture.blobs.names()).length;
      const pictures = await Promise.all([90, 110, 130, 150].map(plain));
      const codes = (await Promise.all(pictures.map((file) => receive(ticket, file)))).map(codeOf);
      expect(codes.sort()).to.deep.equal([
        'SlotAlreadyFilled',
        'SlotAlreadyFilled',
        'SlotAlreadyFilled',
        'stored',
      ]);
      expect(await fixture.documents(caseId)).to.have.length(1);
      expect(await fixture.events(caseId)).to.have.length(1);
      expect((await fixture.blobs.names()).length).to.equal(before + 1);
    });

    it('gives the same picture sent twice at the same moment one document', async () => {
      const { caseId, ticket } = await fixture.opened();
      const [first, second] = await Promise.all([receive(ticket), receive(ticket)]);
      expect(first).to.deep.equal(second);
      expect(await fixture.documents(caseId)).to.have.length(1);
    });
  });

  describe('consent', () => {
    it('is required before anything is stored, for a face on its own', async () => {
      const draft = await fixture.draft();
      await fixture.consent(draft.caseId, 'id-front');
      const ticket = secretOf(await fixture.open(draft, 'id-in-hand'));
      expect(codeOf(await receive(ticket))).to.equal('ConsentRequired');
      expect(await fixture.documents(draft.caseId)).to.deep.equal([]);
    });

    it('is recorded once when the current version comes with the file', async () => {
      const draft = await fixture.draft();
      const ticket = secretOf(await fixture.open(draft));
      expect(codeOf(await receive(ticket, picture, CONSENT))).to.equal('stored');
      expect(codeOf(await receive(ticket, picture, CONSENT))).to.equal('stored');
      const given = await fixture.consents(draft.caseId);
      expect(given.map(({ purpose, version }) => [purpose, version])).to.deep.equal([['documents', CONSENT]]);
    });

    it('to an older wording does not count', async () => {
      const draft = await fixture.draft();
      await fixture.consent(draft.caseId, 'id-front', '2025-01');
      const ticket = secretOf(await fixture.open(draft));
      expect(codeOf(await receive(ticket))).to.equal('ConsentOutdated');
      expect(codeOf(await receive(ticket, picture, '2025-01'))).to.equal('ConsentOutdated');
      expect(codeOf(await receive(ticket, picture, CONSENT))).to.equal('stored');
    });
  });

  describe('a file that does not fit', () => {
    it('is refused and leaves the slot open for a better one', async () => {
      const { caseId, ticket } = await fixture.opened();
      const before = await fixture.blobs.names();
      expect(codeOf(await receive(ticket, new Uint8Array()))).to.equal('FileEmpty');
      expect(codeOf(await receive(ticket, Buffer.from('<svg/>')))).to.equal('TypeNotAccepted');
      expect(codeOf(await receive(ticket, picture.subarray(0, 3000)))).to.equal('PictureUnreadable');
      expect(await fixture.blobs.names()).to.deep.equal(before);
      expect(await fixture.events(caseId)).to.deep.equal([]);
      expect(codeOf(await receive(ticket))).to.equal('stored');
    });

    it('on a full disk is refused without a trace, and taken once there is room', async () => {
      const { caseId, ticket } = await fixture.opened();
      fixture.blobs.isFull = true;
      expect(codeOf(await receive(ticket))).to.equal('StorageUnavailable');
      expect(await fixture.documents(caseId)).to.deep.equal([]);
      expect(await fixture.events(caseId)).to.deep.equal([]);
      fixture.blobs.isFull = false;
      expect(codeOf(await receive(ticket))).to.equal('stored');
    });

    it('counts: after 20 in ten minutes the conversation has to wait, others need not', async () => {
      const { ticket, ...draft } = await fixture.opened();
      for (let i = 0; i < 20; i++)
        expect(codeOf(await receive(ticket, new Uint8Array()))).to.equal('FileEmpty');
      expect(codeOf(await receive(ticket))).to.equal('TooManyUploads');
      expect(codeOf(await receive((await fixture.opened()).ticket))).to.equal('stored');
      fixture.clock.advance(10 * 60_000);
      const next = secretOf(await fixture.open(draft));
      expect(codeOf(await receive(next))).to.equal('stored');
    });
  });

  describe('a file sent in the chat', () => {
    const send = (conversationId: string, idempotencyKey: string, file: Uint8Array = picture) =>
      fixture.service.receive({ conversationId, file, idempotencyKey });

    it('is taken into the open slot, once', async () => {
      const { caseId, conversationId } = await fixture.opened();
      expect(await fixture.service.openSlot(conversationId)).to.deep.equal({
        draftId: caseId,
        slot: 'id-front',
      });
      const first = await send(conversationId, 'message-1');
      expect(codeOf(first)).to.equal('stored');
      expect(await fixture.service.openSlot(conversationId)).to.equal(undefined);
      expect(await send(conversationId, 'message-1')).to.deep.equal(first);
      expect(codeOf(await send(conversationId, 'message-2'))).to.equal('NoOpenSlot');
      expect(await fixture.documents(caseId)).to.have.length(1);
    });

    it('is refused while no slot is open, also when the message is repeated later', async () => {
      const draft = await fixture.draft();
      await fixture.consent(draft.caseId);
      expect(codeOf(await send(draft.conversationId, 'early'))).to.equal('NoOpenSlot');
      await fixture.open(draft);
      expect(codeOf(await send(draft.conversationId, 'early'))).to.equal('NoOpenSlot');
      expect(codeOf(await send(draft.conversationId, 'in time'))).to.equal('stored');
    });

    it('is not taken without consent, nor is its slot shown as open', async () => {
      const draft = await fixture.draft();
      await fixture.open(draft);
      expect(await fixture.service.openSlot(draft.conversationId)).to.equal(undefined);
      expect(codeOf(await send(draft.conversationId, 'message-1'))).to.equal('ConsentRequired');
    });

    it('is not taken by a slot that has expired', async () => {
      const { conversationId } = await fixture.opened();
      fixture.clock.advance(31 * 60_000);
      expect(await fixture.service.openSlot(conversationId)).to.equal(undefined);
      expect(codeOf(await send(conversationId, 'late'))).to.equal('TicketExpired');
    });

    it('finds its refusal again, but tries anew after a full disk', async () => {
      const { conversationId } = await fixture.opened();
      expect(codeOf(await send(conversationId, 'empty', new Uint8Array()))).to.equal('FileEmpty');
      expect(codeOf(await send(conversationId, 'empty'))).to.equal('FileEmpty');
      fixture.blobs.isFull = true;
      expect(codeOf(await send(conversationId, 'unlucky'))).to.equal('StorageUnavailable');
      fixture.blobs.isFull = false;
      expect(codeOf(await send(conversationId, 'unlucky'))).to.equal('stored');
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
      await fixture.service.purgeExpired(30);
      expect(await keyOf(withdrawn.caseId)).to.equal(null);
      expect(await keyOf(alive.caseId)).to.be.a('string');
      fixture.clock.advance(31 * 24 * 60 * 60_000);
      await fixture.service.purgeExpired(30);
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
