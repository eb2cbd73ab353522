/** Minutes since midnight; the end does not belong to it. */
export interface Span {
  from: number
  to: number
}

const HALVES: [RegExp, Span][] = [
  [/上午|早上|morning/i, { from: 6 * 60, to: 12 * 60 }],
  [/中午|noon/i, { from: 11 * 60, to: 14 * 60 }],
  [/下午|afternoon/i, { from: 12 * 60, to: 18 * 60 }],
  [/晚上|傍晚|evening/i, { from: 17 * 60, to: 22 * 60 }],
]

/** `9点到11点`, `9:30-11:00`, `14-16 点`, `9 to 11`. */
const BETWEEN =
  /(\d{1,2})(?:[:：](\d{2}))?\s*[点时]?(半)?\s*(?:-|–|—|~|到|至|to)\s*(\d{1,2})(?:[:：](\d{2}))?\s*[点时]?(半)?/i
/** `18点以后`, `after 18:00`. */
const AFTER =
  /(?:after\s*)?(\d{1,2})(?:[:：](\d{2}))?\s*[点时]?(半)?\s*(?:以后|之后|后)|after\s*(\d{1,2})(?:[:：](\d{2}))?/i
const BEFORE = /(\d{1,2})(?:[:：](\d{2}))?\s*[点时]?(半)?\s*(?:以前|之前|前)|before\s*(\d{1,2})(?:[:：](\d{2}))?/i
/** What is said against an hour cannot be read as one for it. */
const AGAINST = /不要|别|不方便|不能|勿|not |never|except/i

/** What a person may choose themselves, and the words that are kept of it: staff read the same. */
export const GOOD_HOURS_CHOICES = {
  any: '',
  morning: '上午',
  noon: '中午',
  afternoon: '下午',
  evening: '晚上',
} as const
export type GoodHoursChoice = keyof typeof GOOD_HOURS_CHOICES
/** What they may choose beside: what staff have written down, in the words it was written in. */
export const AS_NOTED = 'as-noted'

/** Undefined: words of another kind, which staff have written down. */
export const goodHoursChoiceOf = (words: string): GoodHoursChoice | undefined =>
  (Object.keys(GOOD_HOURS_CHOICES) as GoodHoursChoice[]).find((choice) => GOOD_HOURS_CHOICES[choice] === words)

/**
 * When somebody likes to be reached, as far as their own words tell it; undefined where they cannot be read for certain.
 * A wish for the order of calls and for the hour of messages that may wait: it never keeps anybody from being called, and
 * nothing urgent from being sent.
 */
export function readGoodHours(said: string): Span | undefined {
  if (said.trim() === '' || AGAINST.test(said)) return undefined
  const words = said.replace(SPELT, spelt)
  const half = HALVES.find(([name]) => name.test(words))?.[1]
  const between = BETWEEN.exec(words)
  if (between) {
    const from = minutes(between[1]!, between[2], between[3], half)
    const to = minutes(between[4]!, between[5], between[6], half)
    return from < to && to <= 1440 ? { from, to } : undefined
  }
  const after = AFTER.exec(words)
  if (after) return { from: minutes(after[1] ?? after[4]!, after[2] ?? after[5], after[3], half), to: 1440 }
  const before = BEFORE.exec(words)
  if (before) return { from: 0, to: minutes(before[1] ?? before[4]!, before[2] ?? before[5], before[3], half) }
  return half
}

/** 三点, 十一点, 三到五点: hours as they are spoken. */
const SPELT = /[一二两三四五六七八九十]{1,3}(?=\s*[点时到至])/g
const DIGITS = '零一二三四五六七八九'

function spelt(word: string): string {
  const [tens = '', ones = ''] = word.includes('十') ? word.split('十') : ['零', word]
  const digit = (sign: string, without: number) => (sign === '' ? without : DIGITS.indexOf(sign.replace('两', '二')))
  return String(digit(tens, 1) * 10 + digit(ones, 0))
}

/** 下午 3 点 is 15:00. */
function minutes(hour: string, minute = '0', isHalfPast: string | undefined, half: Span | undefined): number {
  const said = Number(hour)
  const later = half && half.from >= 12 * 60 && said < 12 ? said + 12 : said
  return later * 60 + (isHalfPast ? 30 : Number(minute))
}

export const isWithin = (minute: number, { from, to }: Span) => minute >= from && minute < to

/** `HH:MM` */
export const timeOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
