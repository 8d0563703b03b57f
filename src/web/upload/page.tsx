import { useState } from 'preact/hooks';
import type { QualityWarning } from '../../domain/document.ts';
import type { UploadPageGiven } from '../../domain/upload-page.ts';
import { ClockIcon, DoneIcon, NoticeIcon, ShieldIcon } from '../widget/icons.tsx';
import { fill, texts } from '../widget/texts.ts';
import { decodeUploadRequest, type UploadRequest } from '../widget/upload/request.ts';
import { nextRequest, pageOf } from './after.ts';
import { Document, type Stored } from './document.tsx';
import { Notice } from './notice.tsx';
import { type Closing, closingOf, words } from './texts.ts';

type State =
  | { kind: 'asked'; request: UploadRequest }
  | { kind: 'waiting' | 'done'; title: string }
  | { kind: 'warned'; warnings: QualityWarning[] }
  | { kind: 'closed'; why: Closing };

function stateOf(given: UploadPageGiven | null): State {
  if (given?.kind === 'closed') return { kind: 'closed', why: closingOf(given.code) ?? 'TicketUnknown' };
  const request = given ? decodeUploadRequest(given.request) : undefined;
  return request ? { kind: 'asked', request } : { kind: 'closed', why: 'StorageUnavailable' };
}

/** 上传页: takes the documents of a matter one by one, as long as the bot asks for more. */
export function Page({ given }: { given: UploadPageGiven | null }) {
  const [state, setState] = useState(() => stateOf(given));
  const [received, setReceived] = useState<string[]>([]);

  const goOn = async (sent: UploadRequest, { documentId, warnings }: Stored) => {
    const { title } = sent;
    if (warnings.length > 0) return setState({ kind: 'warned', warnings });
    if (documentId === undefined) return setState({ kind: 'done', title });
    setState({ kind: 'waiting', title });
    const request = await nextRequest(sent, documentId);
    if (!request) return setState({ kind: 'done', title });
    // A page that is loaded again has the ticket that is open.
    history.replaceState(null, '', pageOf(request));
    setReceived((before) => [...before, title]);
    setState({ kind: 'asked', request });
  };

  return (
    <main class="page">
      <p class="brand">
        <ShieldIcon />
        {words().brand}
      </p>
      {state.kind === 'asked' && <Received titles={received} />}
      <Shown state={state} goOn={goOn} close={(why) => setState({ kind: 'closed', why })} />
    </main>
  );
}

function Received({ titles }: { titles: string[] }) {
  if (titles.length === 0) return null;
  return (
    <ul class="received" aria-label={words().receivedList}>
      {titles.map((title) => (
        <li key={title}>
          <DoneIcon />
          {title} {words().received}
        </li>
      ))}
    </ul>
  );
}

interface ShownProps {
  state: State;
  goOn: (sent: UploadRequest, stored: Stored) => Promise<void>;
  close: (why: Closing) => void;
}

function Shown({ state, goOn, close }: ShownProps) {
  switch (state.kind) {
    case 'asked': {
      const { request } = state;
      const onStored = (stored: Stored) => void goOn(request, stored);
      return <Document key={request.uploadUrl} request={request} onStored={onStored} onClosed={close} />;
    }
    case 'waiting':
      return (
        <section class="notice is-good" role="status">
          <span class="notice-mark is-working">
            <DoneIcon />
          </span>
          <h1>{fill(words().waiting, { document: state.title })}</h1>
          <p>{words().waitingText}</p>
        </section>
      );
    case 'done':
      return (
        <Notice key="done" icon={<DoneIcon />} tone="good" title={words().done}>
          <p>{fill(words().doneText, { document: state.title })}</p>
          <p class="notice-small">{words().quiet}</p>
        </Notice>
      );
    case 'warned':
      return (
        <Notice key="warned" icon={<NoticeIcon />} tone="warn" title={words().warned}>
          {state.warnings.map((warning) => (
            <p key={warning}>{texts.upload[warning]}</p>
          ))}
          <p>{words().warnedText}</p>
        </Notice>
      );
    case 'closed':
      return <Closed why={state.why} />;
  }
}

function Closed({ why }: { why: Closing }) {
  const { title, text } = words().closed[why];
  const isDone = why === 'SlotAlreadyFilled';
  const isLate = why === 'TicketExpired' || why === 'NoOpenSlot';
  const icon = isDone ? <DoneIcon /> : isLate ? <ClockIcon /> : <NoticeIcon />;
  const retry = why === 'StorageUnavailable' && { label: words().again, run: () => location.reload() };
  return (
    <Notice key={why} icon={icon} tone={isDone ? 'good' : 'plain'} title={title} action={retry || undefined}>
      <p>{text}</p>
    </Notice>
  );
}
