import { PaperClipOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { type ClipboardEvent, useRef } from 'react';
import { CHAT_FILE_ACCEPT, MAX_CHAT_FILE_BYTES } from '../../../../domain/chat-file.ts';
import type { Room } from '../live/room.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';

const TAKEN: readonly string[] = CHAT_FILE_ACCEPT;

/** Sends files, as far as a chat takes them; what the server refuses can be sent again or deleted. */
export function useFiles(room: Room) {
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const { message } = App.useApp();

  function send(files: Iterable<File>): void {
    for (const file of files) {
      if (!TAKEN.includes(file.type)) void message.warning(t('error-ChatTypeNotAccepted'));
      else if (file.size > MAX_CHAT_FILE_BYTES) void message.warning(t('error-FileTooLarge'));
      else room.sendFile(file).catch((fault: unknown) => void message.warning(errorText(fault)));
    }
  }

  return {
    send,
    /** A screenshot from the clipboard. */
    paste(event: ClipboardEvent): void {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      send(files);
    },
  };
}

/** Chooses files to send. */
export function AttachButton({ onFiles }: { onFiles(files: Iterable<File>): void }) {
  const t = useChatTexts();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="small" type="text" icon={<PaperClipOutlined />} onClick={() => input.current?.click()}>
        {t('attach')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('attach')}
        accept={CHAT_FILE_ACCEPT.join(',')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file once more is a change, too.
          target.value = '';
        }}
      />
    </>
  );
}
