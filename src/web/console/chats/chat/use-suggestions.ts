import { type KeyboardEvent, useState } from 'react';

/** What is being looked for, and where it stands in the text. */
export interface Search {
  sign: '/' | '@';
  words: string;
  from: number;
}

/** A `/` or `@` before the caret, at the beginning or after a space. */
export function searchAt(text: string, caret: number): Search | undefined {
  const found = /(?:^|\s)([/@])([^\s/@]{0,30})$/.exec(text.slice(0, caret));
  if (!found) return undefined;
  const [, sign, words = ''] = found;
  return { sign: sign === '@' ? '@' : '/', words, from: caret - words.length - 1 };
}

/** The keyboard in a list of suggestions below the text. */
export function useSuggestions<T>(list: readonly T[], choose: (item: T) => void, close: () => void) {
  const [wished, setWished] = useState(0);
  const marked = Math.min(wished, Math.max(0, list.length - 1));

  /** Whether the key was for the list. */
  function press(event: KeyboardEvent): boolean {
    const item = list[marked];
    if (item === undefined) return false;
    if (event.key === 'ArrowDown') setWished((marked + 1) % list.length);
    else if (event.key === 'ArrowUp') setWished((marked + list.length - 1) % list.length);
    else if (event.key === 'Enter' || event.key === 'Tab') {
      choose(item);
      setWished(0);
    } else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    return true;
  }

  return { marked, press };
}
