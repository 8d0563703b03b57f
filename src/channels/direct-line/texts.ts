import { REFERENCE_LOCALE, text } from '../../../locales/index.ts';

type Refused =
  | 'messageTooLong'
  | 'uploadNotOpen'
  | 'oneFileOnly'
  | 'fileMissing'
  | 'tooManyRequests'
  | 'unavailable';

/** What a customer may read when a request is refused: embedders show `error.message` as it stands. */
export function refusedText(key: Refused): string {
  return text(REFERENCE_LOCALE, `direct-line.${key}`);
}
