import { Skeleton } from 'antd';
import { type ComponentProps, lazy, Suspense } from 'react';

const LazyTrend = lazy(() => import('./trend.tsx'));
const LazyBars = lazy(() => import('./bars.tsx'));
const waiting = <Skeleton active title={false} paragraph={{ rows: 5 }} />;

/** What draws lines and bars weighs more than the rest of the page, so figures and tables do not wait for it. */
export function Trend(props: ComponentProps<typeof LazyTrend>) {
  return (
    <Suspense fallback={<div className="report-panel span-12">{waiting}</div>}>
      <LazyTrend {...props} />
    </Suspense>
  );
}

export function Bars(props: ComponentProps<typeof LazyBars>) {
  return (
    <Suspense fallback={waiting}>
      <LazyBars {...props} />
    </Suspense>
  );
}
