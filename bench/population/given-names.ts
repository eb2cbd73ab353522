/**
 * Given names by fashion of the birth years. `whole` are names that the public name reports and lists of schools show
 * as common in those years, most common first; `first` and `second` are characters that combine freely (the same order).
 */
export type EraNames = {
  wholeShare: number
  singleShare: number
  whole: string
  single: string
  first: string
  second: string
}
export type Era = { /** Birth years below this one. */ until: number; male: EraNames; female: EraNames }

/**
 * Characters for names of any year, about equally likely. Without this long tail the commonest full name would be borne
 * by one person in 800; the ministry's reports put 张伟 at about one in 4,500.
 */
export const GENERAL = {
  male: '安邦宝斌兵炳波博才昌超辰晨成城诚崇楚川传春纯聪达大丹道德登迪殿鼎定东栋敦铎恩尔帆凡方飞丰峰锋凤福付富冈钢高戈根耕功冠光广贵桂国海涵寒汉瀚航豪昊浩贺鹤亨恒弘红宏洪鸿厚华怀焕辉会惠火吉季济继佳家嘉坚俭建剑江杰金锦进晋京经景竞敬靖九久军君钧俊峻骏开凯康克坤阔来兰朗乐雷磊礼立利良亮烈林霖凌令龙隆路伦满茂孟民敏明铭木楠年宁攀培朋鹏平奇启谦强乔钦勤青清庆秋权全泉群然仁任荣融如儒锐瑞润若三森善尚少绍申升生胜盛石时士世仕守寿书树双顺硕思松嵩涛天田铁廷同彤通桐万为维伟炜玮卫温文武希锡熙霞先显贤宪相祥向翔小晓孝啸欣新信兴星雄秀旭轩学勋勇友佑宇雨玉裕煜元原源远岳跃越云允运增泽增占钊兆照哲喆振震争正政之志治智中忠钟洲柱卓子宗祖佐作',
  female:
    '爱安宝蓓碧冰波彩灿昌畅婵晨成池初楚川春纯慈丛翠黛丹冬朵娥恩帆凡方芳飞菲霏芬风枫凤芙福馥改歌格谷冠光桂海涵寒好禾荷贺鹤红虹华桦欢焕惠蕙慧吉季霁佳家嘉坚建娇姣皎杰洁捷金津锦瑾晋京晶景竞静婧菊娟隽珏君筠俊峻可兰岚蓝澜朗乐蕾黎礼莉俐荔丽连莲涟恋林琳霖玲凌铃菱令露璐绿洛曼梅美萌梦米苗妙民敏明茗铭木慕娜楠妮念宁凝盼佩朋翩平萍琦琪绮千倩乔巧勤琴青清晴庆秋曲全群然冉仁荣容蓉融如茹汝瑞润若飒莎珊善尚韶少舒淑双爽水思松素岁覃棠桃天恬甜婷童彤桐婉万薇巍维苇文雯问希惜熙曦霞夏仙先贤弦娴羡香湘响向骁小筱晓笑歆欣新馨信星杏秀旋璇雪勋雅艳雁燕阳杨瑶漪依仪怡宜艺忆亦易意音茵银吟尹盈莹影颖映永优悠友雨语玉郁毓媛元圆月岳悦云芸允韵泽展湛昭珍真臻正之芝知芷致智忠竹姿子紫',
} as const

