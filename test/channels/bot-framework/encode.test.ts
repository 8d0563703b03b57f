import { expect } from 'chai';
import { type AzureMessage, encode } from '../../../src/channels/bot-framework/encode.ts';
import type { LogEntry } from '../../../src/conversation/store.ts';
import { UPLOAD_REQUEST_TYPE } from '../../../src/domain/document.ts';
import { card, entry, NOW, replies } from '../rendering/entries.ts';

const shown = (channelId: string, ...entries: LogEntry[]): AzureMessage[] =>
  encode(entries, { channelId, locale: 'zh-CN', now: NOW }).flatMap(({ body }) =>
    body.kind === 'message' ? [body.message] : [],
  );
const labels = (count: number) => Array.from({ length: count }, (_, at) => `第 ${at + 1} 项`);
const HERO = card('hero', {
  title: '账单',
  buttons: [{ type: 'openUrl', title: '看', value: 'https://x.example' }],
});

describe('messages for the channels of Azure', () => {
  it('are plain: the stars of a masked number are no marks', () => {
    expect(shown('msteams', entry(1, { text: '138****8000' }))).to.deep.equal([
      { type: 'message', text: '138****8000', textFormat: 'plain' },
    ]);
  });

  it('are one for each entry of the log, none for what only wakes the bot or was delivered already', () => {
    const said = entry(1, { text: '一' });
    const asked = entry(2, { text: '问' }, { origin: 'customer' });
    const event = entry(3, { type: 'event', name: 'handoff.status', value: { state: 'accepted' } });
    const known = entry(4, { text: '知道', channelData: { sent: true } });
    expect(
      shown('msteams', said, asked, event, known, entry(5, { text: '二' })).map(({ text }) => text),
    ).to.deep.equal(['一', '二']);
  });

  it('offer few choices in Teams as suggestions, more as buttons that know their card', () => {
    const [few] = shown('msteams', entry(7, { text: '选', ...replies(...labels(6)) }));
    expect(few?.suggestedActions?.actions).to.have.length(6);
    const [many] = shown('msteams', entry(7, { text: '选', ...replies(...labels(7)) }));
    expect(many?.suggestedActions).to.equal(undefined);
    const buttons = many?.attachments?.[0]?.content.buttons;
    expect(buttons).to.have.length(7);
    expect(buttons[2]).to.deep.include({ type: 'messageBack', text: '第 3 项', value: { menu: '7-3' } });
  });

  it('offer choices by number where a channel has no buttons, or not so many', () => {
    const asks = entry(1, { text: '选一个', ...replies('查进度', '转人工') });
    expect(shown('sms', asks).map(({ text }) => text)).to.deep.equal([
      '选一个\n\n回复数字选：\n1. 查进度\n2. 转人工',
    ]);
    const [message] = shown('facebook', entry(1, { text: '选', ...replies(...labels(11)) }));
    expect(message?.text).to.contain('11. 第 11 项');
    expect(message?.attachments).to.equal(undefined);
  });

  it('hold cards as they are where there are cards, and what is in them elsewhere', () => {
    const [native] = shown('msteams', entry(1, HERO));
    expect(native?.attachments?.[0]).to.deep.include({ contentType: 'application/vnd.microsoft.card.hero' });
    const [words] = shown('sms', entry(1, HERO));
    expect(words?.text).to.contain('【账单】').and.to.contain('看：https://x.example');
    expect(words?.attachments).to.equal(undefined);
  });

  it('hold the link of an upload instead of its form', () => {
    const content = {
      title: '身份证正面',
      uploadUrl: 'https://bot.example/uploads/t1',
      expiresAt: new Date(NOW.getTime() + 600_000).toISOString(),
    };
    const asks = entry(1, { text: '请上传', attachments: [{ contentType: UPLOAD_REQUEST_TYPE, content }] });
    for (const channelId of ['msteams', 'sms']) {
      const [message] = shown(channelId, asks);
      expect(message?.text, channelId).to.contain('https://bot.example/upload/t1').and.to.contain('10 分钟');
      expect(message?.attachments).to.equal(undefined);
    }
  });

  it('leave files of the desk to be told by their address', () => {
    const file = { contentType: 'application/pdf', name: '回单.pdf' };
    const sent = entry(3, { attachments: [file], channelData: { file: { id: 'f1' } } }, { origin: 'agent' });
    for (const channelId of ['msteams', 'sms']) {
      const [only, ...more] = encode([sent], { channelId, locale: 'zh-CN', now: NOW });
      expect(more, channelId).to.deep.equal([]);
      expect(only?.body).to.deep.include({ kind: 'desk-file' });
    }
  });

  it('tell the place in the queue once where no words do', () => {
    const value = { position: 3, etaMinutes: null };
    const place = entry(1, { type: 'event', name: 'handoff.queue', value });
    const outgoing = encode([place], { channelId: 'msteams', locale: 'zh-CN', now: NOW });
    expect(outgoing.map(({ passing }) => passing)).to.deep.equal([true]);
  });

  it('are cut into pieces where only text is taken', () => {
    const pieces = shown('sms', entry(1, { text: '请您稍等。'.repeat(300) }));
    expect(pieces.length).to.be.greaterThan(1);
    expect(pieces.map(({ text }) => text).join('')).to.equal('请您稍等。'.repeat(300));
  });
});
