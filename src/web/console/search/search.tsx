import { Alert, Button, Drawer, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { useLocation, useRoute } from 'wouter';
import { useChatErrorText } from '../chats/texts.ts';
import { useFound, type Wish } from './data.ts';
import { Filters } from './filters.tsx';
import { Results } from './results.tsx';
import { Talk } from './talk.tsx';
import { useSearchTexts } from './texts.ts';
import { wordsOf } from './words.ts';
import './search.css';

/** Past conversations with people. */
export default function SearchPage() {
  const t = useSearchTexts();
  const errorText = useChatErrorText();
  const [wish, setWish] = useState<Wish>({ q: '' });
  const [, navigate] = useLocation();
  const [, params] = useRoute('/:id');
  const query = useFound(wish);
  const words = wordsOf(wish.q);
  return (
    <div className="page search-page">
      <div className="page-head">
        <Typography.Title level={1} className="page-title">
          {t('title')}
        </Typography.Title>
      </div>
      <Filters wish={wish} groups={query.data?.pages[0]?.groups ?? []} onChange={setWish} />
      {query.error && (
        <Alert
          type="error"
          showIcon
          title={errorText(query.error)}
          action={
            <Button size="small" onClick={() => void query.refetch()}>
              {t('tryAgain')}
            </Button>
          }
        />
      )}
      {query.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {query.data && <Results query={query} words={words} />}
      <Drawer
        open={params?.id !== undefined}
        size={640}
        title={t('talk')}
        destroyOnHidden
        onClose={() => navigate('/')}
      >
        {params?.id && <Talk key={params.id} handoffId={params.id} words={words} />}
      </Drawer>
    </div>
  );
}
