import { expect } from 'chai';
import { encode } from '../../../src/channels/wecom/encode.ts';
import type { LogEntry } from '../../../src/conversation/store.ts';
import { entry, NOW, replies } from '../rendering/entries.ts';

const encoded = (...entries: LogEntry[]) => encode(entries, { locale: 'zh-CN', now: NOW });
const messages = (...entries: LogEntry[]) =>
  encoded(...entries).map(({ body }) => (body.kind === 'message' ? body.message : body));
const text = (content: string) => ({ msgtype: 'text', text: { content } });
const click = (id: string, content: string) => ({ type: 'click', click: { id, content } });
const menu = (head_content: string, list: object[]) => ({
  msgtype: 'msgmenu',
  msgmenu: { head_content, list, tail_content: '' },
});

describe('messages for WeCom', () => {
  it('are a menu with the text before it', () => {
    const made = encoded(
      entry(3, { text: '您好。' }),
      entry(4, { text: '哪张？', ...replies('建行', '招行') }),
    );
    expect(made).to.deep.equal([
      {
        seq: 4,
        body: {
          kind: 'message',
          message: menu('您好。\n\n哪张？', [click('4-1', '建行'), click('4-2', '招行')]),
        },
      },
    ]);
  });

  it('have a long text before a menu in messages of its own', () => {
    const long = '很长的说明。'.repeat(60);
    expect(messages(entry(4, { text: long, ...replies('好') }))).to.deep.equal([
      text(long),
      menu('请选一个：', [click('4-1', '好')]),
    ]);
    const [bare] = messages(entry(4, replies('好')));
    expect(bare).to.deep.equal(menu('请选一个：', [click('4-1', '好')]));
  });

  it('have a choice that shows the others where there are more than a menu takes', () => {
    const many = Array.from({ length: 11 }, (_, n) => `卡${n + 1}`);
    const [made] = messages(entry(4, { text: '哪张？', ...replies(...many) }));
    const shown = many.slice(0, 9).map((it, n) => click(`4-${n + 1}`, it));
    expect(made).to.deep.equal(menu('哪张？', [...shown, click('4-0', '更多')]));
    expect(messages(entry(4, { text: '哪张？', ...replies(...many.slice(1)) }))).to.have.length(1);
  });

  it('have labels of at most 128 bytes', () => {
    const [made] = messages(entry(4, { text: '哪张？', ...replies('😀'.repeat(40)) }));
    const item = made && 'msgmenu' in made ? made.msgmenu.list[0] : undefined;
    expect(item?.click.content).to.equal(`${'😀'.repeat(31)}…`);
  });

  it('are at most 2048 bytes', () => {
    const exact = `${'汉'.repeat(682)}ab`;
    expect(messages(entry(4, { text: exact }))).to.deep.equal([text(exact)]);
    expect(messages(entry(4, { text: `${exact}汉` })).length).to.equal(2);
  });

  it('are files and pictures to upload', () => {
    const attachments = [{ contentType: 'application/pdf', contentUrl: 'https://a.cn/a.pdf', name: '回单' }];
    expect(messages(entry(3, { attachments }))).to.deep.equal([
      {
        kind: 'media',
        type: 'file',
        url: 'https://a.cn/a.pdf',
        name: '回单',
        otherwise: text('回单：https://a.cn/a.pdf'),
      },
    ]);
  });

  it('tell the place in the queue when it has moved, only the last, and not beside words that tell it', () => {
    const moved = (seq: number, position: number, etaMinutes: object | null = null, replyToId?: string) =>
      entry(seq, {
        type: 'event',
        name: 'handoff.queue',
        value: { position, etaMinutes },
        ...(replyToId && { replyToId }),
      });
    const told = (content: string, seq: number) => [
      { seq, passing: true, body: { kind: 'message', message: text(content) } },
    ];
    expect(encoded(moved(3, 4), moved(4, 3, { from: 2, to: 4 }))).to.deep.equal(
      told('您前面还有 2 位。\n大概要等 2 到 4 分钟。', 4),
    );
    expect(encoded(moved(3, 1))).to.deep.equal(told('您排在第一位。', 3));
    const words = entry(3, { text: '您排在第一位。', replyToId: 'c|1' });
    expect(encoded(words, moved(4, 1, null, 'c|1')).length).to.equal(1);
    expect(encoded(moved(3, 1), entry(4, { text: '客服来了' })).length).to.equal(1);
    expect(encoded(entry(3, { type: 'event', name: 'handoff.queue', value: { position: 0 } }))).to.deep.equal(
      [],
    );
  });
});
