import { expect } from 'chai';
import { createCursors } from '../../src/database/cursors.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';

describe('cursors', () => {
  onBothDatabases((current) => {
    it('are what was saved last, each by its name', async () => {
      const cursors = createCursors({ database: current(), clock: new FakeClock() });
      expect(await cursors.read('wecom:wk1')).to.equal(undefined);
      await cursors.save('wecom:wk1', 'a');
      await cursors.save('wecom:wk2', 'b');
      await cursors.save('wecom:wk1', 'c');
      expect([await cursors.read('wecom:wk1'), await cursors.read('wecom:wk2')]).to.deep.equal(['c', 'b']);
    });
  });
});
