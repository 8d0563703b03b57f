import type { z } from 'zod';

/** 消息内容: what a customer sent in a messaging app, whichever it is. */
export type Content =
  /** `menuId`: an item of a menu of ours was tapped. */
  | { kind: 'text'; text: string; menuId?: string | undefined }
  | { kind: 'image' | 'video' | 'file'; mediaId: string }
  /** `words`: as the platform has understood them. */
  | { kind: 'voice'; mediaId: string; words?: string | undefined }
  | { kind: 'location'; latitude: number; longitude: number; label: string }
  | { kind: 'link'; title: string; description: string; url: string }
  | { kind: 'mini-program'; title: string; page: string }
  /** Anything else, by the platform's name for it. */
  | { kind: 'unsupported'; type: string };

/** A platform's name for a type, as it may be logged and counted. */
export const typeName = (type: string) => type.replace(/[^\w-]/g, '').slice(0, 40) || 'unknown';

/**
 * Fields as the schema of their type has them; `unsupported` where the table has none for it, or they are otherwise:
 * somebody has sent it and waits for an answer.
 */
export function readAs<T>(
  schemas: Readonly<Record<string, z.ZodType<T>>>,
  type: string,
  fields: unknown,
): T | { kind: 'unsupported'; type: string } {
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  return schema?.safeParse(fields).data ?? { kind: 'unsupported', type: typeName(type) };
}
