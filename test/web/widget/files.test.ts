import { expect } from 'chai';
import { sizeText } from '../../../src/web/file-size.ts';
import { FileOutbox } from '../../../src/web/widget/client/file-outbox.ts';
import type { Reply } from '../../../src/web/widget/client/rest.ts';
import { sentFileOf } from '../../../src/web/widget/files/sent-file.ts';
import { peopleHaveIt } from '../../../src/web/widget/lines.ts';
import { eventually } from '../../support/eventually.ts';
import { entry } from '../support/activity.ts';

const OK: Reply = { kind: 'ok', body: {} };
const file = (name: string) => new File(['x'], name, { type: 'image/jpeg' });

function outboxWith(answers: Reply[]) {
  const posted: { name: string; clientId: string }[] = [];
  let ids = 0;
  const shares: number[] = [];
  const outbox: FileOutbox = new FileOutbox({
    newId: () => `id-${++ids}`,
    async post(outgoing, progress) {
      posted.push({ name: outgoing.file.name, clientId: outgoing.clientId });
      for (const share of [0.001, 0.5, 0.501, 1]) progress(share);
      return answers.shift() ?? OK;
    },
    changed: () => {
      const share = outbox.files[0]?.share;
      if (share !== undefined && share !== shares.at(-1)) shares.push(share);
    },
  });
  return { outbox, posted, shares };
}

describe('files of the customer on their way', () => {
  it('leave one after the other, and it is told how far they are', async () => {
    const { outbox, posted, shares } = outboxWith([]);
    outbox.add(file('a.jpg'));
    outbox.add(file('b.jpg'));
    expect(posted.map(({ name }) => name)).to.deep.equal(['a.jpg']);
    await eventually(() => outbox.files.every(({ delivery }) => delivery === 'sent'));
    expect(posted.map(({ name }) => name)).to.deep.equal(['a.jpg', 'b.jpg']);
    expect(shares).to.deep.equal([0, 0.5, 1]);
  });

  it('that did not go through wait for the customer, and are sent again under the same id', async () => {
    const { outbox, posted } = outboxWith([{ kind: 'unreachable' }]);
    const id = outbox.add(file('a.jpg'));
    await eventually(() => outbox.files[0]?.delivery === 'failed');
    expect(posted).to.have.length(1);
    expect(outbox.resend('another')).to.equal(false);
    expect(outbox.resend(id)).to.equal(true);
    await eventually(() => outbox.files[0]?.delivery === 'sent');
    expect(posted.map(({ clientId }) => clientId)).to.deep.equal([id, id]);
  });

  it('that are refused say why in the server’s words, and can be done without', async () => {
    const refusal: Reply = { kind: 'refused', status: 415, message: '只收照片和 PDF' };
    const { outbox } = outboxWith([refusal]);
    const id = outbox.add(file('a.exe'));
    await eventually(() => outbox.files[0]?.delivery === 'failed');
    expect(outbox.files[0]?.problem).to.equal('只收照片和 PDF');
    outbox.drop(id);
    expect(outbox.files).to.deep.equal([]);
  });
});

describe('a message with a file', () => {
  const attachments = [{ name: '<b>流程</b>.jpg', contentType: 'image/jpeg' }];

  it('tells its name as it is, its size and its shape', () => {
    const channelData = { file: { id: 'f1', sizeBytes: 1_400_000, width: 4, height: 3 } };
    expect(sentFileOf(entry({ id: '1', attachments, channelData }).activity)).to.deep.equal({
      ...{ id: 'f1', name: '<b>流程</b>.jpg', isPicture: true, sizeBytes: 1_400_000, width: 4, height: 3 },
    });
    expect([sizeText(1_400_000), sizeText(300), sizeText(348_000)]).to.deep.equal([
      '1.3 MB',
      '1 KB',
      '340 KB',
    ]);
  });

  it('is none without what the server says of it', () => {
    expect(sentFileOf(entry({ id: '1', attachments }).activity)).to.equal(undefined);
    expect(sentFileOf(entry({ id: '1', channelData: { file: { id: 'f1' } } }).activity)).to.equal(undefined);
  });
});

describe('files can be sent', () => {
  const event = (id: string, name: string, value: unknown) => entry({ id, type: 'event', name, value });
  const queue = event('1', 'handoff.queue', { position: 1, etaMinutes: null });
  const status = (id: string, state: string) => event(id, 'handoff.status', { state });

  it('from the queue until people leave the conversation, and not before', () => {
    expect(peopleHaveIt([entry({ id: '0', text: '您好' })])).to.equal(false);
    expect(peopleHaveIt([queue])).to.equal(true);
    expect(peopleHaveIt([queue, status('2', 'accepted'), entry({ id: '3', text: '在' })])).to.equal(true);
    expect(peopleHaveIt([queue, status('2', 'accepted'), status('3', 'completed')])).to.equal(false);
    expect(peopleHaveIt([queue, status('2', 'failed')])).to.equal(false);
  });
});
