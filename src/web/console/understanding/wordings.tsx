import { Button, Typography } from 'antd';
import { useState } from 'react';
import { usePageTexts } from '../texts.tsx';
import type { Group } from './data.ts';
import { TEXTS } from './texts.ts';

const FIRST = 3;

/** The first wordings of a group, the others on demand. */
export function Wordings({ wordings, more }: Pick<Group, 'wordings' | 'more'>) {
  const t = usePageTexts(TEXTS);
  const [open, setOpen] = useState(false);
  return (
    <>
      <ul className="unclear-wordings">
        {(open ? wordings : wordings.slice(0, FIRST)).map((wording) => (
          <li key={wording}>{wording}</li>
        ))}
      </ul>
      {open && more > 0 && <Typography.Text type="secondary">{t('more', { count: more })} </Typography.Text>}
      {wordings.length > FIRST && (
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('showLess') : t('showAll', { count: wordings.length + more })}
        </Button>
      )}
    </>
  );
}
