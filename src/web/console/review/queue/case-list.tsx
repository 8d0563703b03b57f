import { type UIEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useNow } from '../../time.ts';
import { useKeys } from '../keys.ts';
import type { QueueItem } from '../model.ts';
import { useReviewTexts } from '../texts.ts';
import { CaseRow } from './case-row.tsx';

const ROW_PX = 48;
/** Rows beyond either edge, so that fast scrolling shows no gaps. */
const SPARE = 10;
const NEAR_END = 30;
const MINUTE_MS = 60_000;

const COLUMNS = [
  'columnDue',
  'columnNumber',
  'kind',
  'state',
  'columnCard',
  'columnSubmitted',
  'columnHolder',
  'columnMarks',
] as const;

/** Room of the rows that are out of sight. */
function Gap({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden className="case-gap" style={{ height: rows * ROW_PX }}>
      <td colSpan={COLUMNS.length} />
    </tr>
  );
}

/** All loaded cases, of which only those in sight are in the page. */
export function CaseList(props: {
  items: QueueItem[];
  isWhole: boolean;
  onOpen(number: string): void;
  onEnd(): void;
}) {
  const t = useReviewTexts();
  const { items, isWhole, onOpen, onEnd } = props;
  const box = useRef<HTMLElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [cursor, setCursor] = useState<number>();
  // Shown in minutes.
  const now = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;

  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const observer = new ResizeObserver(() => setHeight(current.clientHeight));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE);
  const last = Math.min(items.length, Math.ceil((top + height) / ROW_PX) + SPARE);
  useEffect(() => {
    if (last > items.length - NEAR_END) onEnd();
  }, [last, items.length, onEnd]);

  function move(to: number): void {
    const row = Math.min(items.length - 1, Math.max(0, to));
    setCursor(row);
    const { current } = box;
    if (!current) return;
    // The head stays in place over the first row.
    if (row * ROW_PX < current.scrollTop) current.scrollTop = row * ROW_PX;
    const bottom = (row + 2) * ROW_PX - current.clientHeight;
    if (bottom > current.scrollTop) current.scrollTop = bottom;
  }
  useKeys({
    j: () => move((cursor ?? -1) + 1),
    k: () => move((cursor ?? 1) - 1),
    Enter:
      cursor === undefined
        ? undefined
        : () => {
            const chosen = items[cursor];
            if (chosen) onOpen(chosen.number);
          },
  });

  return (
    <>
      <section
        ref={box}
        className="case-list"
        aria-label={t('tabQueue')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        tabIndex={0}
        onScroll={({ currentTarget }: UIEvent<HTMLElement>) => setTop(currentTarget.scrollTop)}
      >
        <table aria-rowcount={isWhole ? items.length + 1 : -1}>
          <thead>
            <tr aria-rowindex={1}>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={`is-${column}`}>
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap rows={first} />
            {items.slice(first, last).map((item, index) => (
              <CaseRow
                key={item.number}
                item={item}
                now={now}
                index={first + index}
                isChosen={first + index === cursor}
                onOpen={onOpen}
              />
            ))}
            <Gap rows={items.length - last} />
          </tbody>
        </table>
      </section>
      <p className="case-list-foot" role="status">
        {t(isWhole ? 'loadedAll' : 'loadedOf', { loaded: items.length })}
      </p>
    </>
  );
}
