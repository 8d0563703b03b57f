import { Table } from 'antd';
import type { AuditLine } from '../../../domain/audit.ts';
import { useReviewTexts, useTerm } from '../review/texts.ts';
import { instant } from '../review/time.ts';
import { useSpeech } from '../texts.tsx';

/** `staff:<id>`, `conversation:<id>` and the like, as far as they are no number of somebody at the desk. */
const kindOf = (actor: string) =>
  actor.startsWith('conversation:') ? 'customer' : (actor.split(':')[0] ?? '');

function Change({ title, value }: { title: string; value: Record<string, unknown> | undefined }) {
  if (!value) return null;
  return (
    <div>
      <strong>{title}</strong>
      <pre>{JSON.stringify(value, undefined, 2)}</pre>
    </div>
  );
}

/** Lines of the audit, newest first; each opens to what it holds and its place in the chain. */
export function Lines({ lines }: { lines: AuditLine[] }) {
  const t = useReviewTexts();
  const term = useTerm();
  const { locale } = useSpeech();
  return (
    <Table<AuditLine>
      rowKey="seq"
      size="small"
      pagination={false}
      dataSource={lines}
      scroll={{ x: 800 }}
      columns={[
        { title: t('auditSeq'), dataIndex: 'seq', width: 90, className: 'figure' },
        {
          title: t('auditTime'),
          dataIndex: 'at',
          width: 200,
          className: 'figure',
          render: (at: string) => instant(at, locale),
        },
        {
          title: t('auditWho'),
          key: 'who',
          width: 140,
          render: (_: unknown, { actor, staffNumber }) => (
            <span title={actor}>{staffNumber ?? term('by', kindOf(actor))}</span>
          ),
        },
        {
          title: t('auditWhat'),
          dataIndex: 'action',
          render: (action: string) => (
            <>
              {term('action', action)} <code className="is-idle">{action}</code>
            </>
          ),
        },
        {
          title: t('auditCase'),
          key: 'case',
          width: 190,
          className: 'figure',
          render: (_: unknown, { caseNumber, caseId }) => caseNumber ?? caseId ?? '',
        },
      ]}
      expandable={{
        expandedRowRender: ({ actor, before, after, hash }) => (
          <div className="audit-details">
            <p>
              <code>{actor}</code>
              <br />
              {t('auditHash')} <code>{hash}</code>
            </p>
            <Change title="before" value={before} />
            <Change title="after" value={after} />
          </div>
        ),
      }}
    />
  );
}
