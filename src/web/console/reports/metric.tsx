import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { Metric } from '../../../domain/report.ts';
import type { Words } from './data.ts';

/** What a column is called, with what it counts behind a sign that the keyboard reaches. */
export function MetricName({ metric, words }: { metric: Metric; words: Words }) {
  const { title, means } = words.metrics[metric];
  return (
    <span className="metric">
      {title}
      <Tooltip title={means} trigger={['hover', 'focus']}>
        <button
          type="button"
          className="metric-means"
          aria-label={`${title}: ${means}`}
          // The heading around it sorts the table.
          onClick={(event) => event.stopPropagation()}
        >
          <QuestionCircleOutlined aria-hidden />
        </button>
      </Tooltip>
    </span>
  );
}
