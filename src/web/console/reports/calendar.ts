import zhCN from 'antd/es/date-picker/locale/zh_CN';
import type { DeskLocale } from '../locale.ts';

const MONTHS = Array.from({ length: 12 }, (_, month) => `${month + 1}月`);
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** Words of the calendar; the library leaves names of months and days in English. */
export const CALENDARS: Partial<Record<DeskLocale, typeof zhCN>> = {
  'zh-CN': { ...zhCN, lang: { ...zhCN.lang, shortMonths: MONTHS, shortWeekDays: WEEKDAYS } },
};
