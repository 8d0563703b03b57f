import { ClockCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { clock, useNow } from '../time.ts';
import type { Chat } from './model.ts';
import { useChatTexts } from './texts.ts';

/** From here on it is urgent. */
const SOON_MS = 60_000;

/** How long somebody has waited already. */
export function Waiting({ since }: { since: string }) {
  const t = useChatTexts();
  const now = useNow();
  const waited = clock(now - Date.parse(since));
  return (
    <span className="clock" title={t('waitedFor', { time: waited })}>
      <ClockCircleOutlined aria-hidden /> {waited}
    </span>
  );
}

/** The time left until a deadline; orange in the last minute, red once it has passed. */
export function Countdown({ until, label }: { until: string; label: string }) {
  const t = useChatTexts();
  const left = Date.parse(until) - useNow();
  const state = left < 0 ? 'is-late' : left < SOON_MS ? 'is-soon' : '';
  const told = left < 0 ? t('late', { time: clock(-left) }) : clock(left);
  return (
    <Tooltip title={label}>
      <span className={`clock sla ${state}`}>
        <ClockCircleOutlined aria-hidden />
        <span className="sla-label">{label}</span> {told}
      </span>
    </Tooltip>
  );
}

/** The reply that is owed next, if one is. */
export function ReplyClock({ chat: { deadlines } }: { chat: Chat }) {
  const t = useChatTexts();
  if (deadlines.firstReply) return <Countdown until={deadlines.firstReply} label={t('slaFirst')} />;
  if (deadlines.nextReply) return <Countdown until={deadlines.nextReply} label={t('slaNext')} />;
  return null;
}
