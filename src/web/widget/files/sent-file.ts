import { type Activity, asRecord, asText } from '../client/protocol.ts';

/** A file in the conversation, as its message tells of it. */
export interface SentFile {
  /** Of one that can be asked for; the customer's own are not given out again. */
  id: string | undefined;
  name: string;
  isPicture: boolean;
  sizeBytes: number | undefined;
  width: number | undefined;
  height: number | undefined;
}

const asNumber = (value: unknown) => (typeof value === 'number' && value > 0 ? value : undefined);

/** The file that a message carries, if it does. */
export function sentFileOf({ attachments, channelData }: Activity): SentFile | undefined {
  const [attachment] = attachments;
  const file = asRecord(channelData.file);
  if (!attachment?.name || !(file || channelData.upload)) return undefined;
  return {
    id: asText(file?.id),
    name: attachment.name,
    isPicture: attachment.contentType.startsWith('image/'),
    sizeBytes: asNumber(file?.sizeBytes),
    width: asNumber(file?.width),
    height: asNumber(file?.height),
  };
}
