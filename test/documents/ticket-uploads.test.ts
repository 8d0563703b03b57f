import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { uploadTickets } from '../../src/database/schema/index.ts';
import { onBothDatabases } from '../support/databases.ts';
import { CONSENT, codeOf, Fixture, secretOf } from './fixture.ts';
import { photo, plain } from './pictures.ts';

describe('documents by ticket', function () {
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

    const receive = (ticket: string, file: Uint8Array = picture, consentVersion?: string) =>
      fixture.service.receiveTicket({ ticket, file, consentVersion });

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
        expect(given.map(({ purpose, version }) => [purpose, version])).to.deep.equal([
          ['documents', CONSENT],
        ]);
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
  });
});
