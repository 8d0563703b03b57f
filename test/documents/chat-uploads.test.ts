import { expect } from 'chai';
import { onBothDatabases } from '../support/databases.ts';
import { codeOf, Fixture } from './fixture.ts';
import { photo } from './pictures.ts';

describe('documents from the chat', function () {
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
  });
});
