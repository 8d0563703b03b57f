import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import { useReviewTexts, useTerm } from '../texts.ts';
import type { Work } from './work.ts';

/** 内部备注: for colleagues, whoever has the case. */
export function Notes({ work, isShown }: { work: Work; isShown: boolean }) {
  const t = useReviewTexts();
  const term = useTerm();
  const { locale } = useSpeech();
  const [text, setText] = useState('');
  const { notes } = work.one;
  const writing = useRef<TextAreaRef>(null);
  useEffect(() => {
    if (isShown) writing.current?.focus();
  }, [isShown]);
  return (
    <section className="notes">
      <p className="is-idle">{t('notesHint')}</p>
      {notes.length === 0 && <p className="is-idle">{t('noNotes')}</p>}
      <ol>
        {notes.map(({ by, text: said, at }) => (
          <li key={`${by}${at}`}>
            <span className="is-idle">
              {term('by', by)} · {moment(at, locale)}
            </span>
            <p>{said}</p>
          </li>
        ))}
      </ol>
      <Input.TextArea
        ref={writing}
        aria-label={t('addNote')}
        rows={3}
        maxLength={2000}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button
        disabled={text.trim() === ''}
        loading={work.pending}
        onClick={async () => {
          if (await work.run({ path: 'notes', body: { text: text.trim() } })) setText('');
        }}
      >
        {t('addNote')}
      </Button>
    </section>
  );
}
