import texts from '../../../locales/zh-CN/direct-line.json' with { type: 'json' };

/** What a customer may read when a request is refused: embedders show `error.message` as it stands. */
export const TEXTS = texts;
