import { expect } from 'chai';
import { decode, type Inbound, readActivity } from '../../../src/channels/bot-framework/decode.ts';
import { linkOf } from '../../../src/channels/messaging.ts';
import { NOW } from '../rendering/entries.ts';

function inbound(fields: object): Inbound | undefined {
  const activity = readActivity({
    ...{ type: 'message', id: 'm1', channelId: 'telegram', serviceUrl: 'https://channel.example' },
    ...{ conversation: { id: 'c1' }, from: { id: 'u1' }, recipient: { id: 'bot' } },
    ...fields,
  });
  return activity && decode(activity, NOW);
}
function contents(fields: object) {
  const it = inbound(fields);
  return it?.kind === 'message' || it?.kind === 'tap' ? it.contents : it?.kind;
}

describe('activities of Azure', () => {
  it('are of no use without what they are answered by', () => {
    for (const missing of ['type', 'channelId', 'serviceUrl', 'conversation', 'from'])
      expect(inbound({ [missing]: undefined }), missing).to.equal(undefined);
    expect(inbound({ serviceUrl: 'file:///etc/passwd' })).to.equal(undefined);
    expect(inbound({ conversation: { id: 'c\u0000' } })).to.equal(undefined);
  });

  it('may have nothing where something could be', () => {
    const empty = {
      text: 'x',
      attachments: null,
      value: null,
      channelData: null,
      locale: null,
      timestamp: null,
    };
    expect(contents(empty)).to.deep.equal([{ kind: 'text', text: 'x', menuId: undefined }]);
  });

  it('are known again by their id, or by what is in them', () => {
    const keys = [{}, { id: 'm2' }, { id: undefined, text: 'a' }, { id: undefined, text: 'b' }].map(
      (fields) => {
        const it = inbound(fields);
        return it && 'dedupeKey' in it ? it.dedupeKey : '';
      },
    );
    expect(new Set(keys).size).to.equal(4);
    const again = inbound({ id: undefined, text: 'a' });
    expect(again).to.include({ dedupeKey: keys[2] });
  });

  it('are never later than now', () => {
    expect(inbound({ timestamp: '2999-01-01T00:00:00Z' })).to.deep.include({ sentAt: NOW });
    expect(inbound({ timestamp: 'soon' })).to.deep.include({ sentAt: NOW });
    expect(inbound({ timestamp: '2026-11-22T00:00:00Z' })).to.deep.include({
      sentAt: new Date('2026-11-22T00:00:00Z'),
    });
  });

  it('say what a button says, and which menu it was in', () => {
    expect(contents({ text: '第二张', value: { menu: '7-2' } })).to.deep.equal([
      { kind: 'text', text: '第二张', menuId: '7-2' },
    ]);
    expect(contents({ value: { text: '查进度' } })).to.deep.equal([
      { kind: 'text', text: '查进度', menuId: undefined },
    ]);
  });

  it('hold files besides their words, and no second copy of these', () => {
    const attachments = [
      { contentType: 'text/html', content: '<p>看图</p>' },
      { contentType: 'image/jpeg', contentUrl: 'https://channel.example/1' },
      { contentType: 'application/pdf' },
    ];
    expect(contents({ text: '看图', attachments })).to.deep.equal([
      { kind: 'text', text: '看图', menuId: undefined },
      { kind: 'image', mediaId: '' },
      { kind: 'file', mediaId: '' },
    ]);
    expect(contents({ text: '' })).to.deep.equal([{ kind: 'unsupported', type: 'message' }]);
  });

  it('are nothing to us when nobody asks anything', () => {
    for (const type of ['typing', 'messageReaction', 'endOfConversation', 'event', 'installationUpdate'])
      expect(contents({ type }), type).to.equal('ignored');
    const bot = { type: 'conversationUpdate', membersAdded: [{ id: 'bot' }] };
    expect(contents(bot)).to.equal('ignored');
    expect(contents({ ...bot, channelId: 'msteams' })).to.equal('opened');
    expect(contents({ ...bot, membersAdded: [{ id: 'bot' }, { id: 'u1' }] })).to.equal('opened');
  });

  it('come from whom the platform may know only where the channel vouches for them', () => {
    expect(linkOf('azure-msteams')).to.equal('msteams');
    expect(linkOf('azure-telegram')).to.equal('telegram');
    for (const channel of ['azure-directline', 'azure-webchat', 'azure-emulator', 'azure-email', 'azure-sms'])
      expect(linkOf(channel), channel).to.equal(undefined);
    const it = inbound({ channelId: 'msteams', from: { id: '29:x', aadObjectId: 'object-1' } });
    expect(it).to.deep.include({
      place: { id: 'azure-msteams:c1:object-1', channel: 'azure-msteams', userId: 'object-1' },
    });
  });
});
