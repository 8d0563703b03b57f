import type { TextKey } from '../../locales/index.ts';
import type { MethodResult } from './result.ts';

/** What better light does not help against, and trying it over and over makes worse. */
const NOT_FOR_THE_MACHINE =
  /割|整容|纱布|牙套|疤|证件照|胖了|瘦了|年前的|摄像头.{0,3}坏|镜头.{0,3}坏|听障|视障|看不见|跟不上|都试了|[七八九十\d].{0,2}[次回遍]|好多次|无数次|surgery|camera|scar|blind|deaf|(?:many|several|[3-9]) times/u;
const ANOTHER_WAY =
  /换成|换别的|别的(?:方式|办法)|其他方式|不想刷|不能刷|不愿刷|(?:an)?other way|instead|dont want .{0,12}face/u;

/** 人脸: what to say to these words about it, and how that ends. */
export function faceAdvice(words: string): { key: TextKey; result: MethodResult } {
  if (ANOTHER_WAY.test(words)) return { key: 'verification.anotherWay', result: { kind: 'stuck' } };
  if (NOT_FOR_THE_MACHINE.test(words)) return { key: 'verification.faceHard', result: { kind: 'stuck' } };
  return { key: 'verification.faceTips', result: { kind: 'try' } };
}
