import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { deskState, type OpeningHours } from '../../../../domain/opening-hours.ts';
import { faultsOfHours, orderedHours } from '../../../../domain/opening-hours-check.ts';
import { useSpeech } from '../../texts.tsx';
import { useSettingsTexts } from '../texts.ts';

const MINUTE_MS = 60_000;

function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What a customer who asks for a person now would be told with these hours. */
export function Preview({ hours }: { hours: OpeningHours }) {
  const t = useSettingsTexts();
  const { locale } = useSpeech();
  const now = useMinute();
  if (faultsOfHours(hours).length > 0) return <Alert type="error" showIcon title={t('wrongSomewhere')} />;
  const state = deskState(orderedHours(hours), now);
  if (state.kind === 'open') return <Alert type="success" showIcon title={t('previewOpen')} />;
  if (!state.opensAt) return <Alert type="warning" showIcon title={t('previewNever')} />;
  const at = new Intl.DateTimeFormat(locale, {
    timeZone: hours.timeZone,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(state.opensAt);
  return <Alert type="info" showIcon title={t('previewClosed', { at })} />;
}
