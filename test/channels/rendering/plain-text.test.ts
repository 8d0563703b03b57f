import { expect } from 'chai';
import { plainText } from '../../../src/channels/rendering/plain-text.ts';

describe('markdown as plain text', () => {
  const cases: [string, string, string][] = [
    ['bold, italic and struck', '**重要** 请 *先* 看 __这里__ 和 ~~那里~~', '重要 请 先 看 这里 和 那里'],
    ['headings', '# 怎么解绑\n## 第一步 ##', '【怎么解绑】\n【第一步】'],
    ['lists', '- 一\n* 二\n  + 三\n1. 四\n- [x] 五', '• 一\n• 二\n  • 三\n1. 四\n• 五'],
    ['links', '看[帮助](https://a.cn/h "标题")，<https://b.cn>', '看帮助：https://a.cn/h，https://b.cn'],
    ['a link that is its own title', '[https://a.cn](https://a.cn)', 'https://a.cn'],
    ['pictures', '![流程图](https://a.cn/p.png)', '流程图'],
    ['code', '输入 `E1024`\n```\n**x**\n```', '输入 E1024\n**x**'],
    ['quotes and rules', '> 原话\n\n---\n\n\n完', '原话\n\n完'],
    [
      'tables',
      '| 项目 | 金额 |\n| --- | ---: |\n| 欠款 | ¥1,234.56 |\n| **分期** | 无 |\n完',
      '项目：欠款，金额：¥1,234.56\n项目：分期，金额：无\n完',
    ],
    ['escapes', '\\*不是\\* 1\\. 也不是', '*不是* 1. 也不是'],
  ];
  for (const [what, markdown, plain] of cases) {
    it(`has ${what}`, () => {
      expect(plainText(markdown)).to.equal(plain);
    });
  }

  it('leaves alone what only looks like marks', () => {
    const texts = [
      '手机 138****8000，证件 11**************12',
      '2*3*4 等于 24',
      'card_last_four 和 a_b_c',
      '尾号 6225 **** **** 1234',
      '还差 -5 元 | 或者',
      '#1 号方案',
    ];
    for (const text of texts) expect(plainText(text)).to.equal(text);
  });

  it('writes links as the channel does', () => {
    expect(plainText('[看这里](https://a.cn)', (title, url) => `<a href="${url}">${title}</a>`)).to.equal(
      '<a href="https://a.cn">看这里</a>',
    );
  });
});
