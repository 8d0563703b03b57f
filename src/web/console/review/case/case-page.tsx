import { Button, Result, Skeleton } from 'antd';
import { useLocation } from 'wouter';
import { useCase } from '../data.ts';
import { useRefusalText, useReviewTexts } from '../texts.ts';
import { CaseDesk } from './case-desk.tsx';

/** One case, as soon as it is there. */
export function CasePage({ number }: { number: string }) {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const [, navigate] = useLocation();
  const { data, error, refetch } = useCase(number);
  // A case that could be read once stays on the screen: what was typed belongs to it.
  if (data) return <CaseDesk one={data} />;
  if (!error) return <Skeleton active style={{ padding: 24 }} paragraph={{ rows: 12 }} />;
  return (
    <Result
      status="warning"
      title={refusalText(error)}
      extra={[
        <Button key="back" type="primary" onClick={() => navigate('/')}>
          {t('back')}
        </Button>,
        <Button key="again" onClick={() => void refetch()}>
          {t('refresh')}
        </Button>,
      ]}
    />
  );
}
