import { Badge } from 'antd';
import { useUnread } from './provider.tsx';

/** How many words of customers, and offers, wait for me. */
export function UnreadBadge() {
  const unread = useUnread();
  return <Badge count={unread} size="small" />;
}
