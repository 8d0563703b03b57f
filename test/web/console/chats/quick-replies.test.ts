import { expect } from 'chai';
import {
  filledIn,
  fitting,
  openVariable,
  type QuickReply,
} from '../../../../src/web/console/chats/chat/quick-replies.ts';
import { searchAt } from '../../../../src/web/console/chats/chat/use-suggestions.ts';
import type { ChatFacts } from '../../../../src/web/console/chats/model.ts';
import { mine } from './samples.ts';

const reply = (shortcut: string, title: string, text = '', locale = 'zh-CN'): QuickReply => ({
  ...{ id: shortcut + locale, shared: true, version: 1 },
  ...{ shortcut, title, text, locale },
});

const facts: ChatFacts = {
  chat: mine('one'),
  customer: { standing: 'found', nameMasked: '李*华' },
  cards: { standing: 'found', list: [] },
  cases: [{ id: 'draft', kind: 'dispute', state: 'draft', updatedAt: '' }],
  past: [],
  notes: [],
};

describe('quick replies', () => {
  it('are found by shortcut, then title, then text; the customer’s language first', () => {
    const all = [
      reply('bye', '结束', '还有 hi 吗'),
      reply('x', 'say hi'),
      reply('hi', 'Hello', 'Hello', 'en'),
      reply('hi', '问好'),
      reply('none', '别的'),
    ];
    expect(fitting(all, 'HI', 'zh-CN').map(({ id }) => id)).to.deep.equal([
      'hizh-CN',
      'xzh-CN',
      'byezh-CN',
      'hien',
    ]);
    expect(fitting(all, 'hi', 'en')[0]?.id).to.equal('hien');
  });

  it('are filled with what is known; what is not stays to be seen', () => {
    const text = filledIn('{{customer}}您好，我是 {{agent}}，案件 {{case}}', facts, 'A01');
    expect(text).to.equal('李*华您好，我是 A01，案件 {{case}}');
    expect(openVariable(text)).to.equal('{{case}}');
    const submitted = { ...facts, cases: [{ ...facts.cases[0], number: 'JB20261123000001' }] } as ChatFacts;
    expect(openVariable(filledIn('{{case}}', submitted, 'A01'))).to.equal(undefined);
  });

  it('are looked for at a sign at the beginning or after a space, and nowhere else', () => {
    expect(searchAt('/wh', 3)).to.deep.equal({ sign: '/', words: 'wh', from: 0 });
    expect(searchAt('好的 /', 4)).to.deep.equal({ sign: '/', words: '', from: 3 });
    expect(searchAt('请 @A0 看', 5)).to.deep.equal({ sign: '@', words: 'A0', from: 2 });
    for (const text of ['1/2', 'a@b', '/wh 好', 'https://x'])
      expect(searchAt(text, text.length)).to.equal(undefined);
  });
});
