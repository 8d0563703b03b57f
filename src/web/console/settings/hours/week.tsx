import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { OpeningHours } from '../../../../domain/opening-hours.ts';
import { useSpeech } from '../../texts.tsx';
import { useSettingsTexts } from '../texts.ts';
import { weekdayWords } from './dates.ts';
import { DayPeriods } from './day-periods.tsx';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const WORKDAYS = [1, 2, 3, 4, 5] as const;

/** Opening periods of each weekday. */
export function Week({ hours, onChange }: { hours: OpeningHours; onChange(hours: OpeningHours): void }) {
  const t = useSettingsTexts();
  const { locale } = useSpeech();
  const { periods } = hours;
  const put = (change: OpeningHours['periods']) => onChange({ ...hours, periods: { ...periods, ...change } });
  return (
    <div className="week">
      {WEEK.map((weekday) => {
        const day = weekdayWords(weekday, locale);
        const own = periods[weekday] ?? [];
        return (
          <div key={weekday} className="week-row">
            <strong className={weekday > 5 ? 'is-weekend' : ''}>{day}</strong>
            <DayPeriods
              day={day}
              periods={own}
              onChange={(next) => put({ [weekday]: next })}
              extra={
                weekday === 1 && (
                  <Button
                    type="link"
                    size="small"
                    icon={<CopyOutlined aria-hidden />}
                    onClick={() => put(Object.fromEntries(WORKDAYS.map((it) => [it, structuredClone(own)])))}
                  >
                    {t('copyToWorkdays')}
                  </Button>
                )
              }
            />
          </div>
        );
      })}
    </div>
  );
}
