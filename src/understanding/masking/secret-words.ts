/** What customers call a secret, over a shadow: there 三 is 3 and full-width is half-width. Sources of patterns. */

export const CODE_WORDS =
  '驗證碼|验证码|验証碼|验证號碼|驗證號碼|校验码|校驗碼|动态码|動態碼|动态密码|動態密碼|动态口令|動態口令|短信码|短信碼|簡訊碼|确认码|確認碼|认证码|認證碼|一次性密码|一次性密碼|1次性密码|1次性密碼|(?:6|4|8)位(?:数字)?[码碼]|(?:短信|简讯|簡訊)(?:里|裡|裏|上|中)?(?:的|那个|嗰個)?(?:数字|數字|号码|號碼|[码碼]|\\d位数|\\d位數)|(?:短信|简讯|簡訊)(?:里|裡|裏|上)?(?:说|說|写|寫|显示|顯示)|(?:验|驗)(?:证|證)[吗馬麻]|(?<![a-z])(?:yanzhengma|yzm|otp|(?:sms|verification|auth(?:entication)?|confirmation|one[- ]time|login|text|passcode|pass)[- ]?(?:code|pin|passcode|password)s?|(?:the|my|your|this|that|a) code|(?<!(?:error|zip|postal|post|country|area|swift|promo|invite|qr|branch|bank|source|status|discount|response|order|case|reason|[a-z]code) ?)code(?= ?(?:is|:)))(?![a-z])';

export const CVV_WORDS =
  '(?<![a-z])(?:c ?v ?v ?2?|cvc2?|cvn2?|csc|security code|card code|card verification (?:code|value)|3[- ]digit(?: security)?(?: code| number)?|(?:3|three) digits|anquanma)(?![a-z])|安全[码碼]|保安[码碼]|[检檢][查核][码碼]|[后後末]3[码碼位]|(?:背面|背后|背後|后面|後面|反面|[签簽]名[栏欄条條])(?:的|那)?(?:那)?3(?:位|[码碼]|个|個)|(?:背面|背后|背後|反面)(?:的|那)?(?:串|组|組|个|個)?(?:数字|數字)';

export const EXPIRY_WORDS =
  '有效期限?|卡到期|截止日期|有效日期?|有效年月|有效月年|到期日期?|到期时间|到期時間|到期年月|过期日|過期日|效期|(?<![a-z])(?:expiry|expires|expiration|exp|valid (?:thru|through|until|till)|good thru)(?: date)?(?![a-z])';

export const PASSWORD_WORDS =
  '密码|密碼|口令|(?<![a-z])(?:passwords?|passwd|passcodes?|pwd|mima|pin码|pin碼|pin(?: (?:code|number))?)(?![a-z])';

/** Words that say what the next number is, and it is none of ours: the search ends at them. */
export const OTHER_NUMBER =
  /尾[号號数數]|末[四4]|[后後][四4]|last (?:four|4)|卡[号號]|[订訂][单單]|工[单單]|[单單][号號]|流水|交易[号號]|金[额額]|[余餘][额額]|[编編][号號]|案件|案[号號]|客服|[热熱][线線]|官[网網]|http|www|jb|[错錯][误誤]代?[码碼]|代[码碼]|[报報][错錯]|提示[码碼]|error|order|amount|case|ending|邮编|郵編|工[号號]|手机[号號]?(?:是|为)|版本|[扣刷转轉花付充提][了走掉款]|[损損]失|被(?:刷|扣|转|盗)|[¥￥$]|rmb|hkd|usd|yuan/i;

/** The number goes on, counts something or belongs to a word: not a secret. */
export const COUNTED =
  /^(?:[\d*%~]|[./:-]\d| ?(?:位|[码碼](?![是为:])|元|[块塊]|次|[个個]|分|秒|年|月|日|[号號]|[点點]|小[时時]|天|[条條]|遍|[张張]|[万萬]|百|千|人|家|种|種|成|倍|期|多|几|左右|以[上下内]|[结結]尾|[开開][头頭]|digits?|times?|minutes?|mins?|seconds?|hours?|days?|months?|years?|yuan|rmb|attempts?|[a-z]{1,3}\d))/i;

/** What is named has not come. */
export const NOT_COME =
  /收不到|收唔到|[没沒未][有]?(?:收|来|來|到|发|發)|不(?:来|來|到|发|發)|等[了到]|[发發]不|not (?:received|arriv)|n[o']t (?:get|got|receive|come|arrive)|didnt|never|waiting/i;
