import type { ReportRow } from '../../../domain/report.ts';
import { useSpeech } from '../texts.tsx';
import type { Words } from './data.ts';

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Messages by weekday and hour: a table whose cells are the darker the more there is. */
export function HeatMap({ rows, words }: { rows: ReportRow<'hours'>[]; words: Words }) {
  const { t, locale } = useSpeech();
  const counts = new Map(rows.map(({ weekday, hour, messages }) => [`${weekday}-${hour}`, messages]));
  const most = Math.max(1, ...counts.values());
  const short = new Intl.NumberFormat(locale === 'en' ? 'en' : 'zh-CN', {
    notation: most < 10_000 ? 'standard' : 'compact',
    maximumFractionDigits: 0,
    useGrouping: false,
  });
  return (
    // Wider than a small window, so the keyboard has to be able to scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
    <section className="heat-map" tabIndex={0} aria-label={t('reportsHours')}>
      <table>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{words.terms.weekday[weekday]}</th>
              {HOURS.map((hour) => {
                const count = counts.get(`${weekday}-${hour}`) ?? 0;
                return (
                  <td
                    key={hour}
                    style={{
                      backgroundColor: `rgb(31 95 139 / ${count === 0 ? 0.03 : 0.08 + (count / most) * 0.5})`,
                    }}
                  >
                    {count === 0 ? '' : short.format(count)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
