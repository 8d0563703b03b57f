import { ENGLISH_DONE, ENGLISH_LATER, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { spoken } from '../kit/index.ts';

/** 「1234和5678都要解」 */
export const SEVERAL_CARDS = /\d{4}.*(?:和|跟|还有|以及|、).*\d{4}|[两几]张|都要解/u;

/** 「都没问题吗?」 A bare 没有 can mean both, so it is asked again. */
export const PRECHECK_ANSWERS = spoken(
  [
    [SEVERAL_CARDS, 'several'],
    [/尾号|[后末]四位|^\D{0,3}\d{4}\D{0,2}$/, 'card'],
    // What is asked only afterwards is told already.
    [/(?:都|全|已经)(?:关|取消|退订|解约)/, 'none-left'],
    [/^(?!.*[没无不]).*(?:会员|订阅|续费|包月|分期|\d+期|代扣|爱奇艺)/, 'agreements'],
    [/帮我查|查一下|你查|您查|check (?:it |this )?for me|you check|look (?:it )?up/, 'look'],
    [
      /没问题|都正常|都好|符合|步骤|all (?:good|fine|ok)|no problems?|everything.{0,6}(?:fine|ok|good|normal)|steps/,
      'good',
    ],
    [/不确定|不知道|不清楚|拿不准|有问题|好像|不太|不是|不一致|problem|maybe|not (?:really|all)/, 'unsure'],
    [ENGLISH_UNKNOWN, 'unsure'],
  ],
  { yes: 'good' },
);

/** 「这张卡上有没有自动扣款?」 as in 没了,都关了 or 有个会员,还有手机分24期. */
export const AGREEMENT_ANSWERS = spoken(
  [
    [
      /不是这张|另一张|另外一张|别的卡|换一张|看错卡|选错|(?:other|another|wrong|different) card|not this (?:one|card)/,
      'other-card',
    ],
    [
      /^(?:没|无|都没|都关|都取消|都解|早关|已经?关|已经?取消|关了|取消了|不)|^(?:none|nothing)\b|(?:all|already) (?:closed|cancell?ed)|i dont|there (?:are|is) (?:none|nothing|no\b)/,
      'none',
    ],
    [
      /有(?!啥|什么|没|哪|区别)|会员|包月|包年|续费|订阅|分期|\d+期|代扣|自动|月付|member|subscri|instal|auto|recurring|there (?:is|are)|i have|netflix|spotify/,
      'some',
    ],
  ],
  { yes: 'some', no: 'none' },
);

const GOES_AWAY = /先去|明天|回头|晚点|晚些|待会|等会|改天|再来/;

/** 「都处理好了吗?」 */
export const HANDLED_ANSWERS = spoken(
  [
    [GOES_AWAY, 'later'],
    [ENGLISH_LATER, 'later'],
    [/还没|没有|没呢|没/, 'later'],
    [/好了|关了|换了|改了|弄完|搞定|完了|取消了/, 'handled'],
    [ENGLISH_DONE, 'handled'],
  ],
  { yes: 'handled', no: 'later' },
);

/** 「这一项处理好了吗?」 Who goes away to do it is not asked about the next one. */
export const NAMED_ANSWERS = spoken(
  [
    // 「爱奇艺关了 但是分期还没还完」 is about this one first.
    [/^[^没不还,，。\s]{0,8}(?:关|取消|退|停|处理好?|换)了/, 'handled'],
    [GOES_AWAY, 'leave'],
    [ENGLISH_LATER, 'leave'],
    [/还没|没有|没呢|没/, 'later'],
    [/好了|关了|换了|改了|弄完|搞定|完了|取消了/, 'handled'],
    [ENGLISH_DONE, 'handled'],
  ],
  { yes: 'handled', no: 'later' },
);

/** 「您想先去处理,还是先看看步骤?」 */
export const LEAVE_ANSWERS = spoken([
  [/先去|去处理|去弄|明天|回头|晚点|待会|等会|再来|deal with/, 'later'],
  [ENGLISH_LATER, 'later'],
  [/步骤|先看|直接|继续|不管|steps|anyway|go on|continue|skip/, 'continue'],
]);

/** At one of the four steps; `seen`: it has gone through already. 好了, 到了 and 然后呢 go on as 下一步 does. */
export const STEP_ANSWERS = spoken(
  [
    [
      /列表.{0,6}(?:没了|没有了|不见)|那张.{0,3}(?:没了|不见了)|已解绑|解(?:绑)?(?:成了|掉了|成功)|is gone|disappeared|\bunbound\b/,
      'seen',
    ],
    [/^\D{0,3}第.步.{0,4}[好完过]了$/, 'next'],
    [/(?:点|按)(?:成|了|到|错)?.{0,3}删除|误删/, 'deleted'],
    [/最后一步|第[4四]步/, 'step-4'],
    [/^\D{0,4}第[1一]步$/, 'step-1'],
    [/^\D{0,4}第[2二]步$/, 'step-2'],
    [/^\D{0,4}第[3三]步$/, 'step-3'],
    [/上一步|退回|刚才那步|前一步|\bback\b|previous/, 'back'],
    [
      /卡住|弄不下去|找不到|没找到|没看到|没有这个|过不去|不会弄|stuck|(?:cant|dont) (?:find|see|get|go)|not there|doesnt work|fail/,
      'stuck',
    ],
    [
      /^(?:都|已经|我|弄|点|选|交|提交|做|看|登录?|打开|进)*(?:好了|到了|来了|去了|完了|过了|选了|点了|交了|提交了)/,
      'next',
    ],
    [
      /然后|接下来|下面呢|接着|继续|下一|到(?:了)?这一?步|\bnext\b|go on|continue|then what|what now|im (?:in|there)|opened|selected|submitted|tapped/,
      'next',
    ],
    [ENGLISH_DONE, 'next'],
  ],
  { yes: 'next' },
);

/** 「列表里现在是这样吗?」 没了 says that the card is gone, which is what was hoped for. */
export const LIST_ANSWERS = spoken(
  [
    [
      /还在|没变|没有变|还没|处理中|没解|不是|还显示|still (?:there|shown|bound)|not (?:yet|gone)|no change|\bsame\b|process|pending/,
      'not-yet',
    ],
    [
      /没了|没有了|不在|不见|消失|已解绑|看不到|成了|变了|成功|\bgone\b|disappear|not there|\bunbound\b|no longer|success/,
      'shown',
    ],
  ],
  { yes: 'shown', no: 'not-yet' },
);
