import { Button, Empty, Rate, Tag } from 'antd';
import { Link } from 'wouter';
import { useChatTexts } from '../chats/texts.ts';
import { useChatWords } from '../chats/words.ts';
import { useSpeech } from '../texts.tsx';
import { moment } from '../time.ts';
import type { ArchivedLine, Found, useFound } from './data.ts';
import { Marked } from './marked.tsx';
import { useSearchTexts } from './texts.ts';

function Hit({ line, words }: { line: ArchivedLine; words: readonly string[] }) {
  const chat = useChatTexts();
  const { origin, from, text } = line;
  const who =
    origin === 'agent'
      ? chat('agentNamed', { number: from ?? '' })
      : chat(origin === 'bot' ? 'bot' : 'visitor');
  return (
    <span className="found-line">
      <span className="found-who">{who}</span> <Marked text={text} words={words} />
    </span>
  );
}

function Result({ found, words, group }: { found: Found; words: readonly string[]; group: string }) {
  const t = useSearchTexts();
  const { locale } = useSpeech();
  const { matter, term } = useChatWords();
  const { handoffId, endedAt, requestedAt, agent, wrapUpCode, score, hits, customerId } = found;
  const minutes = Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(requestedAt)) / 60_000));
  return (
    <li>
      <Link href={`/${handoffId}`} className="found">
        <span className="found-head">
          <strong>{matter(found)}</strong>
          <Tag>{group}</Tag>
          {agent && (
            <span>
              {agent.number} {agent.name}
            </span>
          )}
          {wrapUpCode && <span>{term('code', wrapUpCode)}</span>}
          {score !== undefined && (
            <span className="found-score">
              <Rate disabled value={score} aria-label={t('score', { score })} />
            </span>
          )}
          <span className="found-when">
            {customerId ?? t('anonymous')} · {t('lasted', { minutes })} ·{' '}
            <time dateTime={endedAt}>{moment(endedAt, locale)}</time>
          </span>
        </span>
        {hits.map((line) => (
          <Hit key={line.seq} {...{ line, words }} />
        ))}
      </Link>
    </li>
  );
}

/** What was found, newest first. */
export function Results({ query, words }: { query: ReturnType<typeof useFound>; words: readonly string[] }) {
  const t = useSearchTexts();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = query;
  const pages = data?.pages ?? [];
  const found = pages.flatMap((page) => page.found);
  const groups = pages[0]?.groups ?? [];
  if (found.length === 0)
    return (
      <Empty className="found-nothing" description={t(words.length > 0 ? 'nothingFound' : 'nothingYet')} />
    );
  return (
    <>
      <ol className="found-list" aria-label={t('results')} aria-busy={isPlaceholderData}>
        {found.map((one) => (
          <Result
            key={one.handoffId}
            found={one}
            words={words}
            group={groups.find(({ id }) => id === one.group)?.name ?? one.group}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
