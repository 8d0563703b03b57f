import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input } from 'antd';
import { api } from '../api/client.ts';
import { type ReviewText, useRefusalText, useReviewTexts } from '../review/texts.ts';
import { useSpeech } from '../texts.tsx';

interface Deletion {
  deleted: { cases: number; documents: number; notes: number; reminders: number; turns: number };
  kept: {
    what: 'everything' | 'case' | 'consents' | 'audit' | 'conversations';
    why: 'legal-hold' | 'undecided' | 'proof' | 'accountability' | 'masked-log';
    number?: string;
  }[];
}

/** Hands what was exported to the browser as a file. */
function download(content: unknown, name: string): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function Export() {
  const t = useReviewTexts();
  const { t: say } = useSpeech();
  const refusalText = useRefusalText();
  const take = useMutation({
    mutationFn: ({ customerId }: { customerId: string }) =>
      api<unknown>('POST', '/review/customers/export', { customerId: customerId.trim() }),
    onSuccess: (content) => download(content, 'customer.json'),
  });
  return (
    <Card title={<h2>{t('exportTitle')}</h2>}>
      <p className="is-idle">{t('exportHint')}</p>
      <Form<{ customerId: string }> name="export" layout="vertical" onFinish={(typed) => take.mutate(typed)}>
        <Form.Item
          name="customerId"
          label={t('customerId')}
          rules={[{ required: true, whitespace: true, message: say('required') }]}
        >
          <Input maxLength={128} spellCheck={false} autoComplete="off" />
        </Form.Item>
        {take.error && <Alert type="error" showIcon role="alert" title={refusalText(take.error)} />}
        {take.isSuccess && <Alert type="success" showIcon role="status" title={t('exported')} />}
        <Button htmlType="submit" loading={take.isPending}>
          {t('export')}
        </Button>
      </Form>
    </Card>
  );
}

function Told({ deletion }: { deletion: Deletion }) {
  const t = useReviewTexts();
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t('deleted', deletion.deleted)}
      description={
        deletion.kept.length > 0 && (
          <>
            {t('keptTitle')}
            <ul>
              {deletion.kept.map(({ what, why, number }) => (
                <li key={`${what}${number ?? ''}`}>
                  {t(`kept-${what}` as ReviewText)} {number} · {t(`why-${why}`)}
                </li>
              ))}
            </ul>
          </>
        )
      }
    />
  );
}

function Deletion() {
  const t = useReviewTexts();
  const { t: say } = useSpeech();
  const refusalText = useRefusalText();
  const remove = useMutation({
    mutationFn: (typed: { customerId: string; confirm: string }) =>
      api<Deletion>('POST', '/review/customers/delete', {
        customerId: typed.customerId.trim(),
        confirm: typed.confirm.trim(),
      }),
  });
  const required = { required: true, whitespace: true, message: say('required') };
  return (
    <Card title={<h2>{t('deleteTitle')}</h2>}>
      <p className="is-idle">{t('deleteHint')}</p>
      <Form<{ customerId: string; confirm: string }>
        name="deletion"
        layout="vertical"
        onFinish={(typed) => remove.mutate(typed)}
      >
        <Form.Item name="customerId" label={t('customerId')} rules={[required]}>
          <Input maxLength={128} spellCheck={false} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="confirm"
          label={t('deleteConfirm')}
          dependencies={['customerId']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value: string) =>
                value === getFieldValue('customerId')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('error-ConfirmationDiffers'))),
            }),
          ]}
        >
          <Input maxLength={128} spellCheck={false} autoComplete="off" />
        </Form.Item>
        {remove.error && <Alert type="error" showIcon role="alert" title={refusalText(remove.error)} />}
        {remove.data && <Told deletion={remove.data} />}
        <Button danger htmlType="submit" loading={remove.isPending}>
          {t('deleteButton')}
        </Button>
      </Form>
    </Card>
  );
}

/** A customer's rights: access and erasure, each with a fresh code and a line in the audit. */
export function Rights() {
  return (
    <div className="rights">
      <Export />
      <Deletion />
    </div>
  );
}
