import { expect } from 'chai';
import { encode, withoutMenu } from '../../../src/channels/wechat/encode.ts';
import type { LogEntry } from '../../../src/conversation/store.ts';
import { card, entry, NOW, replies } from '../rendering/entries.ts';

const account = (given: object = {}) => ({ kind: 'official-account' as const, menus: false, ...given });
const encoded = (entries: LogEntry[], given: object = {}) =>
  encode(entries, { account: account(given), locale: 'zh-CN', now: NOW });
const messages = (entries: LogEntry[], given: object = {}) =>
  encoded(entries, given).map(({ body }) => (body.kind === 'message' ? body.message : body));
const text = (content: string) => ({ msgtype: 'text', text: { content } });

const rating = entry(7, {
  text: '满意吗？',
  ...replies('满意', '不满意'),
  channelData: { key: 'handoff.askRating' },
});

describe('messages for WeChat', () => {
  it('are one for all texts of a turn, with the choices by number', () => {
    const entries = [
      entry(3, { text: '您好。' }),
      entry(4, { text: '哪张卡？', ...replies('建行', '招行') }),
    ];
    expect(encoded(entries)).to.deep.equal([
      {
        seq: 4,
        body: { kind: 'message', message: text('您好。\n\n哪张卡？\n\n回复数字选：\n1. 建行\n2. 招行') },
      },
    ]);
  });

  it('are a menu only where the account has one and nothing slow follows', () => {
    const menu = {
      msgtype: 'msgmenu',
      msgmenu: {
        head_content: '满意吗？',
        list: [
          { id: '7-1', content: '满意' },
          { id: '7-2', content: '不满意' },
        ],
        tail_content: '',
      },
    };
    const byNumber = text('满意吗？\n\n回复数字选：\n1. 满意\n2. 不满意');
    expect(messages([rating], { menus: true })).to.deep.equal([menu]);
    expect(messages([rating])).to.deep.equal([byNumber]);
    expect(messages([entry(4, { text: '好吗？', ...replies('是') })], { menus: true })[0]).to.include({
      msgtype: 'text',
    });
    const [sent] = encoded([rating], { menus: true });
    if (sent?.body.kind !== 'message') throw new Error('no message');
    expect(withoutMenu(sent.body.message, 'zh-CN')).to.deep.equal(byNumber);
  });

  it('are several for a text over 2000 bytes, none of them longer, the choices whole', () => {
    const long = '解绑说明😀。'.repeat(300);
    const made = messages([entry(3, { text: long, ...replies('是', '否') })]);
    const contents = made.map((it) => ('text' in it ? it.text.content : ''));
    expect(Math.max(...contents.map((it) => Buffer.byteLength(it)))).to.be.at.most(2000);
    expect(contents.join('')).to.contain('1. 是\n2. 否');
    expect(contents.join('').replace(/\s/g, '')).to.equal(`${long}回复数字选：1.是2.否`);
  });

  it('hold links as an official account does, and as a mini program does', () => {
    const markdown = entry(3, { text: '看[帮"助](https://a.cn/"x)', textFormat: 'markdown' });
    expect(messages([markdown])).to.deep.equal([text('看<a href="https://a.cn/%22x">帮"助</a>')]);
    expect(messages([markdown], { kind: 'mini-program' })).to.deep.equal([text('看帮"助：https://a.cn/"x')]);
  });

  it('are a card of one article, or a link card in a mini program', () => {
    const thumbnail = entry(
      3,
      card('thumbnail', {
        title: '怎么解绑',
        text: '说明',
        images: [{ url: 'https://a.cn/p.png' }],
        buttons: [{ type: 'openUrl', title: '看', value: 'https://a.cn' }],
      }),
    );
    const article = {
      title: '【怎么解绑】',
      description: '说明',
      url: 'https://a.cn',
      picurl: 'https://a.cn/p.png',
    };
    expect(messages([thumbnail])).to.deep.equal([{ msgtype: 'news', news: { articles: [article] } }]);
    const { picurl: thumb_url, ...rest } = article;
    expect(messages([thumbnail], { kind: 'mini-program' })).to.deep.equal([
      { msgtype: 'link', link: { ...rest, thumb_url } },
    ]);
  });

  it('are pictures to upload, and links to files, for which there is no type', () => {
    const attachments = [
      { contentType: 'image/png', contentUrl: 'https://a.cn/p.png', name: '图' },
      { contentType: 'application/pdf', contentUrl: 'https://a.cn/a.pdf', name: '回单' },
    ];
    expect(messages([entry(3, { attachments })])).to.deep.equal([
      {
        kind: 'media',
        type: 'image',
        url: 'https://a.cn/p.png',
        name: '图',
        otherwise: text('<a href="https://a.cn/p.png">图</a>'),
      },
      text('<a href="https://a.cn/a.pdf">回单</a>'),
    ]);
  });

  it('are none where there is nothing to show', () => {
    expect(
      encoded([entry(3, { type: 'event', name: 'handoff.status' }), entry(4, { type: 'typing' })]),
    ).to.deep.equal([]);
  });
});
