import { FileOutlined, FilePdfOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import type { ChatFileLook } from '../../../../domain/chat-file.ts';
import { sizeText } from '../../../file-size.ts';
import { api, apiByItself, apiFile, apiFileByItself } from '../../api/client.ts';
import type { ChatMessage, SentFile } from '../model.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

/** The address is good for one look, so the bytes are what is kept. */
async function look(chatId: string, fileId: string, how: ChatFileLook): Promise<Blob> {
  // Small ones come with the talk: nobody has asked for them.
  const [ask, read] = how === 'small' ? [apiByItself, apiFileByItself] : [api, apiFile];
  const { url } = await ask<{ url: string }>('POST', `/chats/${chatId}/files/${fileId}/views`, { look: how });
  return read(url.slice(url.indexOf('/chat-files/')));
}

function useAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

function sizeOf({ sizeBytes }: SentFile): string {
  return sizeBytes === undefined ? '' : sizeText(sizeBytes);
}

function useWhole(chatId: string, file: SentFile, id: string) {
  const errorText = useChatErrorText();
  const { message } = App.useApp();
  const [opening, setOpening] = useState(false);
  async function open(then: (blob: Blob) => void): Promise<void> {
    setOpening(true);
    try {
      then(await look(chatId, id, 'whole'));
    } catch (fault) {
      void message.warning(errorText(fault));
    } finally {
      setOpening(false);
    }
  }
  /** As a file of its own: what is not a picture is never shown inside the desk. */
  function save(blob: Blob): void {
    const address = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = address;
    link.download = file.name;
    link.click();
    URL.revokeObjectURL(address);
  }
  return { opening, open, save };
}

/** A picture, small at first (a customer's only in coarse blocks), whole when it is asked for: each look is audited. */
function Picture({ chatId, file, id }: { chatId: string; file: SentFile; id: string }) {
  const t = useChatTexts();
  const { data, isError } = useQuery({
    queryKey: ['chat-file', chatId, id],
    queryFn: () => look(chatId, id, 'small'),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const small = useAddress(data);
  const { opening, open } = useWhole(chatId, file, id);
  const [whole, setWhole] = useState<Blob>();
  const address = useAddress(whole);
  return (
    <span className="bubble-picture">
      {!isError && (
        // As high as it will be: nothing moves when it is there.
        <span className="picture-frame" style={{ aspectRatio: `${file.width ?? 4} / ${file.height ?? 3}` }}>
          {small && <img src={small} alt={file.name} />}
        </span>
      )}
      {isError && <em>{t('fileGone')}</em>}
      <Button size="small" type="link" loading={opening} onClick={() => void open(setWhole)}>
        {t('fileWhole', { name: file.name || t('fileUnnamed'), size: sizeOf(file) })}
      </Button>
      <Modal
        open={whole !== undefined}
        title={file.name}
        footer={null}
        width="min(960px, 92vw)"
        onCancel={() => setWhole(undefined)}
        destroyOnHidden
      >
        {address && <img src={address} alt={file.name} className="whole-picture" />}
      </Modal>
    </span>
  );
}

function Saved({ chatId, file, id }: { chatId: string; file: SentFile; id: string }) {
  const t = useChatTexts();
  const { opening, open, save } = useWhole(chatId, file, id);
  return (
    <span className="bubble-file">
      <FilePdfOutlined aria-hidden />{' '}
      <Button size="small" type="link" loading={opening} onClick={() => void open(save)}>
        {t('fileSave', { name: file.name || t('fileUnnamed'), size: sizeOf(file) })}
      </Button>
    </span>
  );
}

/** Files of a message, as what they are. */
export function Files({ chatId, message }: { chatId: string; message: ChatMessage }) {
  const t = useChatTexts();
  const words = useChatWords();
  return message.files.map((file, index) => {
    const { id, name, contentType } = file;
    if (id && !message.recalled && contentType.startsWith('image/'))
      return <Picture key={id} chatId={chatId} file={file} id={id} />;
    if (id && !message.recalled) return <Saved key={id} chatId={chatId} file={file} id={id} />;
    if (contentType.endsWith('/unknown'))
      // biome-ignore lint/suspicious/noArrayIndexKey: files of a message never change
      return <em key={index}>{t('fileNotKept', { kind: words.term('media', contentType) })}</em>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: files of a message never change
      <span key={index} className="bubble-file">
        <FileOutlined aria-hidden /> {name || t('fileUnnamed')} <small>{contentType}</small>
      </span>
    );
  });
}

/** What the customer is asked to upload. */
export function UploadAsked({ slot }: { slot: string | undefined }) {
  const t = useChatTexts();
  const words = useChatWords();
  return (
    <span className="bubble-file">
      <FileOutlined aria-hidden /> {t('uploadAsked', { slot: slot ? words.term('slot', slot) : '' })}
    </span>
  );
}
