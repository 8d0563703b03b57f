import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { AskFile, DirectLine, Snapshot } from './direct-line.ts';
import type { Host } from './host.ts';
import { speakHere } from './page-language.ts';
import { openConversation } from './visit.ts';

/** `asking`: the host is asked for a token. `no-token`: it gave none. */
export type Phase = 'asking' | 'no-token' | 'open';

export interface Conversation {
  phase: Phase;
  snapshot: Snapshot | undefined;
  send: (text: string) => void;
  resend: (clientId: string) => void;
  sendFile: (file: File) => void;
  dropFile: (clientId: string) => void;
  askFile: AskFile;
  /** Signs for people at the desk. */
  tell: DirectLine['tell'];
  /** Leaves this conversation: for a new one, or for another try at the old one. */
  restart: (how: 'resume' | 'anew') => void;
}

/** Holds one client at a time and shows its snapshots. */
export function useConversation(host: Host): Conversation {
  const [phase, setPhase] = useState<Phase>('asking');
  const [snapshot, setSnapshot] = useState<Snapshot | undefined>();
  const [wanted, setWanted] = useState<{ how: 'resume' | 'anew' }>({ how: 'resume' });
  const client = useRef<DirectLine | undefined>(undefined);

  const changeLanguage = useCallback(
    (locale: string) => {
      speakHere(locale);
      host.showLanguage(locale);
    },
    [host],
  );

  useEffect(() => {
    let left = false;
    setPhase('asking');
    setSnapshot(undefined);
    void openConversation(host, wanted.how).then((opened) => {
      if (left) return;
      client.current = opened;
      setPhase(opened ? 'open' : 'no-token');
      if (!opened) return;
      const show = (next: Snapshot) => {
        if (left) return;
        if (next.locale !== document.documentElement.lang) changeLanguage(next.locale);
        setSnapshot(next);
      };
      opened.subscribe(show);
      show(opened.snapshot);
      opened.start();
    });
    return () => {
      left = true;
      client.current?.close();
      client.current = undefined;
    };
  }, [host, wanted, changeLanguage]);

  return {
    phase,
    snapshot,
    send: useCallback((text: string) => void client.current?.send(text), []),
    resend: useCallback((clientId: string) => client.current?.resend(clientId), []),
    sendFile: useCallback((file: File) => void client.current?.sendFile(file), []),
    dropFile: useCallback((clientId: string) => client.current?.dropFile(clientId), []),
    askFile: useCallback<AskFile>(async (fileId, look) => client.current?.askFile(fileId, look), []),
    tell: useCallback<DirectLine['tell']>((sign) => client.current?.tell(sign), []),
    restart: useCallback((how: 'resume' | 'anew') => setWanted({ how }), []),
  };
}
