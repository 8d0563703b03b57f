/** Everyday characters that only simplified writing has, with those that it shares left out. */
const SIMPLIFIED = new Set(
  [
    '绑没还个这说号吗点来会银时张证请账过户别问给结码们现开关办页机样录话帮单记发对转换验写让为诉处删',
    '经动试边钱审网两传费销从额电进谢认条刚间挂设态锁实状员项笔头报风显确错护数续题图统维险冻儿应备种',
    '补变败该妈务贷异与识旧线见带议响骤资输骗脸无权选随预钮规订协车编谁拦紧联听连链约况内签断乱误语络',
    '则装静决满学级凭体丢国块烦讲暂检万类盗册稳构阅顺声队称长简业询挡继频拨买评湾专门计却书区弹东归帐',
    '导闭标诺临腾总触气爱环师鱼细载柜视邮热币绝脑读监损节觉卖积终礼赶释争讯饭马众须够废毁术摄绕储优红',
    '领强产扫诈馈键坏钓调词货价欢径仅许齐独离愿严双镜谨负责艺课岁爷击质亲弃场顿闪适难软担尽获达铁举赔',
    '偿财极迟戏杂华扰辞债减贵税测隐运侧层灯画轮缩广伪缓纹纪赖盘缴毕递挣妇农抢飞团迁驾纸势陆劳详围违宝',
    '黄购励烧译纯将营阳择义脱顾诊压闹骂讨药较孙庆谓职倾汉军脚执兴闻乐虑罚驻奖医荣厅恋桥阔惊摇楼训练虚',
    '墙拟扬织诚横纷针忧卫温亿圆园战阴际雾顶颗颜饮馆鲜鸡么',
  ].join(''),
);

/** The same ones as traditional writing has them. */
const TRADITIONAL = new Set(
  [
    '綁沒還個這說號嗎點來會銀時張證請賬過戶別問給結碼們現開關辦頁機樣錄話幫單記發對轉換驗寫讓為訴處刪',
    '經動試邊錢審網兩傳費銷從額電進謝認條剛間掛設態鎖實狀員項筆頭報風顯確錯護數續題圖統維險凍兒應備種',
    '補變敗該媽務貸異與識舊線見帶議響驟資輸騙臉無權選隨預鈕規訂協車編誰攔緊聯聽連鏈約況內籤斷亂誤語絡',
    '則裝靜決滿學級憑體丟國塊煩講暫檢萬類盜冊穩構閱順聲隊稱長簡業詢擋繼頻撥買評灣專門計卻書區彈東歸帳',
    '導閉標諾臨騰總觸氣愛環師魚細載櫃視郵熱幣絕腦讀監損節覺賣積終禮趕釋爭訊飯馬眾須夠廢毀術攝繞儲優紅',
    '領強產掃詐饋鍵壞釣調詞貨價歡徑僅許齊獨離願嚴雙鏡謹負責藝課歲爺擊質親棄場頓閃適難軟擔盡獲達鐵舉賠',
    '償財極遲戲雜華擾辭債減貴稅測隱運側層燈畫輪縮廣偽緩紋紀賴盤繳畢遞掙婦農搶飛團遷駕紙勢陸勞詳圍違寶',
    '黃購勵燒譯純將營陽擇義脫顧診壓鬧罵討藥較孫慶謂職傾漢軍腳執興聞樂慮罰駐獎醫榮廳戀橋闊驚搖樓訓練虛',
    '牆擬揚織誠橫紛針憂衛溫億圓園戰陰際霧頂顆顏飲館鮮雞麼後裡裏係啟嗰',
  ].join(''),
);

/** How many characters of a text belong to only one of the two ways to write Chinese. */
export function countScripts(text: string): { simplified: number; traditional: number } {
  let [simplified, traditional] = [0, 0];
  for (const character of text) {
    if (SIMPLIFIED.has(character)) simplified++;
    else if (TRADITIONAL.has(character)) traditional++;
  }
  return { simplified, traditional };
}
