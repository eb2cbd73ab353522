/** Chinese names by sex and birth year, with realistic collisions: many 王伟, few 欧阳翀. */
import { type Random, type Sampler, weighted } from './random.ts'
import { ERAS, GENERAL, RARE_CHARACTERS, UNCOMMON_CHARACTERS, type Era, type EraNames } from './given-names.ts'
import type { Sex } from './types.ts'

/**
 * Share of the population per 10,000 for the largest families, after the ministry of public security's name reports
 * (2007, 2020), rounded; below that, groups of about equal size.
 */
const LARGEST =
  '王 720 李 710 张 675 刘 525 陈 456 杨 310 黄 228 赵 222 吴 204 周 201 徐 158 孙 147 马 118 朱 126 胡 124 郭 116 何 114 林 116 高 113 罗 98'
const GROUPS: ReadonlyArray<readonly [eachPer10000: number, names: string]> = [
  [80, '郑梁谢宋唐许'],
  [62, '邓韩冯曹彭曾'],
  [48, '肖田董袁潘于'],
  [40, '蒋蔡余杜叶程'],
  [34, '苏魏吕丁任沈'],
  [30, '姚卢姜崔钟谭陆汪'],
  [25, '范金石廖贾夏韦付方白'],
  [20, '邹孟熊秦邱江尹薛闫段'],
  [15, '雷侯龙史陶黎贺顾毛郝龚邵万钱严'],
  [11, '覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟'],
  [8, '殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲'],
  [
    4,
    '翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝',
  ],
]
const COMPOUND =
  '欧阳 7 上官 1 司马 0.6 诸葛 0.5 司徒 0.5 皇甫 0.4 夏侯 0.3 令狐 0.3 尉迟 0.2 慕容 0.2 端木 0.15 东方 0.15 轩辕 0.05'

function withWeights(text: string): Array<readonly [string, number]> {
  const words = text.split(' ')
  return words.flatMap((word, at) => (at % 2 === 0 ? [[word, Number(words[at + 1])] as const] : []))
}

const sampleFamilyName: Sampler<string> = weighted([
  ...withWeights(LARGEST),
  ...GROUPS.flatMap(([share, names]) => Array.from(names, (name) => [name, share] as const)),
  ...withWeights(COMPOUND),
])

/** A family name, drawn by how common it is. */
export function familyName(random: Random): string {
  return sampleFamilyName(random)
}

type GivenSampler = {
  whole: Sampler<string>
  single: Sampler<string>
  first: Sampler<string>
  second: Sampler<string>
  names: EraNames
}

// Popularity inside a list falls like 1 / (rank + 12): the lists are ordered by how common the entry is.
const byRank = (entries: readonly string[]): Array<readonly [string, number]> =>
  entries.map((entry, rank) => [entry, 1 / (rank + 12)] as const)

/** The fashion of the years, with the long tail of all other characters in `generalShare` of the draws. */
function withTail(fashion: string, general: string, generalShare: number): Sampler<string> {
  const scaled = (pairs: Array<readonly [string, number]>, share: number): Array<readonly [string, number]> => {
    const total = pairs.reduce((sum, [, weight]) => sum + weight, 0)
    return pairs.map(([character, weight]) => [character, (share * weight) / total] as const)
  }
  return weighted([
    ...scaled(byRank(Array.from(fashion)), 1 - generalShare),
    ...scaled(
      Array.from(general, (character) => [character, 1] as const),
      generalShare,
    ),
  ])
}

function samplersOf(names: EraNames, sex: Sex): GivenSampler {
  return {
    whole: weighted(byRank(names.whole.split(' '))),
    single: withTail(names.single, GENERAL[sex], 0.5),
    first: withTail(names.first, GENERAL[sex], 0.25),
    second: withTail(names.second, GENERAL[sex], 0.35),
    names,
  }
}

const SAMPLERS = ERAS.map((era: Era) => ({
  until: era.until,
  male: samplersOf(era.male, 'male'),
  female: samplersOf(era.female, 'female'),
}))
const UNCOMMON = Array.from(UNCOMMON_CHARACTERS)
const RARE = Array.from(RARE_CHARACTERS)

/** A given name in the fashion of the birth year; about one in 3,000 holds a character many fonts lack (䶮, 㛃, 𬭎). */
export function givenName(random: Random, sex: Sex, birthYear: number): string {
  const era =
    SAMPLERS.find((candidate) => birthYear < candidate.until) ?? (SAMPLERS.at(-1) as (typeof SAMPLERS)[number])
  const samplers = era[sex]
  const kind = random.unit()
  if (kind < 1 / 3000) return (random.chance(0.4) ? samplers.first(random) : '') + random.choice(RARE)
  if (kind < 1 / 180) return samplers.first(random) + random.choice(UNCOMMON)
  const { wholeShare, singleShare } = samplers.names
  if (kind < 0.75 * singleShare) return samplers.single(random)
  // The shares in the lists are of the fashionable; one in three of those bearers was named before or after the fashion.
  if (kind < 0.75 * singleShare + 0.35 * wholeShare) return samplers.whole(random)
  const first = samplers.first(random)
  const second = samplers.second(random)
  // 婷婷 and 圆圆 exist, but 国国 does not: a doubled draw is kept only for women born after 1980.
  return first === second && (sex === 'male' || birthYear < 1980) ? samplers.whole(random) : first + second
}

const UYGHUR = {
  male: '买买提 艾山 吐尔逊 阿卜杜拉 玉素甫 艾合买提 库尔班 热合曼 依明 阿迪力'.split(' '),
  female: '阿依古丽 热依汗古丽 帕提古丽 古丽娜尔 迪丽娜尔 米热班 阿依夏木 努尔曼古丽 祖丽皮亚 茹仙古丽'.split(' '),
}

/** A Uyghur name as hospitals write it: own name, middle dot, father's name. */
export function uyghurName(random: Random, sex: Sex, fatherName: string): string {
  return `${random.choice(UYGHUR[sex])}·${fatherName}`
}

/** A Uyghur man's own name, handed on as the father's name. */
export function uyghurFatherName(random: Random): string {
  return random.choice(UYGHUR.male)
}
