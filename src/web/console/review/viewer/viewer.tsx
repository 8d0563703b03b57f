import { EyeOutlined, LockOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Spin } from 'antd';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useSpeech } from '../../texts.tsx';
import { clock, moment, useNow } from '../../time.ts';
import { useKeys } from '../keys.ts';
import type { ReviewDocument } from '../model.ts';
import { useRefusalText, useReviewTexts } from '../texts.ts';
import { Canvas } from './canvas.tsx';
import type { Pictures, Plain } from './pictures.ts';
import { PurposeQuestion } from './purpose.tsx';
import { ViewerToolbar } from './toolbar.tsx';
import { brighten, START, turn, type View, whole, zoomAt } from './view.ts';

const STEP = 1.25;
const LIGHT = 20;

function PlainNotice({ plain }: { plain: Plain }) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const now = useNow();
  return (
    <p className="viewer-recorded" role="status">
      <EyeOutlined aria-hidden />{' '}
      {t('plainRecorded', {
        purpose: t(`purpose-${plain.purpose}`),
        at: moment(new Date(plain.at).toISOString(), locale),
        time: clock(plain.until - now),
      })}
    </p>
  );
}

/** The picture of a document, masked until somebody says what they need the plain one for. */
export function Viewer(props: {
  document: ReviewDocument | undefined;
  pictures: Pictures;
  /** Whether the case is theirs to look into. */
  allowed: boolean;
  /** What stands in place of the picture where it is not. */
  instead: ReactNode;
}) {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const { document, pictures, allowed, instead } = props;
  const { masked, plain, hide, reload, unmask } = pictures;
  const [view, setView] = useState<View>(START);
  const [asking, setAsking] = useState(false);
  const onView = useCallback((change: (view: View) => View) => setView(change), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next picture begins as it is.
  useEffect(() => setView(START), [document?.id]);

  const url = plain?.url ?? (masked?.kind === 'shown' ? masked.url : undefined);
  const isVisible = allowed && document?.viewable === true && url !== undefined;
  const togglePlain = () => (plain ? hide() : setAsking(true));
  useKeys(
    isVisible
      ? {
          '[': () => onView((before) => turn(before, -1)),
          ']': () => onView((before) => turn(before, 1)),
          '+': () => onView((before) => zoomAt(before, STEP)),
          '=': () => onView((before) => zoomAt(before, STEP)),
          '-': () => onView((before) => zoomAt(before, 1 / STEP)),
          '0': () => onView(whole),
          ',': () => onView((before) => brighten(before, -LIGHT)),
          '.': () => onView((before) => brighten(before, LIGHT)),
          m: togglePlain,
        }
      : {},
  );

  function stage(): ReactNode {
    if (!document) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noDocuments')} />;
    if (!document.viewable) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('purged')} />;
    if (!allowed) {
      return (
        <div className="viewer-locked">
          <LockOutlined aria-hidden />
          {instead}
        </div>
      );
    }
    if (masked?.kind === 'failed' && !plain) {
      return (
        <Alert
          type="error"
          showIcon
          title={t('pictureFailed')}
          description={refusalText(masked.error)}
          action={<Button onClick={() => void reload(document.id)}>{t('pictureAgain')}</Button>}
        />
      );
    }
    if (!url) return <Spin description={t('pictureLoading')} />;
    const mode = t(plain ? 'plain' : 'masked');
    const label = t('pictureOf', { slot: t(`slot-${document.slot}`), mode });
    return <Canvas key={url} {...{ url, label, view, onView }} hint={t('viewerHint')} />;
  }

  return (
    <section className={plain ? 'viewer is-plain' : 'viewer'} aria-label={t('viewer')}>
      <ViewerToolbar
        {...{ view, onView }}
        isPlain={plain !== undefined}
        disabled={!isVisible}
        onPlain={togglePlain}
      />
      {plain && <PlainNotice plain={plain} />}
      <div className="viewer-stage">{stage()}</div>
      <PurposeQuestion
        open={asking}
        onClose={() => setAsking(false)}
        onUnmask={(purpose) => (document ? unmask(document.id, purpose) : Promise.resolve())}
      />
    </section>
  );
}
