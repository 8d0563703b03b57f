import { useEffect, useRef } from 'react';

export interface Suggestion {
  key: string;
  sign: string;
  title: string;
  text?: string;
}

export const SUGGESTIONS_ID = 'composer-suggestions';
export const suggestionId = (index: number) => `${SUGGESTIONS_ID}-${index}`;

/** What fits the search, above the composer; the keyboard stays in the text. */
export function Suggestions(props: {
  list: readonly Suggestion[];
  marked: number;
  label: string;
  none: string;
  onChoose(index: number): void;
}) {
  const { list, marked, label, none, onChoose } = props;
  const chosen = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is marked
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  if (list.length === 0) return <p className="suggestions suggestions-none">{none}</p>;
  return (
    <div className="suggestions" role="listbox" id={SUGGESTIONS_ID} aria-label={label}>
      {list.map(({ key, sign, title, text }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are taken by the text
        <div
          key={key}
          ref={index === marked ? chosen : undefined}
          id={suggestionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === marked}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          <code>{sign}</code> <strong>{title}</strong>
          {text && <span>{text}</span>}
        </div>
      ))}
    </div>
  );
}
