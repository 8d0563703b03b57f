/** Languages of the desk. */
export type DeskLocale = 'zh-CN' | 'en';
