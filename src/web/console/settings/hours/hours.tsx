import { Button, Card } from 'antd';
import type { DeskSettings } from '../../../../domain/desk.ts';
import type { OpeningHours } from '../../../../domain/opening-hours.ts';
import { faultsOfHours } from '../../../../domain/opening-hours-check.ts';
import { api } from '../../api/client.ts';
import { useSpeech } from '../../texts.tsx';
import type { SettingsAnswer } from '../data.ts';
import { useDraft } from '../draft.ts';
import { SaveBar } from '../save-bar.tsx';
import { useSettingsTexts } from '../texts.ts';
import { differencesOfHours, isSame } from './differences.ts';
import { Preview } from './preview.tsx';
import { Holidays, MakeUpDays } from './special-days.tsx';
import { Week } from './week.tsx';

/** Opening hours of the desk. */
export function Hours({ desk }: { desk: SettingsAnswer['desk'] }) {
  const t = useSettingsTexts();
  const { locale } = useSpeech();
  const { value, defaults, version } = desk;
  const draft = useDraft<OpeningHours>(
    { value: value.hours, version },
    {
      pick: (now) => (now as DeskSettings).hours,
      store: (hours, from) =>
        // As the operator has it: what they change later holds, too.
        isSame(hours, defaults.hours)
          ? api('PATCH', '/settings', { version: from, reset: ['hours'] })
          : api('PATCH', '/settings', { version: from, change: { hours } }),
    },
  );
  const hours = draft.value;
  const part = { hours, onChange: draft.change };
  return (
    <>
      <Preview hours={hours} />
      <div className="hours-grid">
        <Card
          title={<h2>{t('weekTitle')}</h2>}
          extra={
            !isSame(hours, defaults.hours) && (
              <Button type="link" onClick={() => draft.change(defaults.hours)}>
                {t('toDefaults')}
              </Button>
            )
          }
        >
          <p className="settings-hint">{t('weekHint', { zone: hours.timeZone })}</p>
          <Week {...part} />
        </Card>
        <div className="hours-days">
          <Card title={<h2>{t('holidaysTitle')}</h2>}>
            <p className="settings-hint">{t('holidaysHint')}</p>
            <Holidays {...part} />
          </Card>
          <Card title={<h2>{t('makeUpTitle')}</h2>}>
            <p className="settings-hint">{t('makeUpHint')}</p>
            <MakeUpDays {...part} />
          </Card>
        </div>
      </div>
      <SaveBar
        draft={draft}
        isWrong={faultsOfHours(hours).length > 0}
        differences={(before, after) => differencesOfHours(before, after, { t, locale })}
      />
    </>
  );
}
