import { type Activity, decodeActivitySet } from '../../../src/web/widget/client/protocol.ts';
import type { Entry } from '../../../src/web/widget/direct-line.ts';

/** An activity as the server would send it, read the way the client reads it. */
export function activity(fields: Record<string, unknown>): Activity {
  const [read] = decodeActivitySet({ activities: [{ type: 'message', ...fields }] }).activities;
  if (!read) throw new Error('not an activity');
  return read;
}

export function entry(fields: Record<string, unknown>): Entry {
  return { key: String(fields.id), activity: activity(fields), delivery: 'sent' };
}

let number = 0;

/** A bot's message; each is a minute after the one before. */
export function botSays(fields: Record<string, unknown> = {}): Activity {
  number++;
  return activity({
    id: `c|${number}`,
    timestamp: new Date(1_760_000_000_000 + number * 60_000).toISOString(),
    from: { id: 'bot', role: 'bot' },
    channelData: { key: 'common.hello' },
    ...fields,
  });
}

/** A bot's message with an upload card. */
export function uploadCard(
  content: Record<string, unknown> = {},
  fields: Record<string, unknown> = {},
): Activity {
  const card = {
    draftId: 'draft-1',
    slot: 'id-front',
    title: '身份证人像面',
    hints: ['平放拍摄'],
    accept: ['image/jpeg'],
    maxBytes: 1024,
    uploadUrl: '/uploads/ticket',
    expiresAt: '2026-11-22T12:00:00.000Z',
    consent: { version: '1', text: '说明' },
    ...content,
  };
  const attachment = { contentType: 'application/vnd.unbind.upload-request+json', content: card };
  return botSays({ attachments: [attachment], ...fields });
}
