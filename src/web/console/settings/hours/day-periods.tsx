import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { OpeningPeriod } from '../../../../domain/opening-hours.ts';
import { faultOfPeriods } from '../../../../domain/opening-hours-check.ts';
import { useSettingsTexts } from '../texts.ts';
import { TimeInput } from './time-input.tsx';

const MOST_PERIODS = 8;
const HALF_DAY: OpeningPeriod = { from: '09:00', to: '18:00' };

/** A sensible one after those that are there. */
function another(periods: readonly OpeningPeriod[]): OpeningPeriod {
  const last = periods.at(-1);
  if (!last) return HALF_DAY;
  const hour = Number(last.to.slice(0, 2)) + 1;
  return hour < 23
    ? { from: `${String(hour).padStart(2, '0')}:00`, to: `${hour + 1}:00` }
    : { from: '', to: '' };
}

/** The opening periods of one day, as they are typed. */
export function DayPeriods(props: {
  /** 周一, or a date. */
  day: string;
  periods: OpeningPeriod[];
  onChange(periods: OpeningPeriod[]): void;
  /** What else can be done with the day. */
  extra?: ReactNode;
}) {
  const t = useSettingsTexts();
  const { day, periods, onChange, extra } = props;
  const fault = faultOfPeriods(periods);
  const put = (index: number, change: Partial<OpeningPeriod>) =>
    onChange(periods.map((it, place) => (place === index ? { ...it, ...change } : it)));
  return (
    <div className="day-periods">
      <div className="day-periods-list">
        {periods.length === 0 && <span className="day-closed">{t('closedAllDay')}</span>}
        {periods.map(({ from, to }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a period has nothing else of its own
          <span key={index} className="period">
            <TimeInput
              value={from}
              label={t('periodFrom', { day, n: index + 1 })}
              isWrong={fault !== undefined}
              onChange={(next) => put(index, { from: next })}
            />
            –
            <TimeInput
              value={to}
              label={t('periodTo', { day, n: index + 1 })}
              isWrong={fault !== undefined}
              onChange={(next) => put(index, { to: next })}
            />
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden />}
              aria-label={t('periodRemove', { day, n: index + 1 })}
              onClick={() => onChange(periods.filter((_, place) => place !== index))}
            />
          </span>
        ))}
        {periods.length < MOST_PERIODS && (
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined aria-hidden />}
            aria-label={t('periodAddTo', { day })}
            onClick={() => onChange([...periods, another(periods)])}
          >
            {t('periodAdd')}
          </Button>
        )}
        {extra}
      </div>
      {fault && (
        <p className="settings-fault" role="alert">
          {t(`hours-${fault}`)}
        </p>
      )}
    </div>
  );
}
