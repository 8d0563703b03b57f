import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'case-status.photoTips',
    intent: 'upload_documents',
    asked: [
      '证件照片怎么拍才行',
      '拍照有什么要求',
      '没有扫描仪可以用手机拍吗',
      '照片要拍成什么样',
      'how should I take the photo',
      'any requirements for the photo',
    ],
  },
  {
    key: 'case-status.onlyListed',
    intent: 'upload_documents',
    asked: [
      '清单上没写的要交吗',
      '手持照片一定要交吗',
      '没让我交的材料要不要传',
      '身份证照片能加水印吗',
      '怕照片被盗用怎么办',
      'do I have to send documents that are not listed',
    ],
  },
];
