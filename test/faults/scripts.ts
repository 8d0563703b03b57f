/** What customers of the sandbox come with, and what they write; each answer depends on the state before it. */
export const SCRIPTS = {
  /** Reports a lost card and gets a case. */
  'lost-card': ['解绑一直失败', '是我挂失的', '没有', '好的'],
  /** Begins to hand in documents twice and lets it be. */
  'risk-lock': [
    '解绑一直失败',
    '现在申请',
    '担心账户安全',
    '同意',
    '不想上传',
    '先不用',
    '解绑一直失败',
    '先不用',
  ],
} as const;

export type Script = keyof typeof SCRIPTS;
