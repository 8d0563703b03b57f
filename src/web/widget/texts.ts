import zhCN from './texts/zh-CN.json' with { type: 'json' };

/** The words of the widget itself; what the bot says comes from the server. */
export const texts = zhCN;

/** Puts values into `{name}` places. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
