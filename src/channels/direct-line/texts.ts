/** What a customer may read when a request is refused: embedders show `error.message` as it stands. */
export const TEXTS = {
  messageTooLong: '这条消息太长了，一次最多 4000 个字，请分几条发给我。',
  uploadNotOpen: '聊天里现在不能直接收文件，请点对话中的“安全上传”卡片来上传，这样您的证件是加密保存的。',
  oneFileOnly: '一次只能上传一张图片，请一张一张发。',
  fileTooLarge: '图片太大了，请换一张 10 MB 以内的。',
  fileMissing: '没有收到图片，请重新选一张。',
  tooManyRequests: '您发得有点快，请稍等一下再试。',
  unavailable: '系统暂时连不上，这条没有收到，请稍后再发一次。',
} as const;
