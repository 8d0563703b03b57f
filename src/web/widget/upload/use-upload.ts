import { useEffect, useRef, useState } from 'preact/hooks';
import type { QualityWarning } from '../../../domain/document.ts';
import { fill, texts } from '../texts.ts';
import type { UploadAnswer } from './answer.ts';
import { isRemembered, remember } from './memory.ts';
import { preparePicture } from './picture.ts';
import type { UploadRequest } from './request.ts';
import { type Sending, sendFile } from './send-file.ts';

/** How far the card has come. `cut`: the network failed on the way, the file is still at hand. */
export type Stage =
  | { kind: 'empty' }
  | { kind: 'preparing' }
  | { kind: 'chosen'; file: File; previewUrl: string }
  | { kind: 'sending'; file: File; previewUrl: string; share: number }
  | { kind: 'cut'; file: File; previewUrl: string }
  | { kind: 'stored'; documentId?: string | undefined; warnings: QualityWarning[] };

export interface Upload {
  stage: Stage;
  /** What was wrong with the last file, for the customer. */
  problem: string | undefined;
  /** The server's code for it, when it was the server that refused the file. */
  refusedAs: string | undefined;
  choose: (file: File) => void;
  submit: () => void;
  clear: () => void;
  /** The customer has read the warnings. */
  accept: () => void;
}

/** The one upload of one card; remembers across reloads that it is done. */
export function useUpload(request: UploadRequest): Upload {
  const [stage, setStage] = useState<Stage>(() =>
    isRemembered(request.uploadUrl) ? { kind: 'stored', warnings: [] } : { kind: 'empty' },
  );
  const [problem, setProblem] = useState<string | undefined>();
  const [refusedAs, setRefusedAs] = useState<string | undefined>();
  const sending = useRef<Sending | undefined>(undefined);
  const wasCut = useRef(false);
  const previewUrl = 'previewUrl' in stage ? stage.previewUrl : undefined;

  useEffect(() => () => sending.current?.cancel(), []);
  useEffect(() => () => void (previewUrl && URL.revokeObjectURL(previewUrl)), [previewUrl]);

  const choose = async (chosen: File) => {
    setProblem(undefined);
    setStage({ kind: 'preparing' });
    const prepared = await preparePicture(chosen, request);
    if (prepared.kind === 'ready') {
      wasCut.current = false;
      const { file } = prepared;
      setStage({ kind: 'chosen', file, previewUrl: URL.createObjectURL(file) });
      return;
    }
    setStage({ kind: 'empty' });
    const size = Math.floor(request.maxBytes / 1024 / 1024);
    setProblem(fill(texts.upload[prepared.reason], { size }));
  };

  const settle = (answer: UploadAnswer, held: { file: File; previewUrl: string }) => {
    // The first try may have arrived although its answer did not: then the slot is filled, by this very file.
    const arrived = answer.kind === 'refused' && answer.code === 'SlotAlreadyFilled' && wasCut.current;
    if (answer.kind === 'stored' || arrived) {
      remember(request.uploadUrl);
      setStage(answer.kind === 'stored' ? answer : { kind: 'stored', warnings: [] });
      return;
    }
    if (answer.kind === 'unreachable') {
      wasCut.current = true;
      setStage({ kind: 'cut', ...held });
      setProblem(answer.message ?? texts.upload.failed);
      return;
    }
    setStage({ kind: 'empty' });
    setProblem(answer.message ?? texts.upload.refused);
    setRefusedAs(answer.code);
  };

  const submit = async () => {
    if (stage.kind !== 'chosen' && stage.kind !== 'cut') return;
    const held = { file: stage.file, previewUrl: stage.previewUrl };
    setProblem(undefined);
    setStage({ kind: 'sending', ...held, share: 0 });
    sending.current = sendFile(request, held.file, (share) => setStage({ kind: 'sending', ...held, share }));
    settle(await sending.current.answer, held);
  };

  return {
    stage,
    problem,
    refusedAs,
    choose: (file) => void choose(file),
    submit: () => void submit(),
    clear: () => {
      setProblem(undefined);
      setStage({ kind: 'empty' });
    },
    accept: () => setStage({ kind: 'stored', warnings: [] }),
  };
}
