import type { Locale } from '../../../../platform/contract/index.ts'
import { exceedsVariation, indicatorByCode } from '../../../../clinical/index.ts'
import type { ObservationRow } from '../../../observation/server/index.ts'
import content from '../../content/explanations.json' with { type: 'json' }
import type { ReportExplanation, ReportFlag } from '../render/report-document.ts'

interface Words {
  zh: string
  en: string
}

interface Group {
  codes: string[]
  high?: Words
  low?: Words
}

const byCode = new Map(
  (content.groups as Group[]).flatMap((group) => group.codes.map((code) => [code, group] as const)),
)
const sentences: Record<keyof typeof content.sentences, Words> = content.sentences

/** A twentieth up or down is nothing to speak of where the usual variation is not known. */
const ABOUT_SAME = 0.05

/**
 * What a marked result means to the person who has it: what is looked at, how it stands to its range and to the last
 * time, what often causes it and what to do. Never a diagnosis.
 */
export function explain(
  row: ObservationRow,
  flag: ReportFlag,
  before: ObservationRow | undefined,
  language: Locale,
): ReportExplanation {
  const indicator = indicatorByCode(row.code)
  const group = byCode.get(row.code)
  // A strip's result has no direction of its own: abnormal means more than normal.
  const direction = flag === '↓' ? 'low' : flag === '↑' || (group && indicator?.kind === 'ordinal') ? 'high' : undefined
  const advice = (direction && (group?.[direction] ?? content.otherwise[direction])) ?? content.otherwise.abnormal
  const own = (words: Words) => (language === 'en' ? words.en : words.zh)
  const about = indicator ? (language === 'en' ? indicator.meaningEn : indicator.meaningZh) : ''
  const standing = [standingOf(row, flag), changeOf(row, before)].flatMap((words) => (words ? own(words) : []))
  return { about, standing: standing.join(language === 'en' ? ' ' : ''), advice: own(advice) }
}

function standingOf({ value, low, high, comparator }: ObservationRow, flag: ReportFlag): Words {
  if (flag === '异常') return sentences.differs
  const end = flag === '↑' ? high : low
  if (value === null || comparator !== null || end === null || end <= 0)
    return flag === '↑' ? sentences.above : sentences.below
  const share = flag === '↑' ? value / end - 1 : 1 - value / end
  if (share <= 0) return flag === '↑' ? sentences.above : sentences.below
  if (share < 0.03) return flag === '↑' ? sentences.aboveSlightly : sentences.belowSlightly
  if (flag === '↑' && share >= 1) return filled(sentences.aboveFar, { times: (share + 1).toFixed(1).replace('.0', '') })
  return filled(flag === '↑' ? sentences.aboveBy : sentences.belowBy, { percent: Math.round(share * 100) })
}

/** Only numbers of one unit and method are compared. */
function changeOf(row: ObservationRow, before: ObservationRow | undefined): Words | undefined {
  if (!before || row.value === null || before.value === null || row.comparator || before.comparator) return undefined
  if (row.unit !== before.unit || (row.method ?? '') !== (before.method ?? '')) return undefined
  const clear = exceedsVariation(row.code, before.value, row.value)
  if (clear === false && row.value !== before.value) return sentences.within
  const isSame = before.value !== 0 && Math.abs(row.value / before.value - 1) < ABOUT_SAME
  if (isSame && clear !== true) return sentences.same
  return row.value > before.value ? sentences.higher : sentences.lower
}

function filled(words: Words, values: Record<string, string | number>): Words {
  const fill = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name]))
  return { zh: fill(words.zh), en: fill(words.en) }
}
