import { QuestionCircleOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { nextFree } from '../data.ts';
import { useKeys } from '../keys.ts';
import { currentOf, type ReviewCase } from '../model.ts';
import { ShortcutList, type Shortcuts } from '../shortcuts.tsx';
import { type ReviewText, useRefusalText, useReviewTexts } from '../texts.ts';
import { usePictures } from '../viewer/pictures.ts';
import { Viewer } from '../viewer/viewer.tsx';
import { CaseHead } from './case-head.tsx';
import { CasePanel, type PanelTab } from './case-panel.tsx';
import { ClaimButton } from './claim.tsx';
import { DocumentStrip } from './document-strip.tsx';
import { isOpen } from './outlook.ts';
import { useClaimKeeper, useLostClaim } from './use-claim.ts';
import { useWork } from './work.ts';

const SHORTCUTS: Shortcuts = [
  ['J K', 'keyNextDocument'],
  ['1 … 9', 'keyCheck'],
  ['A', 'keyAccept'],
  ['R', 'keyReturn'],
  ['F', 'keyRefuse'],
  ['S', 'keyConclude'],
  ['C', 'keyClaim'],
  ['I', 'keyNote'],
  ['[ ]', 'keyRotate'],
  ['+ - 0', 'keyZoom'],
  ['← ↑ ↓ →', 'keyPan'],
  [', .', 'keyBrightness'],
  ['M', 'keyPlain'],
  ['N', 'keyNext'],
  ['U', 'keyBack'],
  ['?', 'keyHelp'],
];

/** Why nobody sees the pictures who has not claimed the case. */
function hiddenBecause(one: ReviewCase): ReviewText {
  if (one.proposal?.mine) return 'proposedHidden';
  if (isOpen(one)) return 'notClaimedPicture';
  return one.state === 'needs-more' ? 'waitingHidden' : 'doneHidden';
}

/** One case at the desk: documents, picture, and beside it the account and what is to be decided. */
export function CaseDesk({ one }: { one: ReviewCase }) {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const work = useWork(one);
  const claim = useClaimKeeper(one);
  const lost = useLostClaim(work);
  const [helping, setHelping] = useState(false);
  const [tab, setTab] = useState<PanelTab>('check');
  const [told, setTold] = useState<{ text: ReviewText; version: number }>();
  const [chosen, setChosen] = useState<string>();
  const current = currentOf(one);
  const document = one.documents.find(({ id }) => id === chosen) ?? current[0] ?? one.documents.at(-1);
  const pictures = usePictures(one.number, document?.viewable ? document.id : undefined, work.isMine);

  function step(by: 1 | -1): void {
    const at = current.findIndex(({ id }) => id === document?.id);
    const next = current[(at + by + current.length) % current.length];
    if (next) setChosen(next.id);
  }
  async function takeNext(): Promise<void> {
    const number = await nextFree().catch(() => undefined);
    if (number && number !== one.number) navigate(`/${number}`);
    else void message.info(t('noNext'));
  }
  const mayClaim = isOpen(one) && !one.holder && !one.proposal?.mine;

  useKeys({
    '?': () => setHelping(true),
    j: () => step(1),
    k: () => step(-1),
    c: mayClaim ? () => void work.run({ path: 'claim' }) : undefined,
    i: () => setTab('notes'),
    n: () => void takeNext(),
    u: () => navigate('/'),
  });

  const refusal = work.refusal ?? claim.refusal;
  const trouble = refusal === undefined ? lost.isLost && t('error-NotClaimed') : refusalText(refusal);
  return (
    <div className="case-page">
      <CaseHead work={work} onKeep={claim.keep}>
        <Button
          icon={<QuestionCircleOutlined aria-hidden />}
          aria-label={t('shortcutsOpen')}
          onClick={() => setHelping(true)}
        />
      </CaseHead>
      {trouble && (
        <Alert
          // Another refusal is shown although one has been closed.
          key={trouble}
          type="warning"
          showIcon
          role="alert"
          title={trouble}
          closable={{
            onClose: () => {
              work.forgetRefusal();
              claim.forgetRefusal();
              lost.forget();
            },
          }}
          action={mayClaim && <ClaimButton work={work} again />}
        />
      )}
      {told?.version === one.version && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t(told.text)}
          closable={{ onClose: () => setTold(undefined) }}
          action={
            <Button size="small" type="primary" onClick={() => void takeNext()}>
              {t('nextCase')}
            </Button>
          }
        />
      )}
      <div className="case-body">
        <DocumentStrip one={one} chosen={document?.id} onChoose={setChosen} />
        <Viewer
          {...{ document, pictures }}
          allowed={work.isMine}
          instead={
            <>
              <span>{t(hiddenBecause(one))}</span>
              {mayClaim && <ClaimButton work={work} />}
            </>
          }
        />
        <CasePanel
          {...{ work, document, tab }}
          onTab={setTab}
          onDone={(text, { version }) => setTold({ text, version })}
          onJudged={(now) => {
            const open = currentOf(now).find(({ verdict }) => verdict === null);
            if (open) setChosen(open.id);
          }}
        />
      </div>
      <ShortcutList open={helping} shortcuts={SHORTCUTS} onClose={() => setHelping(false)} />
    </div>
  );
}
