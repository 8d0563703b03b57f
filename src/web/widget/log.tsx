import { useEffect, useRef, useState } from 'preact/hooks';
import { Bubble } from './bubble.tsx';
import type { Entry } from './direct-line.ts';
import { CloseIcon } from './icons.tsx';
import { isVisible, noticeOf, speakerOf } from './lines.ts';
import { Empty } from './states.tsx';
import { texts } from './texts.ts';
import { needsTime, timeText } from './time.ts';
import type { Conversation } from './use-conversation.ts';
import { useFollow } from './use-follow.ts';

interface LogProps {
  entries: readonly Entry[];
  typing: boolean;
  conversation: Conversation;
  /** The conversation has ended: nothing in it can be acted upon. */
  over: boolean;
}

/** The conversation, newest at the bottom. */
export function Log({ entries, typing, conversation, over }: LogProps) {
  const visible = entries.filter(isVisible);
  const log = entries.map((entry) => entry.activity);
  const list = useRef<HTMLDivElement>(null);
  const lastOwn = visible.at(-1)?.activity.from.role === 'user';
  const { away, jump } = useFollow(list, visible.length + (typing ? 0.5 : 0), lastOwn);
  const settled = useSettled(visible.length);
  return (
    <main class="log-place">
      {/* Replayed history is not read out; only what comes after is. */}
      <div class="log" ref={list} role="log" aria-label={texts.log} aria-live={settled ? 'polite' : 'off'}>
        <p class="safety">{texts.safety}</p>
        {visible.length === 0 && !typing && <Empty />}
        {visible.map((entry, index) => {
          const { activity } = entry;
          const before = visible[index - 1]?.activity;
          const after = visible[index + 1]?.activity;
          const timed = needsTime(before?.timestamp, activity.timestamp);
          const notice = noticeOf(activity);
          return (
            <div class="line" key={entry.key}>
              {timed && activity.timestamp && (
                <time class="time" dateTime={activity.timestamp}>
                  {timeText(activity.timestamp)}
                </time>
              )}
              {notice ? (
                <p class="notice">{notice}</p>
              ) : (
                <Bubble
                  entry={entry}
                  log={log}
                  first={timed || before?.type !== 'message' || speakerOf(before) !== speakerOf(activity)}
                  last={!after || speakerOf(after) !== speakerOf(activity)}
                  conversation={conversation}
                  over={over}
                />
              )}
            </div>
          );
        })}
        {typing && (
          <p class="typing">
            <span class="visually-hidden">{texts.typing}</span>
            <i />
            <i />
            <i />
          </p>
        )}
      </div>
      {away && (
        <button type="button" class="jump" onClick={jump}>
          <CloseIcon />
          <span>{texts.newMessages}</span>
        </button>
      )}
    </main>
  );
}

/** True once the first messages have been on screen for a moment. */
function useSettled(count: number): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (count === 0) return;
    const timer = setTimeout(() => setSettled(true), 1500);
    return () => clearTimeout(timer);
  }, [count === 0]);
  return settled;
}
