import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Skeleton, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useChatErrorText, useChatTexts } from '../chats/texts.ts';
import { useSpeech } from '../texts.tsx';
import { moment } from '../time.ts';
import { useTranscript } from './data.ts';
import { Marked } from './marked.tsx';
import { useSearchTexts } from './texts.ts';
import { hasWord } from './words.ts';
import '../chats/chat/transcript.css';
import './search.css';

/** From place to place where the words occur: J and K, or the buttons. */
function Places({ count, place, onGo }: { count: number; place: number; onGo(place: number): void }) {
  const t = useSearchTexts();
  const go = (by: number) => onGo((place + by + count) % count);
  useEffect(() => {
    function hear({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
      if (
        ctrlKey ||
        metaKey ||
        altKey ||
        (target instanceof HTMLElement && target.matches('input, textarea'))
      )
        return;
      if (key === 'j') go(1);
      if (key === 'k') go(-1);
    }
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  });
  return (
    <Space className="talk-places">
      <span role="status">{t('place', { n: place + 1, count })}</span>
      <Button
        size="small"
        icon={<UpOutlined aria-hidden />}
        aria-label={t('placeBefore')}
        aria-keyshortcuts="k"
        onClick={() => go(-1)}
      />
      <Button
        size="small"
        icon={<DownOutlined aria-hidden />}
        aria-label={t('placeAfter')}
        aria-keyshortcuts="j"
        onClick={() => go(1)}
      />
    </Space>
  );
}

/** A talk that is over, as it is kept, with the words of a search marked and looked up one after the other. */
export function Talk({ handoffId, words = [] }: { handoffId: string; words?: readonly string[] }) {
  const t = useSearchTexts();
  const chat = useChatTexts();
  const errorText = useChatErrorText();
  const { locale } = useSpeech();
  const { data, error, isPending } = useTranscript(handoffId);
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const lines = data?.lines ?? [];
  const places = lines.filter(({ text }) => hasWord(text, words)).map(({ seq }) => seq);
  const here = places[place];

  useEffect(() => {
    if (here === undefined) return;
    list.current?.querySelector(`[data-seq="${here}"]`)?.scrollIntoView({ block: 'center' });
  }, [here]);

  if (isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (error) return <Alert type="info" showIcon title={errorText(error)} />;
  if (lines.length === 0) return <Empty description={t('talkEmpty')} />;
  return (
    <>
      {places.length > 0 && <Places count={places.length} place={place} onGo={setPlace} />}
      <div ref={list} className="talk">
        {lines.map(({ seq, at, origin, from, text }) => (
          <article
            key={seq}
            data-seq={seq}
            className={`bubble-line is-${origin} ${seq === here ? 'is-found' : ''}`}
          >
            <header className="bubble-head">
              {origin === 'agent'
                ? chat('agentNamed', { number: from ?? '' })
                : chat(origin === 'bot' ? 'bot' : 'visitor')}{' '}
              <time dateTime={at}>{moment(at, locale)}</time>
            </header>
            <div className="bubble">
              <span className="bubble-text">
                <Marked text={text} words={words} />
              </span>
            </div>
          </article>
        ))}
      </div>
    </>
  );
}
