import { closeSharedDesk, talk } from '../support/transcript.ts';

describe('languages', () => {
  after(closeSharedDesk);

  it('the way through a risk lock in English, to the decided case', () =>
    talk(
      { customer: 'risk-lock', locale: 'en-US' },
      `
      客户: Unbinding keeps failing
      客服: I checked your China Merchants Bank card ending …
      客服: Please stop for now: …
      客服: When the platform sees a risk, …
      客服: Would you like to apply for a review now? … [Apply now] [Not now]
      客户: what should I do
      客服: You send photos of your ID …
      客服: Would you like to apply now? [Apply now] [Not now]
      客户: yes please
      客服: Why do you want to unbind this card? …
      客户: I have a new card
      客服: OK. I need some photos (3 in total). …
      客服: Before you upload, please read this:…ID card (photo side) and ID card (emblem side)…
      客服: Do you agree? [I agree] [I don't agree]
      客户: Agree
      客服: Please upload: ID card (photo side). [上传卡片]
      【上传】
      客服: Received: ID card (photo side). Photos still to send: 2.
      客服: Please upload: ID card (emblem side). [上传卡片]
      【上传】
      客服: Received: ID card (emblem side). Photos still to send: 1.
      客服: We also need a photo of you holding your ID card. …
      客服: Do you agree? [I agree] [I don't agree]
      客户: Yes, I agree
      客服: Please upload: Photo of you with your ID card. [上传卡片]
      【上传】
      客服: Received: Photo of you with your ID card.
      客服: All documents are here (3 in total). The reason for unbinding says “I have a new card”. Submit them for review now? [Submit for review] [Don't submit yet]
      客户: submit
      客服: It's submitted. Your case number is JB…
      【审核通过】
      客服: Risk lock review, case number JB…: approved. …
      `,
    ));

  it('the way through a risk lock in traditional characters', () =>
    talk(
      { customer: 'risk-lock', locale: 'zh-Hant-HK' },
      `
      客户: 解綁一直失敗
      客服: 我查了招商銀行末四碼 6621 的卡，…
      客服: 先請您停一下：…
      客服: 平台覺得帳戶有風險時，…
      客服: 要現在申請人工審核嗎？… [現在申請] [先不用]
      客户: 好的，謝謝
      客服: 這次為什麼想解綁？… [這張卡不用了] [換了新卡] [擔心帳戶安全]
      客户: 換了新卡
      客服: 好的。接下來要 3 張照片，…
      客服: 上傳前請先看一下：…身分證人像面、身分證國徽面…
      客服: 您同意嗎？ [同意] [不同意]
      客户: 同意
      客服: 請上傳：身分證人像面。 [上传卡片]
      客户: 沒帶身分證
      客服: 好的，不傳也沒關係，…
      `,
    ));

  it('changes in mid-flow when it is asked for: the open question comes in the new language, old buttons still count', () =>
    talk(
      { customer: 'risk-lock' },
      `
      客户: 解绑一直失败
      客服: 我查了…
      客服: 先请您停一下：…
      客服: 平台觉得账户有风险时，…
      客服: 要现在申请人工审核吗？… [现在申请] [先不用]
      客户: English please
      客服: Sure, I'll go on in English.
      客服: Would you like to apply for a review now? … [Apply now] [Not now]
      客户: 现在申请
      客服: Why do you want to unbind this card? … [I don't use this card] [I have a new card] [Worried about safety]
      客户: 中文
      客服: 好的，接下来用简体中文跟您说。
      客服: 这次为什么想解绑？… [这张卡不用了] [换了新卡] [担心账户安全]
      客户: Worried about safety
      客服: 好的。接下来要 3 张照片，…
      客服: 上传前请先看一下：…
      客服: 您同意吗？ [同意] [不同意]
      客户: I don't agree
      客服: 好的，不传也没关系，…
      `,
    ));

  it('changes without a word when the customer writes in another one, also for a question that named a card', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？ [招商银行 尾号1234] [中国建设银行 尾号5678]
      客户: My card is the one that is ending in 5678
      客服: I checked your China Construction Bank card ending 5678. …
      客服: …
      客户: 我看不懂，請用中文跟我說好嗎
      客服: 好的，接下來用繁體中文跟您說。
      客服: …
      `,
    ));

  it('stays when English stands inside Chinese: an error code, a pasted message, a name', () =>
    talk(
      { customer: 'risk-lock' },
      `
      客户: 解绑提示 RISK_LOCK error, please try again later
      客服: 先请您停一下：…
      客服: 平台觉得账户有风险时，…
      客服: 要现在申请人工审核吗？…
      客户: OK
      客服: 这次为什么想解绑？…
      `,
    ));

  it("is the customer's when a reminder comes by itself, though the platform speaks Chinese", () =>
    talk(
      { customer: 'maintenance', locale: 'en' },
      `
      客户: Unbinding keeps failing
      客服: I checked your …
      客服: …
      客服: The platform is under maintenance: …
      客服: …
      客服: …
      客户: yes
      客服: Noted. …
      【平台通知 maintenance-ended ann-maintenance】
      客服: Your reminder: the platform reports End of maintenance.
      客服: Bank of Communications card ending …
      客服: Everything left has been worked on, …
      `,
    ));

  it('with nothing open shows what can be asked', () =>
    talk(
      {},
      `
      客户: 可以說英文嗎
      客服: Sure, I'll go on in English. [Unbinding keeps failing] [How to unbind safely] [Check my review]
      客户: 讲中文
      客服: 好的，接下来用简体中文跟您说。 [解绑一直失败] [怎么安全解绑] [查审核进度]
      `,
    ));
});
