const MOST_WORDS = 8;

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The words of a search, each once, as the server takes them. */
export const wordsOf = (q: string): string[] => [
  ...new Set(q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)),
];

export const hasWord = (text: string, words: readonly string[]): boolean =>
  words.some((word) => text.toLowerCase().includes(word));

/** A text in parts, those that are words of a search apart. */
export function partsOf(text: string, words: readonly string[]): { part: string; isWord: boolean }[] {
  if (words.length === 0) return [{ part: text, isWord: false }];
  // Longer ones first: one may begin another.
  const longest = [...words].sort((one, other) => other.length - one.length);
  return text
    .split(new RegExp(`(${longest.map(escaped).join('|')})`, 'giu'))
    .map((part, index) => ({ part, isWord: index % 2 === 1 }))
    .filter(({ part }) => part !== '');
}
