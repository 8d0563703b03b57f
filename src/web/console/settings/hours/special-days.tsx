import { DatePicker, Empty, Space, Tag } from 'antd';
import { useState } from 'react';
import type { OpeningHours } from '../../../../domain/opening-hours.ts';
import { useSpeech } from '../../texts.tsx';
import { useSettingsTexts } from '../texts.ts';
import { datesBetween, dateWords, rangesOf } from './dates.ts';
import { DayPeriods } from './day-periods.tsx';

interface Props {
  hours: OpeningHours;
  onChange(hours: OpeningHours): void;
}

/** A picker that is empty again after each choice. */
function useFreshKey(): [number, () => void] {
  const [key, setKey] = useState(0);
  return [key, () => setKey(key + 1)];
}

/** 节假日: closed, one day or several together. */
export function Holidays({ hours, onChange }: Props) {
  const t = useSettingsTexts();
  const { locale } = useSpeech();
  const [key, renew] = useFreshKey();
  const { holidays, makeUpDays = {} } = hours;

  function add(dates: string[]): void {
    // A day is one or the other.
    const rest = Object.entries(makeUpDays).filter(([day]) => !dates.includes(day));
    const all = [...new Set([...holidays, ...dates])].sort();
    onChange({ ...hours, holidays: all, makeUpDays: Object.fromEntries(rest) });
    renew();
  }

  return (
    <>
      <DatePicker.RangePicker
        key={key}
        className="days-picker"
        aria-label={t('holidaysAdd')}
        placeholder={[t('holidaysFirst'), t('holidaysLast')]}
        onChange={(_, [first, last]) => {
          if (first && last) add(datesBetween(first, last));
        }}
      />
      {holidays.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('holidaysNone')} />
      )}
      <Space wrap className="days-list">
        {rangesOf(holidays).map(({ first, last, days }) => {
          const words =
            days === 1
              ? dateWords(first, locale)
              : t('dateRange', { first: dateWords(first, locale), last: dateWords(last, locale), days });
          return (
            <Tag
              key={first}
              className="day-tag"
              closable={{ 'aria-label': t('dayRemove', { day: words }) }}
              onClose={(event) => {
                event.preventDefault();
                onChange({ ...hours, holidays: holidays.filter((day) => day < first || day > last) });
              }}
            >
              {words}
            </Tag>
          );
        })}
      </Space>
    </>
  );
}

/** 调休上班日: open on a day that is closed otherwise, or at other times. */
export function MakeUpDays({ hours, onChange }: Props) {
  const t = useSettingsTexts();
  const { locale } = useSpeech();
  const [key, renew] = useFreshKey();
  const { holidays, periods, makeUpDays = {} } = hours;
  const days = Object.entries(makeUpDays).sort(([one], [other]) => one.localeCompare(other));

  function add(day: string): void {
    const usual = structuredClone(periods[1] ?? []);
    const wanted = makeUpDays[day] ?? (usual.length > 0 ? usual : [{ from: '09:00', to: '18:00' }]);
    const rest = holidays.filter((it) => it !== day);
    onChange({ ...hours, holidays: rest, makeUpDays: { ...makeUpDays, [day]: wanted } });
    renew();
  }

  return (
    <>
      <DatePicker
        key={key}
        className="days-picker"
        aria-label={t('makeUpAdd')}
        placeholder={t('makeUpDay')}
        onChange={(_, day) => {
          if (typeof day === 'string' && day) add(day);
        }}
      />
      {days.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('makeUpNone')} />}
      {days.map(([day, own]) => (
        <div key={day} className="week-row is-dated">
          <strong>{dateWords(day, locale)}</strong>
          <DayPeriods
            day={dateWords(day, locale)}
            periods={own}
            onChange={(next) => {
              const { [day]: _, ...rest } = makeUpDays;
              // Without periods it is no make-up day.
              onChange({ ...hours, makeUpDays: next.length > 0 ? { ...rest, [day]: next } : rest });
            }}
          />
        </div>
      ))}
    </>
  );
}
