import { z } from 'zod';

/** Where a page of the queue ended. */
interface Position {
  breachAt: Date;
  id: string;
}

const Shape = z.tuple([z.iso.datetime(), z.uuid()]);

/** The place of a case in the queue, for the client to send back. */
export function cursorOf({ breachAt, id }: { breachAt: Date | null; id: string }): string {
  return Buffer.from(JSON.stringify([breachAt?.toISOString(), id])).toString('base64url');
}

/** Reads a cursor; one that is none of ours counts as the beginning. */
export function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [breachAt, id] = Shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { breachAt: new Date(breachAt), id };
  } catch {
    return undefined;
  }
}
