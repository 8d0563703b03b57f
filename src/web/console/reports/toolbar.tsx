import { ReloadOutlined } from '@ant-design/icons';
import { Button, DatePicker, Flex, Segmented, Select } from 'antd';
import type { ReportQuery, Term } from '../../../domain/report.ts';
import { type DeskText, useSpeech } from '../texts.tsx';
import { CALENDARS } from './calendar.ts';
import type { Words } from './data.ts';
import { type Choice, DAYS } from './range.ts';

export type Filters = Pick<ReportQuery, 'channel' | 'locale' | 'topic'>;

const RANGE_TEXTS: Record<(typeof DAYS)[number], DeskText> = {
  1: 'reportsToday',
  7: 'reports7Days',
  30: 'reports30Days',
  90: 'reports90Days',
};
const ANY_TEXTS = {
  channel: 'reportsAnyChannel',
  locale: 'reportsAnyLocale',
  topic: 'reportsAnyTopic',
} as const satisfies Partial<Record<Term, DeskText>>;
const FILTERS = ['channel', 'locale', 'topic'] as const;

/** Which time the figures are of, and of which conversations. */
export function Toolbar(props: {
  words: Words;
  choice: Choice;
  filters: Filters;
  onChoice(choice: Choice): void;
  onFilters(filters: Filters): void;
  onRefresh(): void;
}) {
  const { t, locale } = useSpeech();
  const calendar = CALENDARS[locale];
  const { words, choice, filters, onChoice, onFilters, onRefresh } = props;
  return (
    <Flex wrap gap={12} className="report-toolbar" role="search" aria-label={t('reportsFilters')}>
      <Segmented
        aria-label={t('reportsRange')}
        value={'days' in choice ? choice.days : 'own'}
        onChange={(value) => {
          if (typeof value === 'number') onChoice({ days: value });
        }}
        options={DAYS.map((days) => ({ value: days, label: t(RANGE_TEXTS[days]) }))}
      />
      <DatePicker.RangePicker
        {...(calendar && { locale: calendar })}
        aria-label={t('reportsOwnRange')}
        placeholder={[t('reportsFrom'), t('reportsTo')]}
        disabledDate={(day) => day.valueOf() > Date.now()}
        // Another range chosen empties it.
        key={'days' in choice ? choice.days : 'own'}
        onChange={(_, [first, last]) => {
          if (first && last) onChoice({ first, last });
        }}
      />
      {FILTERS.map((filter) => (
        <Select
          key={filter}
          aria-label={words.metrics[filter].title}
          className="report-filter"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t(ANY_TEXTS[filter])}
          value={filters[filter] ?? null}
          onChange={(value: string | null | undefined) =>
            onFilters({ ...filters, [filter]: value ?? undefined })
          }
          options={Object.entries(words.terms[filter]).map(([value, label]) => ({ value, label }))}
        />
      ))}
      <Button icon={<ReloadOutlined aria-hidden />} onClick={onRefresh} aria-label={t('reportsRefresh')} />
    </Flex>
  );
}
