import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Empty, Input, Space, Table, Tag } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api } from '../../api/client.ts';
import { useSettingsErrorText, useSettingsTexts } from '../texts.ts';
import { type QuickReply, ReplyForm } from './reply-form.tsx';

const KEY = ['quick-replies'];

/** Ready-made words of everybody. */
export function Replies() {
  const t = useSettingsTexts();
  const errorText = useSettingsErrorText();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search.trim().toLowerCase());
  const [edited, setEdited] = useState<QuickReply | 'new'>();
  const { data, error, isPending } = useQuery({
    queryKey: [...KEY, 'shared'],
    queryFn: async ({ signal }) =>
      (await api<{ replies: QuickReply[] }>('GET', '/quick-replies', undefined, signal)).replies.filter(
        ({ shared }) => shared,
      ),
  });
  const reread = () => client.invalidateQueries({ queryKey: KEY });
  const remove = useMutation({
    mutationFn: ({ id }: QuickReply) => api('DELETE', `/quick-replies/${id}`),
    onError: (fault) => void message.warning(errorText(fault)),
    onSettled: reread,
  });
  const shown = (data ?? []).filter(({ shortcut, title, text }) =>
    [shortcut, title, text].some((it) => it.toLowerCase().includes(words)),
  );

  const columns = [
    {
      title: t('replyShortcut'),
      dataIndex: 'shortcut',
      width: 160,
      render: (it: string) => <code>/{it}</code>,
    },
    { title: t('replyTitle'), dataIndex: 'title', width: 200 },
    {
      title: t('replyText'),
      dataIndex: 'text',
      render: (it: string) => <span className="reply-text">{it}</span>,
    },
    { title: t('replyLocale'), dataIndex: 'locale', width: 100, render: (it: string) => <Tag>{it}</Tag> },
    {
      title: t('actions'),
      key: 'actions',
      width: 160,
      render: (_: unknown, reply: QuickReply) => (
        <Space>
          <Button size="small" aria-label={`${t('edit')}: ${reply.title}`} onClick={() => setEdited(reply)}>
            {t('edit')}
          </Button>
          <Button
            size="small"
            danger
            aria-label={`${t('remove')}: ${reply.title}`}
            onClick={() =>
              void modal.confirm({
                title: t('replyRemove', { title: reply.title }),
                okText: t('remove'),
                okButtonProps: { danger: true },
                onOk: () => remove.mutateAsync(reply).catch(() => undefined),
              })
            }
          >
            {t('remove')}
          </Button>
        </Space>
      ),
    },
  ];

  return (
    <Card
      title={<h2>{t('repliesTitle')}</h2>}
      extra={
        <Space>
          <Input.Search
            allowClear
            aria-label={t('replySearch')}
            placeholder={t('replySearch')}
            onChange={({ target }) => setSearch(target.value)}
          />
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            {t('replyNew')}
          </Button>
        </Space>
      }
    >
      <p className="settings-hint">{t('repliesHint')}</p>
      {error && <Alert type="error" showIcon title={errorText(error)} />}
      <Table<QuickReply>
        rowKey="id"
        columns={columns}
        dataSource={shown}
        loading={isPending}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        size="middle"
        scroll={{ x: 900 }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t(words ? 'replyNoneFound' : 'replyNone')}
            />
          ),
        }}
      />
      {edited && (
        <ReplyForm
          reply={edited === 'new' ? undefined : edited}
          onSaved={() => {
            setEdited(undefined);
            void reread();
          }}
          onClose={() => {
            setEdited(undefined);
            void reread();
          }}
        />
      )}
    </Card>
  );
}
