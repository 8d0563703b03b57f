import { Modal } from 'antd';
import { useChatTexts } from '../texts.ts';

/** Keys of the page; `Alt` keeps them apart from what is written. */
export const SHORTCUTS = [
  { keys: ['Alt', 'N'], code: 'KeyN', does: 'keyNext' },
  { keys: ['Alt', '↓'], code: 'ArrowDown', does: 'keyDown' },
  { keys: ['Alt', '↑'], code: 'ArrowUp', does: 'keyUp' },
  { keys: ['Alt', 'R'], code: 'KeyR', does: 'keyReply' },
  { keys: ['Alt', 'I'], code: 'KeyI', does: 'keyNote' },
  { keys: ['Alt', 'T'], code: 'KeyT', does: 'keyTransfer' },
  { keys: ['Alt', 'B'], code: 'KeyB', does: 'keyReturn' },
  { keys: ['Alt', 'W'], code: 'KeyW', does: 'keyClose' },
] as const;
export type ShortcutAction = (typeof SHORTCUTS)[number]['does'];

const WRITING = [
  { keys: ['Enter'], does: 'keySend' },
  { keys: ['Shift', 'Enter'], does: 'keyLine' },
  { keys: ['/'], does: 'keyQuick' },
  { keys: ['@'], does: 'keyMention' },
  { keys: ['?'], does: 'keyHelp' },
] as const;

/** All keys, on `?`. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose(): void }) {
  const t = useChatTexts();
  return (
    <Modal open={open} title={t('shortcuts')} footer={null} onCancel={onClose} width={440}>
      <dl className="shortcuts">
        {[...WRITING, ...SHORTCUTS].map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
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
