import { Alert, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useRefusalText } from '../texts.ts';
import type { Work } from './work.ts';

const MOST = 2000;

/** Asks for a reason before a step is taken; what was typed stays when the step is refused. */
export function NoteQuestion(props: {
  open: boolean;
  title: string;
  hint: string;
  label: string;
  confirm: string;
  work: Pick<Work, 'pending' | 'refusal'>;
  onClose(): void;
  /** Whether it was done. */
  onConfirm(note: string): Promise<boolean>;
}) {
  const refusalText = useRefusalText();
  const { open, title, hint, label, confirm, work, onClose, onConfirm } = props;
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <Modal
      open={open}
      title={title}
      okText={confirm}
      okButtonProps={{ disabled: note.trim() === '', loading: work.pending }}
      onOk={async () => {
        setTried(true);
        if (!(await onConfirm(note.trim()))) return;
        setNote('');
        onClose();
      }}
      onCancel={onClose}
      afterClose={() => setTried(false)}
    >
      <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph>
      <Input.TextArea
        aria-label={label}
        placeholder={label}
        autoFocus
        rows={3}
        maxLength={MOST}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      {tried && work.refusal !== undefined && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={refusalText(work.refusal)}
          style={{ marginTop: 12 }}
        />
      )}
    </Modal>
  );
}
