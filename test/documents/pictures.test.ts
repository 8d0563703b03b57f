import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { and, eq } from 'drizzle-orm';
import sharp from 'sharp';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { audit } from '../../src/database/schema/index.ts';
import { createPictures, type Pictures } from '../../src/documents/pictures.ts';
import { burn, mask } from '../../src/documents/watermark.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import { Fixture, storedOf } from './fixture.ts';
import { photo } from './pictures.ts';

const pixelsOf = (jpeg: Buffer) => sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });

/** Share of points whose grey level differs by more than a JPEG's noise. */
async function changedShare(before: Buffer, after: Buffer): Promise<number> {
  const [a, b] = [await pixelsOf(before), await pixelsOf(after)];
  let changed = 0;
  for (let at = 0; at < a.data.length; at++)
    if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) > 12) changed++;
  return changed / a.data.length;
}

const plainGrey = (level: number, width = 1200, height = 900) =>
  sharp({ create: { width, height, channels: 3, background: { r: level, g: level, b: level } } })
    .jpeg()
    .toBuffer();

describe('a picture for the desk', function () {
  this.timeout(60_000);

  it('bears the watermark everywhere, on light and on dark ground', async () => {
    for (const level of [250, 5]) {
      const ground = await plainGrey(level);
      const burnt = await burn(ground, '审核 R01 2026-11-23 10:00');
      // In each ninth of the picture: nothing useful can be cut out without it.
      for (let n = 0; n < 9; n++) {
        const part = { left: (n % 3) * 400, top: Math.floor(n / 3) * 300, width: 400, height: 300 };
        const [before, after] = [await cut(ground, part), await cut(burnt, part)];
        expect(await changedShare(before, after), `part ${n} of ${level}`).to.be.greaterThan(0.01);
      }
    }
  });

  it('says who and when in the watermark: another text is another picture', async () => {
    const ground = await plainGrey(128);
    const [one, two] = [await burn(ground, '审核 R01 10:00'), await burn(ground, '审核 R02 10:00')];
    expect(await changedShare(one, two)).to.be.greaterThan(0.0005);
  });

  it('keeps its size and stays readable under the watermark', async () => {
    const jpeg = await photo();
    const burnt = await burn(jpeg, '审核 R01');
    const { width, height } = await sharp(burnt).metadata();
    expect([width, height]).to.deep.equal([1200, 900]);
    expect(await changedShare(jpeg, burnt)).to.be.lessThan(0.35);
  });

  it('masked holds nothing finer than 32 blocks', async () => {
    const { data, info } = await pixelsOf(await mask(await photo()));
    expect([info.width, info.height]).to.deep.equal([1200, 900]);
    const block = info.width / 32;
    // Inside a block nothing changes: what was print is gone.
    for (let row = 1; row < 23; row++)
      for (let column = 1; column < 31; column++) {
        const at = (dx: number, dy: number) => {
          const [x, y] = [Math.floor((column + dx) * block), Math.floor((row + dy) * block)];
          return data[y * info.width + x] ?? 0;
        };
        const levels = [at(0.3, 0.3), at(0.7, 0.3), at(0.3, 0.7), at(0.7, 0.7), at(0.5, 0.5)];
        expect(Math.max(...levels) - Math.min(...levels)).to.be.lessThan(14);
      }
  });

  describe('has an address', () => {
    const actor: StaffActor = { id: randomUUID(), number: 'R07', roles: ['reviewer'] };
    let database: Database;
    let fixture: Fixture;
    let pictures: Pictures;
    let document: { documentId: string; caseId: string };

    before(async () => {
      database = await connect({ dataDir: 'memory://' });
      fixture = await Fixture.start(database);
      const { clock, service } = fixture;
      const memory = createEmbeddedMemory(clock);
      const { read, standing } = service;
      pictures = createPictures({ database, memory, clock, timeZone: 'Asia/Shanghai', read, standing });
      const { caseId, ticket } = await fixture.opened();
      const { documentId } = storedOf(await service.receiveTicket({ ticket, file: await photo() }));
      document = { documentId, caseId };
    });
    after(async () => {
      await fixture.stop();
      await database.close();
    });

    async function address(sessionId = 'session-1'): Promise<string> {
      const admitted = await pictures.admit({
        ...document,
        sessionId,
        mode: 'plain',
        purpose: 'compare-identity',
      });
      if (admitted.kind !== 'admitted') throw new Error(admitted.kind);
      return admitted.token;
    }
    const show = (token: string, sessionId = 'session-1') => pictures.show(token, { sessionId, actor });

    it('that is good once', async () => {
      const token = await address();
      expect((await show(token)).kind).to.equal('shown');
      expect(await show(token)).to.deep.equal({ kind: 'gone' });
    });

    it('that is good for the session that asked, and spoilt by any other', async () => {
      const token = await address();
      expect(await show(token, 'session-2')).to.deep.equal({ kind: 'gone' });
      expect(await show(token)).to.deep.equal({ kind: 'gone' });
    });

    it('that is good for a minute', async () => {
      const token = await address();
      fixture.clock.advance(60_001);
      expect(await show(token)).to.deep.equal({ kind: 'gone' });
    });

    it('that cannot be guessed', async () => {
      expect(await show('A'.repeat(43))).to.deep.equal({ kind: 'gone' });
      expect(await show(document.documentId)).to.deep.equal({ kind: 'gone' });
    });

    it('whose use stands in the audit, with mode and purpose', async () => {
      const looks = () =>
        database.run((db) =>
          db
            .select()
            .from(audit)
            .where(and(eq(audit.action, 'document.viewed'), eq(audit.caseId, document.caseId))),
        );
      const before = (await looks()).length;
      await show(await address());
      const lines = await looks();
      expect(lines).to.have.length(before + 1);
      expect(lines.at(-1)).to.deep.include({ actor: `staff:${actor.id}` });
      const { documentId } = document;
      expect(lines.at(-1)?.after).to.deep.equal({
        ...{ documentId, slot: 'id-front', mode: 'plain', purpose: 'compare-identity' },
      });
    });

    it('for the case’s own documents only', async () => {
      const other = { ...document, caseId: randomUUID(), sessionId: 'session-1', mode: 'masked' as const };
      expect(await pictures.admit(other)).to.deep.equal({ kind: 'not-found' });
      const nonsense = { ...document, documentId: 'x', sessionId: 'session-1', mode: 'masked' as const };
      expect(await pictures.admit(nonsense)).to.deep.equal({ kind: 'not-found' });
    });

    it('no more once its key is destroyed, also if it was given before', async () => {
      const token = await address();
      await fixture.service.purge(document.documentId);
      expect(await show(token)).to.deep.equal({ kind: 'gone' });
      const again = { ...document, sessionId: 'session-1', mode: 'masked' as const };
      expect(await pictures.admit(again)).to.deep.equal({ kind: 'purged' });
    });
  });
});

const cut = (jpeg: Buffer, part: { left: number; top: number; width: number; height: number }) =>
  sharp(jpeg).extract(part).jpeg({ quality: 95 }).toBuffer();
