/** Marks that a channel sets in a message's channelData, for the bot to go by. Nothing that a client may set itself. */
export const MARKS = {
  /** Nothing for the bot to answer: too old, or said to somebody else. People may read it. */
  late: 'late',
  /** A choice was tapped, or its number typed, that is used, replaced or too old. */
  staleChoice: 'staleChoice',
  /** Sequence number of the entry whose choice this is. */
  menu: 'menu',
  /** Sequence number of the menu whose further choices these are. */
  continues: 'continues',
  /** The customer has it already: nothing that a channel has to deliver. */
  sent: 'sent',
  /** Its client waits for the answer in the same request: a name of the channel's own for the message. */
  inline: 'inline',
} as const;

export function isMarked(activity: { channelData?: unknown }, mark: keyof typeof MARKS): boolean {
  const { channelData } = activity;
  return (
    typeof channelData === 'object' &&
    channelData !== null &&
    (channelData as Record<string, unknown>)[MARKS[mark]] === true
  );
}
