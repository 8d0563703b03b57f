import { Alert, Button, Space } from 'antd';
import { type ReactNode, useEffect } from 'react';
import type { Draft } from './draft.ts';
import { useSettingsErrorText, useSettingsTexts } from './texts.ts';

interface Props<T> {
  draft: Draft<T>;
  /** Something in it cannot be saved. */
  isWrong?: boolean;
  /** What differs between two versions, in words. */
  differences(before: T, after: T): ReactNode[];
}

function Meanwhile<T>({ draft, differences }: Props<T>) {
  const t = useSettingsTexts();
  if (draft.theirs === undefined) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('meanwhileTitle')}
      description={
        <ul className="settings-differences">
          {differences(draft.base, draft.theirs).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
            <li key={index}>{line}</li>
          ))}
        </ul>
      }
      action={
        <Space orientation="vertical">
          <Button onClick={draft.drop}>{t('takeTheirs')}</Button>
          <Button danger loading={draft.isSaving} onClick={draft.saveOver}>
            {t('keepMine')}
          </Button>
        </Space>
      }
    />
  );
}

/** Stands at the foot of what has changes that are not saved yet. Ctrl+S saves, too. */
export function SaveBar<T>(props: Props<T>) {
  const t = useSettingsTexts();
  const errorText = useSettingsErrorText();
  const { draft, isWrong = false } = props;
  const { isDirty, isSaving, save, drop, fault, theirs } = draft;
  const ready = isDirty && !isWrong && !isSaving && theirs === undefined;

  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      if (ready) save();
    }
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  });

  if (!isDirty) return null;
  return (
    <section className="settings-save" aria-label={t('unsaved')}>
      <Meanwhile {...props} />
      {fault !== null && fault !== undefined && (
        <Alert type="error" showIcon role="alert" title={errorText(fault)} />
      )}
      {theirs === undefined && (
        <div className="settings-save-row">
          <span>{isWrong ? t('wrongSomewhere') : t('unsaved')}</span>
          <Space>
            <Button onClick={drop} disabled={isSaving}>
              {t('drop')}
            </Button>
            <Button
              type="primary"
              onClick={save}
              loading={isSaving}
              disabled={!ready && !isSaving}
              aria-keyshortcuts="Control+S"
            >
              {t('save')}
            </Button>
          </Space>
        </div>
      )}
    </section>
  );
}
