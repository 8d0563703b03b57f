import { BellOutlined } from '@ant-design/icons';
import { App, Button, Popover, Switch } from 'antd';
import { type AlertPrefs, alertPrefs, useAlertPrefs } from '../alerts/prefs.ts';
import { chime } from '../alerts/sound.ts';
import { useChatTexts } from '../texts.ts';

const KINDS = ['sound', 'title', 'notify'] as const satisfies (keyof AlertPrefs)[];

/** How I want to be called; each way by itself. */
export function AlertSettings() {
  const t = useChatTexts();
  const prefs = useAlertPrefs();
  const { message } = App.useApp();

  async function change(kind: keyof AlertPrefs, wanted: boolean): Promise<void> {
    if (kind === 'sound' && wanted) chime('message');
    if (kind === 'notify' && wanted) {
      const allowed = 'Notification' in window && (await Notification.requestPermission()) === 'granted';
      if (!allowed) {
        void message.warning(t('notifyRefused'));
        return;
      }
    }
    alertPrefs.change({ [kind]: wanted });
  }

  const switches = (
    <div className="alert-switches">
      {KINDS.map((kind) => (
        <span key={kind} className="alert-switch">
          <span id={`alert-${kind}`}>{t(`alert-${kind}`)}</span>
          <Switch
            size="small"
            checked={prefs[kind]}
            onChange={(wanted) => void change(kind, wanted)}
            aria-labelledby={`alert-${kind}`}
          />
        </span>
      ))}
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={switches} title={t('alerts')}>
      <Button type="text" icon={<BellOutlined />} aria-label={t('alerts')} title={t('alerts')} />
    </Popover>
  );
}
