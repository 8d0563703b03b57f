import { yesNoOf } from '../kit/yes-no.ts';

/** 「都没问题吗?」 A bare 没有 can mean both, so it is asked again. */
export function readPrechecks(text: string): 'good' | 'unsure' | 'look' | undefined {
  if (/帮我查|查一下|你查|您查|幫我查/u.test(text)) return 'look';
  if (/没问题|都正常|都好|符合|步骤|沒問題/u.test(text)) return 'good';
  if (/不确定|不知道|不清楚|拿不准|有问题|好像|不太|不是|不一致/u.test(text)) return 'unsure';
  return yesNoOf(text) ? 'good' : undefined;
}

/** 「这张卡上有没有自动扣款?」 as in 没了,都关了 or 有个会员,还有手机分24期. */
export function readHasAgreements(text: string): 'some' | 'none' | undefined {
  const plain = yesNoOf(text);
  if (plain !== undefined) return plain ? 'some' : 'none';
  if (/^(?:没|沒|无|都没|都关|都取消|都解|早关|已经?关|已经?取消|关了|取消了|不)/u.test(text.trim()))
    return 'none';
  return /有|会员|會員|包月|包年|续费|订阅|分期|\d+期|代扣|自动|月付/u.test(text) ? 'some' : undefined;
}

/** 「都处理好了吗?」 `paid`: the customer fears for what has been paid already. */
export function readHandled(text: string): 'handled' | 'later' | 'paid' | undefined {
  if (/白交|白花|浪费|还能用|退钱|退款|亏/u.test(text)) return 'paid';
  if (/先去|明天|回头|晚点|晚些|待会|等会|改天|再来|还没|没有|没呢|沒/u.test(text)) return 'later';
  if (/好了|关了|换了|改了|弄完|搞定|完了|取消了|關了/u.test(text)) return 'handled';
  const plain = yesNoOf(text);
  if (plain === undefined) return undefined;
  return plain ? 'handled' : 'later';
}

/** 「列表里现在是这样吗?」 没了 says that the card is gone, which is what was hoped for. */
export function readList(text: string): 'shown' | 'not-yet' | undefined {
  if (/还在|没变|没有变|还没|处理中|没解|不是|还显示|還在|還沒/u.test(text)) return 'not-yet';
  if (/没了|没有了|不在|不见|消失|已解绑|看不到|成了|变了|成功|沒了/u.test(text)) return 'shown';
  const plain = yesNoOf(text);
  if (plain === undefined) return undefined;
  return plain ? 'shown' : 'not-yet';
}
