import { Fragment } from 'react';
import { partsOf } from './words.ts';

/** A text with the words of a search marked in it. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return partsOf(text, words).map(({ part, isWord }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    <Fragment key={index}>{isWord ? <mark>{part}</mark> : part}</Fragment>
  ));
}
