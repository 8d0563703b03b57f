/** Size in UTF-8, which is what the platforms count. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** How many UTF-16 units of the text fit, without cutting a character, or an emoji made of several, in two. */
function fitting(text: string, maxBytes: number): number {
  let bytes = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    bytes += bytesOf(segment);
    if (bytes > maxBytes) return index;
  }
  return text.length;
}

/** For marks heaped on one letter without end: those are cut, too. At least one, so that cutting comes to an end. */
function fittingCodePoints(text: string, maxBytes: number): number {
  let bytes = 0;
  let units = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > maxBytes && units > 0) break;
    units += character.length;
  }
  return units;
}

/** Where a text is cut best: after a paragraph, a line, a sentence, a blank or comma. */
const BORDERS = [/\n\n/g, /\n/g, /[。！？!?；;…]+[”」』"')）]*/g, /[\s，,、：:]/g];

/** The end of the last border in the second half: a piece with little in it is no better than a cut sentence. */
function borderIn(text: string): number | undefined {
  for (const border of BORDERS) {
    const last = [...text.matchAll(border)].at(-1);
    const end = last ? last.index + last[0].length : 0;
    if (end >= text.length / 2) return end;
  }
  return undefined;
}

/** The text in pieces of at most so many bytes each (at least 4), cut between sentences where it can be. */
export function inPieces(text: string, maxBytes: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (bytesOf(rest) > maxBytes) {
    const fits = rest.slice(0, fitting(rest, maxBytes) || fittingCodePoints(rest, maxBytes));
    const piece = rest.slice(0, borderIn(fits) ?? fits.length);
    pieces.push(piece.trimEnd());
    rest = rest.slice(piece.length).trimStart();
  }
  if (rest) pieces.push(rest);
  return pieces.filter(Boolean);
}

const MORE = '…';

/** The text, or as much of its beginning as fits, with 「…」 for the rest. */
export function shortened(text: string, maxBytes: number): string {
  if (bytesOf(text) <= maxBytes) return text;
  return text.slice(0, fitting(text, maxBytes - bytesOf(MORE))).trimEnd() + MORE;
}
