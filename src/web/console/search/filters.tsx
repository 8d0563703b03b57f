import { DatePicker, Flex, Input, type InputRef, Select } from 'antd';
import { useEffect, useRef } from 'react';
import { useAgents, type Wish } from './data.ts';
import { useSearchTexts } from './texts.ts';

/** What is looked for. The slash goes to the words. */
export function Filters(props: {
  wish: Wish;
  groups: { id: string; name: string }[];
  onChange(wish: Wish): void;
}) {
  const t = useSearchTexts();
  const { wish, groups, onChange } = props;
  const { data: agents = [] } = useAgents();
  const words = useRef<InputRef>(null);

  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      words.current?.focus({ cursor: 'all' });
    }
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);

  return (
    <Flex wrap gap={12} role="search" aria-label={t('title')} className="search-bar">
      <Input.Search
        ref={words}
        className="search-words"
        aria-label={t('words')}
        aria-keyshortcuts="/"
        placeholder={t('wordsHint')}
        defaultValue={wish.q}
        maxLength={100}
        allowClear
        autoFocus
        enterButton
        onSearch={(q) => onChange({ ...wish, q: q.trim() })}
      />
      <Select
        allowClear
        className="search-filter"
        aria-label={t('group')}
        placeholder={t('anyGroup')}
        options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(group?: string) => onChange({ ...wish, group })}
      />
      <Select
        allowClear
        className="search-filter"
        aria-label={t('agent')}
        placeholder={t('anyAgent')}
        showSearch={{ optionFilterProp: 'label' }}
        options={agents.map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }))}
        onChange={(staffId?: string) => onChange({ ...wish, staffId })}
      />
      <DatePicker.RangePicker
        aria-label={t('ended')}
        placeholder={[t('endedFrom'), t('endedTo')]}
        disabledDate={(day) => day.valueOf() > Date.now()}
        onChange={(_, [first, last]) =>
          onChange({ ...wish, first: first || undefined, last: last || undefined })
        }
      />
    </Flex>
  );
}
