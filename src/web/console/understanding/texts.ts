import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };

export const TEXTS = { 'zh-CN': zhCN, en };
