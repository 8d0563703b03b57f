import { expect } from 'chai';
import { type Block, blocksOf } from '../../../src/channels/rendering/blocks.ts';
import { plainLink } from '../../../src/channels/rendering/plain-text.ts';
import type { NewActivity } from '../../../src/conversation/store.ts';
import { card, entry, NOW, replies } from './entries.ts';

const options = { locale: 'zh-CN', link: plainLink, now: NOW } as const;
const blocks = (activity: Partial<NewActivity>): Block[] => blocksOf(entry(1, activity), options);
const words = (activity: Partial<NewActivity>) =>
  blocks(activity).map((it) => (it.kind === 'text' ? it.text : it.kind));
const said = (text: string): Block => ({ kind: 'text', text });

describe('activities in a messaging app', () => {
  it('are their text, of which only markdown that is told to be some is rewritten', () => {
    expect(blocks({ text: '手机 **138** 记下了' })).to.deep.equal([said('手机 **138** 记下了')]);
    expect(blocks({ text: '**好**', textFormat: 'markdown' })).to.deep.equal([said('好')]);
    expect(blocks({ text: '   ' })).to.deep.equal([]);
  });

  it('are the choices after it, those that open a page as links', () => {
    const actions = [
      { type: 'imBack', title: '是', value: '是的' },
      { type: 'openUrl', title: '帮助', value: 'https://a.cn' },
      { type: 'openUrl', title: '坏的', value: 'javascript:alert(1)' },
      { type: 'postBack', title: '否', value: { some: 1 } },
      { type: 'imBack', title: '', value: '' },
    ];
    expect(blocks({ text: '好吗？', suggestedActions: { to: [], actions } as never })).to.deep.equal([
      said('好吗？'),
      { kind: 'link', title: '帮助', url: 'https://a.cn', description: '' },
      {
        kind: 'choices',
        quick: false,
        options: [
          { label: '是', says: '是的' },
          { label: '否', says: '否' },
        ],
      },
    ]);
  });

  it('are quick choices where the rating is asked for', () => {
    const [, choices] = blocks({
      text: '满意吗？',
      ...replies('满意'),
      channelData: { key: 'handoff.askRating' },
    });
    expect(choices).to.include({ kind: 'choices', quick: true });
  });

  it('lead from a request for a document to its page, with the time it is open', () => {
    const content = {
      draftId: 'd',
      slot: 'id-front',
      title: '身份证人像面',
      uploadUrl: 'https://bot.example/uploads/TICKET',
      expiresAt: new Date(NOW.getTime() + 30 * 60_000).toISOString(),
    };
    const attachments = [{ contentType: 'application/vnd.unbind.upload-request+json', content }];
    expect(words({ text: '请上传：身份证人像面。', attachments }).join('\n')).to.equal(
      '请上传：身份证人像面。\n点开链接就能拍照上传，30 分钟内有效。链接只给您自己用，别转给别人：\nhttps://bot.example/upload/TICKET',
    );
  });

  it('are the words, buttons and pictures of a hero card', () => {
    const hero = card('hero', {
      title: '绑定说明',
      subtitle: '三步',
      text: '先看 **这里**',
      images: [{ url: 'https://a.cn/p.png', alt: '图' }, { url: 'data:image/png;base64,AA' }],
      buttons: [
        { type: 'imBack', title: '继续', value: '继续' },
        { type: 'openUrl', title: '官网', value: 'https://a.cn' },
      ],
    });
    expect(blocks(hero)).to.deep.equal([said('【绑定说明】\n三步\n先看 这里'), ...blocks(hero).slice(1)]);
    expect(blocks(hero).map((it) => it.kind)).to.deep.equal(['text', 'link', 'choices']);
  });

  it('are the card of the channel where there is one page to open and a picture', () => {
    const content = {
      title: '怎么解绑',
      text: '图文说明',
      images: [{ url: 'https://a.cn/p.png' }],
      buttons: [{ type: 'openUrl', title: '看', value: 'https://a.cn' }],
    };
    expect(blocks(card('thumbnail', content))).to.deep.equal([
      {
        kind: 'link',
        url: 'https://a.cn',
        picture: 'https://a.cn/p.png',
        title: '【怎么解绑】',
        description: '图文说明',
      },
    ]);
  });

  it('are the lines of a receipt', () => {
    const receipt = card('receipt', {
      title: '账单',
      facts: [{ key: '单号', value: 'JB1' }],
      items: [{ title: '欠款', price: '¥1,234.56' }],
      total: '¥1,234.56',
    });
    expect(words(receipt)).to.deep.equal(['【账单】\n单号：JB1\n欠款：¥1,234.56\n合计：¥1,234.56']);
  });

  it('are the texts of an adaptive card in their order, with its buttons', () => {
    const adaptive = card('adaptive', {
      type: 'AdaptiveCard',
      body: [
        { type: 'TextBlock', text: '**进度**' },
        {
          type: 'ColumnSet',
          columns: [{ type: 'Column', items: [{ type: 'TextBlock', text: '左' }] }],
        },
        { type: 'FactSet', facts: [{ title: '状态', value: '审核中' }] },
        { type: 'RichTextBlock', inlines: ['第', { type: 'TextRun', text: '一步' }] },
        { type: 'Image', url: 'https://a.cn/p.png', altText: '流程图' },
        { type: 'Input.Text', id: 'name', placeholder: '姓名' },
        {
          type: 'ActionSet',
          actions: [{ type: 'Action.Submit', title: '查进度', data: { text: '我的进度' } }],
        },
        { type: 'Hologram', shape: 1 },
        'odd',
      ],
      actions: [
        { type: 'Action.OpenUrl', title: '官网', url: 'https://a.cn' },
        {
          type: 'Action.ShowCard',
          title: '更多',
          card: { type: 'AdaptiveCard', actions: [{ type: 'Action.Submit', title: '里面' }] },
        },
      ],
    });
    expect(blocks(adaptive)).to.deep.equal([
      said('进度\n左\n状态：审核中\n第一步\n流程图'),
      { kind: 'link', title: '官网', url: 'https://a.cn', description: '' },
      {
        kind: 'choices',
        quick: false,
        options: [
          { label: '查进度', says: '我的进度' },
          { label: '里面', says: '里面' },
        ],
      },
    ]);
    const instead = card('adaptive', { fallbackText: '请看这里', body: [{ type: 'TextBlock', text: 'x' }] });
    expect(words(instead)).to.deep.equal(['请看这里']);
  });

  it('are nothing of a card that is none, however deep it is', () => {
    let deep: object = { type: 'TextBlock', text: '底' };
    for (let n = 0; n < 5_000; n++) deep = { type: 'Container', items: [deep] };
    for (const content of [null, 'x', 7, [], { body: 'x' }, { body: [deep] }, { body: [{ items: null }] }]) {
      expect(words(card('adaptive', content as object))).to.deep.equal([]);
      expect(() => blocks(card('hero', content as object))).not.to.throw();
    }
  });

  it('are pictures and files by their address, and nothing without one', () => {
    const attachments = [
      { contentType: 'image/png', contentUrl: 'https://a.cn/p.png', name: 'p' },
      { contentType: 'application/pdf', contentUrl: 'https://a.cn/a.pdf', name: '回单.pdf' },
      { contentType: 'image/png', contentUrl: 'data:image/png;base64,AA' },
      { contentType: 'application/pdf' },
    ];
    expect(blocks({ attachments })).to.deep.equal([
      { kind: 'image', url: 'https://a.cn/p.png', name: 'p' },
      { kind: 'file', url: 'https://a.cn/a.pdf', name: '回单.pdf' },
    ]);
  });

  it('name the agent who says them', () => {
    const agent = entry(1, { text: '您好', from: { id: 'A12', name: 'A12' } }, { origin: 'agent' });
    expect(blocksOf(agent, options)).to.deep.equal([said('【客服 A12】您好')]);
  });

  it('say what was put right, and the end', () => {
    expect(words({ type: 'messageUpdate', text: '3 天' })).to.deep.equal(['更正：3 天']);
    expect(words({ type: 'endOfConversation' })[0]).to.contain('结束');
  });

  it('are nothing where there is nothing to see', () => {
    for (const type of [
      'typing',
      'trace',
      'event',
      'conversationUpdate',
      'messageDelete',
      'invoke',
      'of-next-year',
    ]) {
      expect(blocks({ type, name: 'handoff.status', text: 'x' }), type).to.deep.equal([]);
    }
    expect(blocksOf(entry(1, { text: 'x' }, { origin: 'customer' }), options)).to.deep.equal([]);
    expect(blocksOf(entry(1, { text: 'x' }, { origin: 'system' }), options)).to.deep.equal([]);
  });
});
