import { expect } from 'chai';
import { bytesOf, inPieces, shortened } from '../../../src/channels/rendering/bytes.ts';

const without = (text: string) => text.replace(/\s/g, '');

describe('texts at the limit of bytes', () => {
  it('stay whole while they fit', () => {
    const fits = `${'汉'.repeat(682)}ab`;
    expect(bytesOf(fits)).to.equal(2048);
    expect(inPieces(fits, 2048)).to.deep.equal([fits]);
    expect(shortened(fits, 2048)).to.equal(fits);
  });

  it('are cut before a character that would not fit, of whatever size', () => {
    for (const character of ['a', 'é', '汉', '😀', '👨‍👩‍👧', '🇨🇳', '👍🏽']) {
      for (let lead = 0; lead < 30; lead++) {
        const text = 'x'.repeat(lead) + character.repeat(40);
        const pieces = inPieces(text, 40);
        expect(pieces.join('')).to.equal(text);
        for (const piece of pieces) {
          expect(bytesOf(piece)).to.be.at.most(40);
          expect(piece.replaceAll(character, '').replace(/^x*/, ''), character).to.equal('');
        }
      }
    }
  });

  it('are cut even where marks are heaped on one letter', () => {
    const heap = `a${'\u0301'.repeat(500)}`;
    const pieces = inPieces(heap, 100);
    expect(pieces.join('')).to.equal(heap);
    expect(Math.max(...pieces.map(bytesOf))).to.be.at.most(100);
  });

  it('are cut between paragraphs, lines, sentences, words, in this order', () => {
    const paragraph = `${'一'.repeat(20)}。`;
    expect(inPieces(`${paragraph}${paragraph}\n\n${paragraph}${paragraph}`, 150)).to.deep.equal([
      paragraph + paragraph,
      paragraph + paragraph,
    ]);
    expect(inPieces(`${paragraph}\n${paragraph}\n${paragraph}`, 140)).to.deep.equal([
      `${paragraph}\n${paragraph}`,
      paragraph,
    ]);
    expect(inPieces(`${paragraph}${paragraph}${'二'.repeat(5)}`, 140)).to.deep.equal([
      paragraph + paragraph,
      '二'.repeat(5),
    ]);
    expect(inPieces('he said hello to her', 12)).to.deep.equal(['he said', 'hello to her']);
  });

  it('lose nothing but blanks at the cuts, whatever they are made of', () => {
    const parts = ['解绑', '😀', '\n\n', '。', 'word ', '，', '  ', '\u0301', '①', '”'];
    for (let seed = 1; seed < 200; seed++) {
      const text = Array.from(
        { length: 60 },
        (_, n) => parts[(seed * (n + 3) * 7 + n * n) % parts.length],
      ).join('');
      const pieces = inPieces(text, 4 + (seed % 60));
      expect(without(pieces.join(''))).to.equal(without(text));
      expect(pieces.every((piece) => bytesOf(piece) <= 4 + (seed % 60))).to.equal(true);
    }
  });

  it('are none where there is nothing to say', () => {
    expect(inPieces(' \n ', 10)).to.deep.equal([]);
  });

  it('that are shortened end with …, within the limit', () => {
    expect(shortened('汉字很多很多', 10)).to.equal('汉字…');
    for (let max = 4; max < 40; max++)
      expect(bytesOf(shortened('👨‍👩‍👧汉a'.repeat(9), max))).to.be.at.most(max);
  });
});
