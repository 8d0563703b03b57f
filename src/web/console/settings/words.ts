import zhCN from './texts/zh-CN.json' with { type: 'json' };

export type SettingsText = keyof typeof zhCN;

/** The words for a key of the settings, with values for its places. */
export type SettingsWords = (key: SettingsText, values?: Record<string, string | number>) => string;

export const isSettingsText = (key: string): key is SettingsText => key in zhCN;
