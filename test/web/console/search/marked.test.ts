import { expect } from 'chai';
import { partsOf, wordsOf } from '../../../../src/web/console/search/words.ts';

/** The parts that are marked, in brackets. */
const shown = (text: string, q: string) =>
  partsOf(text, wordsOf(q))
    .map(({ part, isWord }) => (isWord ? `[${part}]` : part))
    .join('');

describe('words of a search in a text', () => {
  for (const [text, q, marked] of [
    ['卡解绑失败', '解绑', '卡[解绑]失败'],
    ['CMB的卡', 'cmb 卡', '[CMB]的[卡]'],
    ['解绑卡', '解 解绑', '[解绑]卡'],
    ['打折100%（仅限今天）', '100% （', '打折[100%][（]仅限今天）'],
    ['a.b axb', 'a.b', '[a.b] axb'],
    ['没有', '解绑', '没有'],
    ['没有', '', '没有'],
  ] as const)
    it(`“${q}” in “${text}”`, () => expect(shown(text, q)).to.equal(marked));

  it('are as many as the server takes, each once', () => {
    expect(wordsOf('  Aa aa b  c d e f g h i ')).to.deep.equal(['aa', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});
