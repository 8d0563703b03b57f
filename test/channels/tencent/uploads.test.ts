import { expect } from 'chai';
import { createUploads } from '../../../src/channels/tencent/uploads.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { FakeClock } from '../../support/clock.ts';

const PICTURE = {
  type: 'image',
  name: 'a.jpg',
  contentType: 'image/jpeg',
  bytes: Buffer.from('abc'),
} as const;

describe('ids of what was uploaded', () => {
  let clock: FakeClock;
  let uploaded: string[];
  let memory: ReturnType<typeof createEmbeddedMemory>;
  const uploadsOf = (account: string) =>
    createUploads({
      account,
      memory,
      async upload({ name }) {
        uploaded.push(name);
        return { kind: 'done', value: `${account}-${uploaded.length}` };
      },
    });

  beforeEach(() => {
    clock = new FakeClock();
    memory = createEmbeddedMemory(clock);
    uploaded = [];
  });

  it('are asked for once by all who send the same at the same moment', async () => {
    const uploads = uploadsOf('one');
    const ids = await Promise.all([1, 2, 3].map(() => uploads.idOf(PICTURE)));
    expect(ids).to.deep.equal(Array.from({ length: 3 }, () => ({ kind: 'done', value: 'one-1' })));
    expect(await uploadsOf('one').idOf(PICTURE)).to.deep.equal(ids[0]);
    expect(uploaded).to.deep.equal(['a.jpg']);
  });

  it('are others for another account, content or name, and after two days and a half', async () => {
    await uploadsOf('one').idOf(PICTURE);
    await uploadsOf('two').idOf(PICTURE);
    await uploadsOf('one').idOf({ ...PICTURE, bytes: Buffer.from('abd') });
    await uploadsOf('one').idOf({ ...PICTURE, name: 'b.jpg' });
    expect(uploaded.length).to.equal(4);
    clock.advance(60 * 3_600_000 + 1_000);
    await uploadsOf('one').idOf(PICTURE);
    expect(uploaded.length).to.equal(5);
  });

  it('are forgotten by whoever found one to be lost, unless there is another by then', async () => {
    const uploads = uploadsOf('one');
    await uploads.idOf(PICTURE);
    await uploads.forget(PICTURE, 'one-1');
    const second = await uploads.idOf(PICTURE);
    await uploads.forget(PICTURE, 'one-1');
    expect([second, await uploads.idOf(PICTURE)]).to.deep.equal([second, { kind: 'done', value: 'one-2' }]);
  });

  it('are not kept where the upload has failed', async () => {
    let fails = true;
    const uploads = createUploads({
      account: 'one',
      memory,
      upload: async () => (fails ? { kind: 'unreachable' } : { kind: 'done', value: 'm' }),
    });
    expect(await uploads.idOf(PICTURE)).to.deep.equal({ kind: 'unreachable' });
    fails = false;
    expect(await uploads.idOf(PICTURE)).to.deep.equal({ kind: 'done', value: 'm' });
  });
});
