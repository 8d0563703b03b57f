import { App, Select } from 'antd';
import { useState } from 'react';
import { PRESENCES, type Presence } from '../../../../domain/staff.ts';
import { api } from '../../api/client.ts';
import { useDesk, useDeskState } from '../live/provider.tsx';
import { useChatErrorText, useChatTexts } from '../texts.ts';

/** Whether I am there, and how many chats of how many I have. */
export function PresenceSwitch() {
  const t = useChatTexts();
  const desk = useDesk();
  const errorText = useChatErrorText();
  const { modal, message } = App.useApp();
  const { snapshot } = useDeskState();
  const [saving, setSaving] = useState<Presence>();
  if (!snapshot) return null;
  const { me, chats } = snapshot;
  const active = chats.filter(({ state }) => state === 'active').length;

  async function change(presence: Presence): Promise<void> {
    setSaving(presence);
    try {
      await api('PUT', '/presence', { presence });
      await desk.reload();
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setSaving(undefined);
    }
  }

  function ask(presence: Presence): void {
    if (presence !== 'offline' || active === 0) {
      void change(presence);
      return;
    }
    void modal.confirm({
      title: t('goOffline'),
      content: t('goOfflineAsk', { count: active }),
      okText: t('goOffline'),
      onOk: () => change(presence),
    });
  }

  return (
    <span className="presence">
      <Select<Presence>
        aria-label={t('presence')}
        value={saving ?? me.presence}
        loading={saving !== undefined}
        onChange={ask}
        popupMatchSelectWidth={false}
        options={PRESENCES.map((value) => ({
          value,
          label: (
            <span className={`presence-option is-${value}`}>
              <span className="presence-dot" aria-hidden /> {t(`presence-${value}`)}
            </span>
          ),
        }))}
      />
      <span className={`presence-load ${active >= me.capacity ? 'is-full' : ''}`} title={t('capacityHint')}>
        {t('capacity', { active, capacity: me.capacity })}
      </span>
    </span>
  );
}
