import { usePageTexts } from '../texts.tsx';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };

const TEXTS = { 'zh-CN': zhCN, en };

export const useSuperviseTexts = () => usePageTexts<keyof typeof zhCN>(TEXTS);
