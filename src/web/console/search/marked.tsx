import { Fragment } from 'react';

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The words of a search, each once, as the server takes them. */
export const wordsOf = (q: string): string[] => [
  ...new Set(q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)),
];

export const hasWord = (text: string, words: readonly string[]): boolean =>
  words.some((word) => text.toLowerCase().includes(word));

/** A text with the words of a search marked in it. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  // Longer ones first: one may begin another.
  const longest = [...words].sort((one, other) => other.length - one.length);
  const parts = text.split(new RegExp(`(${longest.map(escaped).join('|')})`, 'giu'));
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    <Fragment key={index}>{index % 2 === 1 ? <mark>{part}</mark> : part}</Fragment>
  ));
}
