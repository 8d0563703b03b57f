import { Alert, Button, Card, Skeleton } from 'antd';
import { columnsOf, type ReportName, type ReportQuery } from '../../../domain/report.ts';
import { useErrorText } from '../api/errors.ts';
import { useSpeech } from '../texts.tsx';
import { useReport, type Words } from './data.ts';
import { type Cell, changeOf, formatted, WISHED } from './format.ts';
import { MetricName } from './metric.tsx';
import { rangeBefore } from './range.ts';

const ARROWS = { up: '↑', down: '↓', same: '' };

/** The one row of a report as cards, each with how it has changed since the range before. */
export function Cards({ name, query, words }: { name: ReportName; query: ReportQuery; words: Words }) {
  const { t, locale } = useSpeech();
  const errorText = useErrorText();
  const now = useReport(name, query);
  const before = useReport(name, { ...query, ...rangeBefore(query) });
  if (now.error) {
    return (
      <Alert
        type="error"
        showIcon
        title={errorText(now.error)}
        action={
          <Button size="small" onClick={() => void now.refetch()}>
            {t('reload')}
          </Button>
        }
      />
    );
  }
  const [row]: Record<string, Cell>[] = now.data ?? [];
  const [earlier]: Record<string, Cell>[] = before.data ?? [];
  return (
    <div className="report-cards" aria-busy={now.isPending}>
      {columnsOf(name).map(([metric, kind]) => {
        const value = row?.[metric] ?? null;
        const change = changeOf(value, earlier?.[metric] ?? null, kind, locale);
        const wished = WISHED[metric];
        const tone =
          !wished || !change || change.direction === 'same'
            ? ''
            : change.direction === wished
              ? 'good'
              : 'bad';
        return (
          <Card key={metric} size="small">
            <MetricName metric={metric} words={words} />
            {row ? (
              <>
                <div className="report-card-figure">{formatted(value, kind, locale, words)}</div>
                <div className={`report-card-change ${tone}`}>
                  {change ? `${ARROWS[change.direction]} ${change.text}` : '–'}
                </div>
              </>
            ) : (
              <Skeleton active title={false} paragraph={{ rows: 2 }} />
            )}
          </Card>
        );
      })}
    </div>
  );
}
