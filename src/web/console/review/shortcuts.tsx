import { Modal } from 'antd';
import type { ReviewText } from './texts.ts';
import { useReviewTexts } from './texts.ts';

/** Keys and what they do. */
export type Shortcuts = readonly (readonly [keys: string, does: ReviewText])[];

/** The list of keys of a page. */
export function ShortcutList(props: { open: boolean; shortcuts: Shortcuts; onClose(): void }) {
  const t = useReviewTexts();
  const { open, shortcuts, onClose } = props;
  return (
    <Modal open={open} title={t('shortcuts')} footer={null} onCancel={onClose} destroyOnHidden>
      <dl className="shortcut-list">
        {shortcuts.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
