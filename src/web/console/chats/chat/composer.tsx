import { ThunderboltOutlined } from '@ant-design/icons';
import { Alert, App, Button, Input, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { asksForSecret } from '../../../../domain/secret-request.ts';
import { ApiError, api } from '../../api/client.ts';
import { useShortcuts } from '../head/use-shortcuts.ts';
import { useDeskState } from '../live/provider.tsx';
import type { Room } from '../live/room.ts';
import { type Chat, type ChatFacts, getsFiles } from '../model.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';
import { AttachButton, Attached, DropPlace, useAttachments } from './attachments.tsx';
import { filledIn, fitting, openVariable } from './quick-replies.ts';
import { SUGGESTIONS_ID, type Suggestion, Suggestions, suggestionId } from './suggestions.tsx';
import { useQuickReplies } from './use-quick-replies.ts';
import { type Search, searchAt, useSuggestions } from './use-suggestions.ts';

type Mode = 'reply' | 'note';

const MOST_SUGGESTIONS = 20;

interface ComposerProps {
  chat: Chat;
  room: Room;
  facts: ChatFacts | undefined;
  number: string;
  /** Notes were written: they have to be read again. */
  onNoted(): void;
}

/** Whom a note calls: `@A02`, as far as there is somebody of that number. */
function useColleagues() {
  const { snapshot } = useDeskState();
  const colleagues = snapshot?.colleagues ?? [];
  return {
    colleagues,
    called: (text: string) =>
      colleagues.filter(({ number }) => new RegExp(`@${number}(?!\\d)`).test(text)).map(({ id }) => id),
  };
}

/** Where an agent writes: to the customer, or a note for colleagues. What is begun is kept for each chat. */
export function Composer({ chat, room, facts, number, onNoted }: ComposerProps) {
  const t = useChatTexts();
  const words = useChatWords();
  const errorText = useChatErrorText();
  const { message: toast } = App.useApp();
  const area = useRef<TextAreaRef>(null);
  const [mode, setMode] = useState<Mode>('reply');
  const [texts, setTexts] = useState(room.draft);
  const [search, setSearch] = useState<Search>();
  const [noting, setNoting] = useState(false);
  const [refused, setRefused] = useState<string>();
  const { data } = useQuickReplies();
  const { colleagues, called } = useColleagues();
  const text = texts[mode];

  function write(next: string, of: Mode = mode): void {
    setTexts((before) => ({ ...before, [of]: next }));
    room.keepDraft({ [of]: next });
    setRefused(undefined);
  }

  const replies = search?.sign === '/' ? fitting(data?.replies ?? [], search.words, chat.locale) : [];
  const people =
    search?.sign === '@'
      ? colleagues.filter((it) => `${it.number}${it.name}`.toLowerCase().includes(search.words.toLowerCase()))
      : [];
  const choices: (Suggestion & { put: string })[] = [
    ...replies.map(({ id, shortcut, title, text: put }) => {
      const filled = filledIn(put, facts, number);
      return { key: id, sign: `/${shortcut}`, title, text: filled, put: filled };
    }),
    ...people.map((it) => ({ key: it.id, sign: `@${it.number}`, title: it.name, put: `@${it.number} ` })),
  ].slice(0, MOST_SUGGESTIONS);

  function choose({ put }: { put: string }): void {
    if (!search) return;
    const caret = search.from + search.words.length + 1;
    write(text.slice(0, search.from) + put + text.slice(caret));
    setSearch(undefined);
    area.current?.focus({ cursor: 'end' });
  }
  const { marked, press } = useSuggestions(choices, choose, () => setSearch(undefined));

  function change(next: string, caret: number): void {
    write(next);
    const found = searchAt(next, caret);
    setSearch(found?.sign === (mode === 'reply' ? '/' : '@') ? found : undefined);
    if (mode === 'reply' && next.trim()) room.tellTyping();
  }

  // Elsewhere the customer could not show who they are when they open it.
  const takesFiles = mode === 'reply' && getsFiles(chat.channel);
  const attachments = useAttachments(room, takesFiles);
  const hasFiles = takesFiles && attachments.files.length > 0;

  const secret = mode === 'reply' ? asksForSecret(text) : undefined;
  const open = mode === 'reply' ? openVariable(text) : undefined;
  const warning =
    (secret && t('secretAsked', { secret: words.term('secret', secret) })) ??
    (open && t('variableOpen', { variable: open })) ??
    refused;

  function send(): void {
    const said = text.trim();
    if ((!said && !hasFiles) || secret || open) return;
    if (mode === 'note') {
      void note(said);
      return;
    }
    if (hasFiles) attachments.send();
    if (!said) return;
    write('');
    room.send(said).catch((fault: unknown) => {
      if (!(fault instanceof ApiError) || fault.code !== 'AsksForSecret') {
        void toast.warning(errorText(fault));
        return;
      }
      // The server is stricter: the words go back to where they can be changed.
      const mine = room.state.outgoing.find((it) => it.state === 'failed' && it.text === said);
      if (mine) room.discard(mine.clientId);
      write(said, 'reply');
      setRefused(fault.message);
    });
  }

  async function note(said: string): Promise<void> {
    setNoting(true);
    try {
      await api('POST', `/chats/${chat.id}/notes`, { text: said, mentions: called(said) });
      write('', 'note');
      onNoted();
    } catch (fault) {
      void toast.error(errorText(fault));
    } finally {
      setNoting(false);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    // An input method uses Enter to choose characters.
    if (event.nativeEvent.isComposing) return;
    if (search && press(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  }

  function go(to: Mode): void {
    setMode(to);
    setSearch(undefined);
    area.current?.focus({ cursor: 'end' });
  }
  useShortcuts({ keyReply: () => go('reply'), keyNote: () => go('note') });
  useEffect(() => {
    area.current?.focus({ cursor: 'end' });
  }, []);

  function browse(): void {
    const next = text && !/\s$/.test(text) ? `${text} /` : `${text}/`;
    write(next);
    setSearch({ sign: '/', words: '', from: next.length - 1 });
    area.current?.focus({ cursor: 'end' });
  }

  return (
    <div className={`composer is-${mode}`}>
      {takesFiles && <DropPlace choose={attachments.choose} />}
      {search && (
        <Suggestions
          list={choices}
          marked={marked}
          label={t(search.sign === '/' ? 'quickReplies' : 'colleagues')}
          none={t(search.sign === '/' ? 'quickRepliesNone' : 'colleaguesNone')}
          onChoose={(index) => choices[index] && choose(choices[index])}
        />
      )}
      {warning && <Alert type="error" showIcon title={warning} role="alert" className="composer-warning" />}
      <div className="composer-bar">
        <Segmented<Mode>
          size="small"
          aria-label={t('writeWhat')}
          value={mode}
          onChange={go}
          options={[
            { value: 'reply', label: t('reply') },
            { value: 'note', label: t('note') },
          ]}
        />
        {mode === 'reply' && (
          <Button size="small" type="text" icon={<ThunderboltOutlined />} onClick={browse}>
            {t('quickReplies')}
          </Button>
        )}
        {takesFiles && <AttachButton choose={attachments.choose} />}
        {mode === 'note' && <span className="composer-hint">{t('noteHint')}</span>}
      </div>
      <Input.TextArea
        ref={area}
        value={text}
        onChange={(event) => change(event.target.value, event.target.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={attachments.paste}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={mode === 'reply' ? 4000 : 2000}
        placeholder={t(mode === 'reply' ? 'replyPlaceholder' : 'notePlaceholder')}
        aria-label={t(mode === 'reply' ? 'reply' : 'note')}
        status={warning ? 'error' : ''}
        role="combobox"
        aria-expanded={search !== undefined && choices.length > 0}
        aria-controls={SUGGESTIONS_ID}
        aria-autocomplete="list"
        {...(search && choices.length > 0 && { 'aria-activedescendant': suggestionId(marked) })}
      />
      {takesFiles && <Attached attachments={attachments} />}
      <div className="composer-foot">
        <span className="composer-hint">{t('sendHint')}</span>
        <Button
          type="primary"
          onClick={send}
          loading={noting}
          disabled={(!text.trim() && !hasFiles) || secret !== undefined || open !== undefined}
        >
          {t(mode === 'reply' ? 'send' : 'saveNote')}
        </Button>
      </div>
    </div>
  );
}