export const ERAS: readonly Era[] = [
  {
    until: 1950,
    male: {
      wholeShare: 0.15,
      singleShare: 0.08,
      whole: '德明 文华 玉林 志明 国华 永福 学文 树林 福生 金山 长青 振华 德福 春生 文明 玉山 成林 世荣 天佑 万福',
      single: '明华林清平荣德贵才义忠信福生祥',
      first: '德文玉永世国志学振树福金春成长天万光家正大兴宝绍克耀景朝士贵',
      second: '明华林生山荣福才贵义祥清德忠信元堂仁先江财发科安昌和云成海廷',
    },
    female: {
      wholeShare: 0.3,
      singleShare: 0.07,
      whole: '秀英 桂英 玉兰 秀兰 秀珍 玉英 玉珍 凤英 桂兰 素珍 淑珍 桂珍 玉梅 淑英 淑兰 素英 凤兰 翠英 月英 桂花',
      single: '英兰珍芳梅琴华莲凤菊',
      first: '秀玉桂淑素凤翠月春金瑞惠爱美慧兰莲巧银彩蕴静',
      second: '英兰珍芳梅琴华云莲花凤芝娥清香贞荣珠仙菊霞媛卿如',
    },
  },
  {
    until: 1965,
    male: {
      wholeShare: 0.26,
      singleShare: 0.16,
      whole:
        '建国 建华 国华 和平 建平 志强 国强 志明 建军 国平 卫东 建设 跃进 援朝 爱国 国庆 新华 保国 建新 永强 国栋 文革 立新 向东',
      single: '军平明伟勇斌华刚强杰林忠辉峰涛民',
      first: '建国志卫新永文立向爱保和跃海明春玉德金光振学少长东炳世庆铁宝',
      second: '国华平强明军东民新庆生林成斌荣辉忠义祥武良清江山安峰刚胜利和',
    },
    female: {
      wholeShare: 0.3,
      singleShare: 0.14,
      whole:
        '秀英 桂英 秀兰 玉兰 丽华 建华 秀珍 玉梅 桂兰 淑华 秀云 玉华 爱华 丽萍 惠芳 桂芳 素芳 凤英 秀芳 玉珍 小红 美华 亚萍 和平',
      single: '英玲萍丽敏霞芳红梅华琴莉娟静群',
      first: '秀玉丽桂淑美爱小建惠亚金素凤春月慧红晓雪新彩瑞文雅敏',
      second: '英兰华萍芳珍云梅琴玲红霞敏清莲凤娟香荣琳珠平妹仙菊娥丽',
    },
  },
  {
    until: 1980,
    male: {
      wholeShare: 0.2,
      singleShare: 0.29,
      whole:
        '建军 志强 建华 志刚 建国 海涛 文斌 永刚 国强 晓东 志勇 建平 卫国 红军 海波 小军 志伟 春雷 国辉 建伟 晓峰 立军 少华 俊峰',
      single: '勇军伟强刚涛斌波辉峰杰明平磊超林华飞鹏健亮东宏毅松俊',
      first: '建志海文永国晓小春立少俊宏红卫新玉明金东光振学庆继正云长世天',
      second: '军强华刚涛斌东勇波伟雷辉峰明平林生杰飞鹏健亮宏松国民胜忠义祥成',
    },
    female: {
      wholeShare: 0.22,
      singleShare: 0.3,
      whole:
        '红梅 小红 丽娟 晓燕 春梅 海燕 丽萍 艳红 秀丽 玉梅 小丽 冬梅 雪梅 丽华 秀梅 春燕 红霞 晓红 建华 丽丽 小燕 玉兰 爱华 慧敏',
      single: '丽艳敏芳静霞燕红娟英玲萍梅琴洁莉颖勤群慧琳',
      first: '丽红晓春小海艳秀玉冬雪爱慧淑美亚金文建雅彩凤桂敏静云',
      second: '梅红燕娟萍霞丽华芳英玲琴艳敏云莉颖琳平珍洁静芬香兰娜',
    },
  },
  {
    until: 1990,
    male: {
      wholeShare: 0.16,
      singleShare: 0.35,
      whole:
        '志强 海涛 建军 文杰 晓明 俊杰 海波 志刚 文龙 晓东 志伟 小龙 志鹏 建华 晓龙 永强 文涛 嘉伟 志勇 俊峰 云飞 振宇 国栋 亚军',
      single: '伟磊勇涛超强鹏军波杰斌刚亮飞辉峰明凯健龙浩宇鑫洋帅旭',
      first: '志海文晓建俊小振国永嘉云亚少春立宏玉明天东金思子世泽',
      second: '强涛杰明波刚龙伟鹏华勇飞峰宇栋军斌辉亮超林平东健凯磊洋',
    },
    female: {
      wholeShare: 0.16,
      singleShare: 0.35,
      whole:
        '丽娜 婷婷 丽丽 海燕 晓燕 丹丹 静静 小芳 莉莉 晓丽 丽娟 艳丽 春燕 娜娜 倩倩 雪梅 佳佳 晶晶 燕燕 思思 媛媛 海霞 圆圆 文静',
      single: '静丽娟燕敏娜艳芳玲婷莉洁颖丹倩霞琳雪慧萍璐媛莹蕾',
      first: '丽晓海婷雪文春小艳静佳慧美思玉亚雅嘉梦红晶秋冬',
      second: '娜燕婷丽娟芳静莉霞玲敏洁丹倩萍颖琳莹蕾媛雪云红梅华',
    },
  },
  {
    until: 2000,
    male: {
      wholeShare: 0.15,
      singleShare: 0.26,
      whole:
        '俊杰 文杰 志强 嘉伟 文龙 浩然 天宇 俊豪 家豪 子豪 嘉豪 志伟 文博 梦龙 宇航 明轩 伟杰 海洋 建宇 子健 泽宇 志豪 文浩 家乐',
      single: '超伟涛杰鹏磊强浩鑫帅凯宇龙阳飞洋斌旭博晨辉健亮',
      first: '俊文志嘉浩天家子梦宇明伟海泽建振世晓思云少永锦一',
      second: '杰龙强伟豪然宇博航轩洋健涛浩鹏辉鑫超凯阳飞林明乐峰',
    },
    female: {
      wholeShare: 0.18,
      singleShare: 0.27,
      whole:
        '婷婷 欣怡 梦婷 雨晴 思雨 佳怡 倩倩 梦瑶 晓雪 雅婷 佳慧 梦洁 晓慧 丹丹 嘉欣 文静 雪莹 诗雨 佳琪 思琪 雅琪 梦雪 慧敏 静怡',
      single: '静婷敏丽悦雪倩颖玲洁瑶蕾慧莹丹琪妍萌',
      first: '梦思佳雅雨欣晓雪嘉诗静慧婉文美若芷怡丽心',
      second: '婷怡雨琪洁雪瑶莹欣颖慧静倩敏妍琳萱彤娜晴君茹蕊',
    },
  },
  {
    until: 2010,
    male: {
      wholeShare: 0.2,
      singleShare: 0.14,
      whole:
        '浩然 俊杰 宇航 博文 子豪 天佑 宇轩 嘉豪 浩宇 子轩 明轩 文博 家豪 俊熙 泽宇 子涵 皓轩 浩轩 一鸣 志远 梓豪 睿哲 晨曦 思远',
      single: '涛浩鑫杰宇帅超博睿轩晨阳凯洋铭哲',
      first: '子浩宇俊嘉天博文泽明家梓思皓一睿晨志铭奕佳鑫锦',
      second: '轩豪然宇杰航博涵文泽熙阳哲辰霖远睿洋鸣晨佑恒毅涛',
    },
    female: {
      wholeShare: 0.22,
      singleShare: 0.13,
      whole:
        '欣怡 雨欣 佳怡 梓涵 诗涵 欣悦 思涵 雨涵 梦瑶 可欣 子涵 佳琪 雨桐 静怡 语嫣 诗琪 一诺 雅静 思琪 梦琪 紫萱 雨萱 心怡 若曦',
      single: '悦婷颖静彤瑶妍雪萱琪玥',
      first: '雨欣佳梓诗思梦子可心语紫雅若静一嘉芷晨怡依',
      second: '怡涵欣悦瑶琪桐萱妍彤嫣雯晴曦瑾雪颖然诺婷馨',
    },
  },
  {
    until: 2100,
    male: {
      wholeShare: 0.24,
      singleShare: 0.05,
      whole:
        '浩宇 浩然 宇轩 宇航 铭泽 子墨 奕辰 宇泽 浩轩 沐宸 亦辰 子轩 梓轩 皓轩 泽宇 俊熙 子睿 佳豪 若宸 景行 昊天 一鸣 嘉懿 星辰',
      single: '浩睿轩宸昊铭泽阳哲',
      first: '子浩宇梓奕沐泽铭亦嘉皓俊昊若景一星睿承佑瑾言',
      second: '轩宇辰泽然宸航睿墨霖阳熙铭晨恒懿哲琛煜乐言安',
    },
    female: {
      wholeShare: 0.26,
      singleShare: 0.05,
      whole:
        '梓涵 欣怡 诗涵 子涵 雨桐 可馨 紫涵 一诺 欣妍 依诺 若汐 语桐 苡沫 沐瑶 佳怡 艺涵 思涵 梓萱 雨涵 芷晴 星玥 语汐 锦瑶 安然',
      single: '悦彤玥妍萱瑶汐',
      first: '梓雨诗一语若欣可沐思芷依子佳紫艺苡锦星安奕书',
      second: '涵桐诺怡馨妍汐瑶萱玥晴彤希沫宁悦然菲柠溪乐',
    },
  },
]

/** Seen in registers but outside the first 3,500 characters; every system should know them. */
export const UNCOMMON_CHARACTERS = '堃喆燚祎翀珺昇犇彧赟晞铖琨骥熠垚淼翊'

/** Outside GB 2312 and often outside fonts; the last four need two UTF-16 units each. */
export const RARE_CHARACTERS = '䶮㛃㻪㸅䲟𬭎𫖯𬍡𬀩'
