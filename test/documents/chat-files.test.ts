import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { eq, sql } from 'drizzle-orm';
import sharp from 'sharp';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { verifyAudit } from '../../src/database/audit.ts';
import { audit, chatFiles } from '../../src/database/schema/index.ts';
import { createCustomerFiles, createDeskFiles } from '../../src/documents/chat-file-views.ts';
import type { ChatFiles } from '../../src/documents/chat-files.ts';
import { createDestruction } from '../../src/documents/destruction.ts';
import { createHolds } from '../../src/documents/holds.ts';
import type { ChatFileOutcome, NewChatFile } from '../../src/domain/chat-file.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import { createAccounts } from '../../src/staff/index.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';
import { chatFilesOn, MemoryBlobs } from './chat-files-on.ts';
import { pdf, SCRIPT } from './pdfs.ts';
import { photo } from './pictures.ts';

const codeOf = (outcome: ChatFileOutcome) => (outcome.kind === 'refused' ? outcome.code : 'stored');
function storedOf(outcome: ChatFileOutcome) {
  if (outcome.kind === 'refused') throw new Error(outcome.code);
  return outcome.file;
}

describe('files of a chat', function () {
  this.timeout(30_000);

  onBothDatabases((current) => {
    const clock = new FakeClock();
    let blobs: MemoryBlobs;
    let files: ChatFiles;
    let picture: Buffer;
    let staff: StaffActor;
    let conversationId: string;

    before(async () => {
      picture = await photo(800, 640);
      const login = `k${randomUUID().slice(0, 8)}`;
      const account = { login, number: login, name: 'X', roles: ['supervisor' as const], oidcSubject: login };
      const made = await createAccounts({ database: current(), clock }).create(account, 'operator:test');
      if (made.kind !== 'created') throw new Error(made.kind);
      staff = made.member;
    });
    beforeEach(() => {
      blobs = new MemoryBlobs();
      files = chatFilesOn(current(), clock, blobs);
      conversationId = `c-${randomUUID()}`;
    });

    const receive = (more: Partial<NewChatFile> = {}) =>
      files.receive({
        ...{
          conversationId,
          from: 'customer',
          name: 'IMG_1.png',
          bytes: picture,
          idempotencyKey: randomUUID(),
        },
        ...more,
      });
    const rowOf = async (id: string) => {
      const [row] = await current().run((db) => db.select().from(chatFiles).where(eq(chatFiles.id, id)));
      return row;
    };
    const hold = (what: { customerId: string }) =>
      createHolds({ database: current(), clock }).set(what, '调查', staff);

    it('are kept so that the blob alone says nothing, and come back as they were drawn anew', async () => {
      const exif = await sharp(picture)
        .withExif({ IFD0: { Copyright: 'SECRET-PLACE' } })
        .jpeg()
        .toBuffer();
      const file = storedOf(await receive({ bytes: exif }));
      expect(file).to.include({ name: 'IMG_1.jpg', mediaType: 'image/jpeg', width: 800, height: 640 });
      const [blob] = [...blobs.stored.values()];
      expect(blob?.includes(Buffer.from('JFIF'))).to.equal(false);
      const opened = await files.open(file.id, conversationId);
      expect(opened?.bytes.length).to.equal(file.sizeBytes);
      expect(exif.includes('SECRET-PLACE')).to.equal(true);
      expect(opened?.bytes.includes('SECRET-PLACE')).to.equal(false);
      expect(await files.open(file.id, 'c-another')).to.equal(undefined);
      expect(await files.open('no-id', conversationId)).to.equal(undefined);
    });

    it('of another conversation do not open even under a changed row', async () => {
      const file = storedOf(await receive());
      await current().run((db) =>
        db.update(chatFiles).set({ conversationId: 'c-thief' }).where(eq(chatFiles.id, file.id)),
      );
      const error = await files.open(file.id, 'c-thief').catch((fault: Error) => fault);
      expect(error).to.be.instanceOf(Error).with.property('name', 'VaultFault');
    });

    it('are refused by what they are, whatever they are called', async () => {
      const cases: [string, Uint8Array][] = [
        ['FileEmpty', new Uint8Array()],
        ['FileTooLarge', Buffer.concat([picture, Buffer.alloc(10 * 1024 * 1024)])],
        ['ChatTypeNotAccepted', Buffer.from('<html><script>alert(1)</script>')],
        ['ChatTypeNotAccepted', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')],
        ['ChatTypeNotAccepted', Buffer.from('504b0304140000000800', 'hex')],
        ['PictureUnreadable', picture.subarray(0, 2000)],
        ['PdfNotAccepted', pdf([SCRIPT])],
      ];
      for (const [code, bytes] of cases) expect(codeOf(await receive({ bytes }))).to.equal(code);
      expect(blobs.stored.size).to.equal(0);
    });

    it('are called what they are, on one line, without a path', async () => {
      const names = [
        '../../etc/passwd.exe',
        'C:\\evil\\x.html',
        'a\u202egpj.exe',
        '<script>',
        '',
        '很'.repeat(300),
      ];
      const kept = [];
      for (const name of names) kept.push(storedOf(await receive({ name })).name);
      expect(kept.slice(0, 5)).to.deep.equal(['passwd.jpg', 'x.jpg', 'agpj.jpg', '<script>.jpg', '照片.jpg']);
      expect([...(kept[5] ?? '')]).to.have.length(84);
      expect(storedOf(await receive({ bytes: pdf(), name: '账单.PDF' })).name).to.equal('账单.pdf');
    });

    it('are one under one key, also at the same moment', async () => {
      const same = { idempotencyKey: 'k1' };
      const outcomes = await Promise.all([receive(same), receive(same), receive(same)]);
      expect(new Set(outcomes.map((outcome) => storedOf(outcome).id)).size).to.equal(1);
      expect(blobs.stored.size).to.equal(1);
      const again = storedOf(await receive({ ...same, bytes: Buffer.from('something else') }));
      expect(again.id).to.equal(outcomes[0] && storedOf(outcomes[0]).id);
    });

    it('are not taken while the disk is full, and are a moment later', async () => {
      blobs.isFull = true;
      expect(codeOf(await receive({ idempotencyKey: 'k' }))).to.equal('StorageUnavailable');
      blobs.isFull = false;
      expect(codeOf(await receive({ idempotencyKey: 'k' }))).to.equal('stored');
    });

    it('of a customer are at most twenty in ten minutes', async () => {
      const small = await photo(120, 90);
      for (let i = 0; i < 20; i++) expect(codeOf(await receive({ bytes: small }))).to.equal('stored');
      expect(codeOf(await receive({ bytes: small }))).to.equal('TooManyUploads');
      expect(codeOf(await receive({ bytes: small, from: { staffId: staff.id } }))).to.equal('stored');
      clock.advance(11 * 60_000);
      expect(codeOf(await receive({ bytes: small }))).to.equal('stored');
    });

    it('that are taken back are gone for everybody, with their key and blob', async () => {
      const file = storedOf(await receive({ from: { staffId: staff.id } }));
      await files.withdraw(file.id, 'c-another', staff);
      expect(await files.find(file.id, conversationId)).to.include({ id: file.id });
      await files.withdraw(file.id, conversationId, staff);
      await files.withdraw(file.id, conversationId, staff);
      expect(await files.find(file.id, conversationId)).to.equal(undefined);
      expect((await rowOf(file.id))?.wrappedKey).to.equal(null);
      expect(blobs.stored.size).to.equal(0);
    });

    it('stay under a legal hold, but what was taken back is shown to nobody', async () => {
      const customerId = `customer-${randomUUID()}`;
      const file = storedOf(await receive({ customerId, from: { staffId: staff.id } }));
      await hold({ customerId });
      await files.withdraw(file.id, conversationId, staff);
      expect((await rowOf(file.id))?.wrappedKey).to.be.a('string');
      expect(await files.open(file.id, conversationId)).to.equal(undefined);
      clock.advance(100 * 86_400_000);
      await files.purge(30);
      expect((await rowOf(file.id))?.wrappedKey).to.be.a('string');
    });

    it('are destroyed when their time is over, not before, and leave a certificate', async () => {
      const file = storedOf(await receive());
      clock.advance(29 * 86_400_000);
      await files.purge(30);
      expect(await files.find(file.id, conversationId)).to.include({ id: file.id });
      clock.advance(2 * 86_400_000);
      expect(await files.purge(30)).to.be.greaterThan(0);
      expect(await files.find(file.id, conversationId)).to.equal(undefined);
      const lines = await current().run((db) =>
        db.select().from(audit).where(sql`${audit.after} ->> 'fileId' = ${file.id}`).orderBy(audit.seq),
      );
      expect(lines.map(({ action }) => action)).to.deep.equal(['chat-file.stored', 'chat-file.destroyed']);
      expect(JSON.stringify(lines)).to.not.include('IMG_1');
      expect((await verifyAudit(current())).kind).to.equal('intact');
    });

    it('are not taken for leftovers by the sweep', async () => {
      const file = storedOf(await receive());
      await blobs.put(Buffer.from('left by a crash'));
      const destruction = createDestruction({ database: current(), blobs, clock });
      expect(await destruction.sweep()).to.equal(1);
      expect((await files.open(file.id, conversationId))?.sizeBytes).to.equal(file.sizeBytes);
    });

    describe('are looked at', () => {
      const memory = createEmbeddedMemory(clock);
      const deskFiles = () =>
        createDeskFiles({ database: current(), memory, clock, files, timeZone: 'Asia/Shanghai' });
      const viewer = () => ({ sessionId: 's1', actor: staff });
      async function addressOf(fileId: string, look: 'small' | 'whole' = 'whole') {
        const address = await deskFiles().admit({ fileId, conversationId, sessionId: 's1', look });
        return address.kind === 'admitted' ? address.token : undefined;
      }
      const shown = async (token: string | undefined, as = viewer()) => deskFiles().show(token ?? '', as);

      it('once, by the session that asked, within a minute', async () => {
        const { id } = storedOf(await receive());
        const token = await addressOf(id);
        expect((await shown(token)).kind).to.equal('shown');
        expect((await shown(token)).kind).to.equal('gone');
        expect((await shown(await addressOf(id), { ...viewer(), sessionId: 's2' })).kind).to.equal('gone');
        const late = await addressOf(id);
        clock.advance(61_000);
        expect((await shown(late)).kind).to.equal('gone');
        expect((await shown('guessed')).kind).to.equal('gone');
        expect(await addressOf(randomUUID())).to.equal(undefined);
      });

      it('with a watermark and a line in the audit; small ones of customers as blocks, without', async () => {
        const { id } = storedOf(await receive());
        const plain = (await files.open(id, conversationId))?.bytes ?? Buffer.alloc(0);
        const whole = await shown(await addressOf(id));
        const small = await shown(await addressOf(id, 'small'));
        if (whole.kind !== 'shown' || small.kind !== 'shown') throw new Error('not shown');
        const difference = async (bytes: Uint8Array) => {
          const [a, b] = await Promise.all(
            [plain, bytes].map((jpeg) =>
              sharp(jpeg).resize(400, 320, { fit: 'fill' }).greyscale().raw().toBuffer(),
            ),
          );
          if (!a || !b) throw new Error('no pictures');
          return a.reduce((sum, level, i) => sum + Math.abs(level - (b[i] ?? 0)), 0) / a.length;
        };
        expect(await difference(whole.bytes)).to.be.greaterThan(1);
        expect((await sharp(small.bytes).metadata()).width).to.equal(480);
        expect(await difference(small.bytes)).to.be.greaterThan(10);
        const views = await current().run((db) =>
          db
            .select()
            .from(audit)
            .where(sql`${audit.action} = 'chat-file.viewed' and ${audit.after} ->> 'fileId' = ${id}`),
        );
        expect(views.map(({ actor }) => actor)).to.deep.equal([`staff:${staff.id}`]);
      });

      it('not small when there is no picture, since that would be the whole file unnoticed', async () => {
        const { id } = storedOf(await receive({ bytes: pdf() }));
        expect(await addressOf(id, 'small')).to.equal(undefined);
        const whole = await shown(await addressOf(id));
        expect(whole).to.deep.include({ kind: 'shown', mediaType: 'application/pdf', bytes: pdf() });
      });

      it('by customers only where the desk has sent them, and not once they are taken back', async () => {
        const forCustomer = createCustomerFiles({ memory, clock, files });
        const own = storedOf(await receive());
        const sent = storedOf(await receive({ from: { staffId: staff.id } }));
        const admit = (fileId: string, of = conversationId) =>
          forCustomer.admit({ fileId, conversationId: of, look: 'whole' });
        expect((await admit(own.id)).kind).to.equal('gone');
        expect((await admit(sent.id, 'c-another')).kind).to.equal('gone');
        const [one, two] = [await admit(sent.id), await admit(sent.id)];
        if (one.kind === 'gone' || two.kind === 'gone') throw new Error('not admitted');
        const first = await forCustomer.show(one.token);
        expect(first.kind === 'shown' && first.bytes.length).to.equal(sent.sizeBytes);
        expect((await forCustomer.show(one.token)).kind).to.equal('gone');
        // An address of the one kind is none of the other.
        expect((await shown(two.token)).kind).to.equal('gone');
        await files.withdraw(sent.id, conversationId, staff);
        expect((await forCustomer.show(two.token)).kind).to.equal('gone');
        expect((await admit(sent.id)).kind).to.equal('gone');
      });
    });
  });
});
