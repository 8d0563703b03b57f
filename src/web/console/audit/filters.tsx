import { ReloadOutlined } from '@ant-design/icons';
import { Button, DatePicker, Flex, Input, Select } from 'antd';
import { useState } from 'react';
import { useReviewTexts } from '../review/texts.ts';
import type { AuditFilter } from './model.ts';

const PARTS = ['case', 'document', 'consent', 'staff', 'hold', 'customer', 'audit'] as const;
const CASE_NUMBER = /^JB\d{14}$/;

/** Which lines of the audit are listed: each search is a line itself, so it is asked for by a button or Enter. */
export function AuditFilters(props: {
  filter: AuditFilter;
  onFilter(filter: AuditFilter): void;
  onRefresh(): void;
}) {
  const t = useReviewTexts();
  const { filter, onFilter, onRefresh } = props;
  const [caseNumber, setCaseNumber] = useState('');
  const [staffNumber, setStaffNumber] = useState('');
  const wanted = caseNumber.trim().toUpperCase();
  const isOdd = wanted !== '' && !CASE_NUMBER.test(wanted);
  const search = () => {
    const next = { ...filter, caseNumber: wanted, staffNumber: staffNumber.trim().toUpperCase() };
    if (isOdd) return;
    if (JSON.stringify(next) === JSON.stringify(filter)) onRefresh();
    else onFilter(next);
  };
  return (
    <Flex wrap gap={12} className="audit-filters" role="search" aria-label={t('filters')}>
      <Input
        className="audit-case"
        aria-label={t('auditCase')}
        placeholder={t('auditCase')}
        {...(isOdd && { status: 'error' as const, title: t('auditCaseForm') })}
        maxLength={16}
        spellCheck={false}
        allowClear
        value={caseNumber}
        onChange={({ target }) => setCaseNumber(target.value)}
        onPressEnter={search}
      />
      <Input
        className="audit-staff"
        aria-label={t('auditStaff')}
        placeholder={t('auditStaff')}
        maxLength={10}
        spellCheck={false}
        allowClear
        value={staffNumber}
        onChange={({ target }) => setStaffNumber(target.value)}
        onPressEnter={search}
      />
      <Select
        className="audit-action"
        aria-label={t('auditAction')}
        placeholder={t('auditAny')}
        allowClear
        value={filter.action ?? null}
        onChange={(action: string | null | undefined) => {
          const { action: _, ...rest } = filter;
          onFilter(action ? { ...rest, action } : rest);
        }}
        options={PARTS.map((part) => ({ value: `${part}.`, label: t(`auditOf-${part}`) }))}
      />
      <DatePicker.RangePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowEmpty={[true, true]}
        placeholder={[t('auditFrom'), t('auditTo')]}
        onChange={(range) => {
          const { from: _from, to: _to, ...rest } = filter;
          const [from, to] = range ?? [];
          onFilter({
            ...rest,
            ...(from && { from: from.toDate().toISOString() }),
            ...(to && { to: to.toDate().toISOString() }),
          });
        }}
      />
      <Button type="primary" onClick={search} disabled={isOdd}>
        {t('filters')}
      </Button>
      <Button icon={<ReloadOutlined aria-hidden />} aria-label={t('refresh')} onClick={onRefresh} />
    </Flex>
  );
}
