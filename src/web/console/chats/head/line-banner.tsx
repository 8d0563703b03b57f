import { Alert, Button } from 'antd';
import { clock, useNow } from '../../time.ts';
import { useDesk, useDeskState } from '../live/provider.tsx';
import { useChatTexts } from '../texts.ts';

/** A short break is nobody's business. */
const SHOWN_AFTER_MS = 2000;

/** Says it when nothing live comes in, and since when. */
export function LineBanner() {
  const t = useChatTexts();
  const desk = useDesk();
  const { cutOffAt, snapshot } = useDeskState();
  const now = useNow();
  if (cutOffAt === undefined || !snapshot) return null;
  const since = now - cutOffAt;
  if (since < SHOWN_AFTER_MS) return null;
  return (
    <Alert
      banner
      type="warning"
      role="alert"
      title={t('cutOff', { time: clock(since) })}
      action={
        <Button size="small" onClick={() => desk.wake()}>
          {t('tryNow')}
        </Button>
      }
    />
  );
}
