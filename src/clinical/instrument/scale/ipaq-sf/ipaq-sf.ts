import type { NumberSpec, RecordSpec } from '../../core/input.ts'
import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import model from './model.json' with { type: 'json' }

interface Bout {
  days: number
  min: number
}

/** Minutes on one such day; a day has no more. Without any day the minutes are 0. */
const minutes: NumberSpec = { kind: 'number', unit: 'min', min: 0, max: 1440, zh: '每天分钟数', en: 'minutes a day' }
const days: NumberSpec = { kind: 'number', min: 0, max: 7, integer: true, zh: '每周天数', en: 'days a week' }
const activity = <const T extends { zh: string; en: string }>(title: T) =>
  ({ kind: 'record', of: { days, min: minutes }, ...title }) as const satisfies RecordSpec

/** MET of the protocol of 2005, in tenths: whole numbers reach a limit exactly. */
const TENTHS_OF_MET = { vigorous: 80, moderate: 40, walking: 33 } as const
type Kind = keyof typeof TENTHS_OF_MET
const KINDS = Object.keys(TENTHS_OF_MET) as Kind[]

const SHORTEST_MIN = 10
const LONGEST_MIN = 180
const BELIEVABLE_MIN = 960

export const ipaqSf: Instrument = {
  card: model as InstrumentCard,
  forms: [
    form({
      code: 'seven-days',
      inputs: {
        vigorous: activity({ zh: '重体力活动', en: 'vigorous activity' }),
        moderate: activity({ zh: '中等强度活动', en: 'moderate activity' }),
        walking: activity({ zh: '步行', en: 'walking' }),
      },
      appliesTo(given) {
        const total = KINDS.reduce((sum, kind) => sum + counted(given[kind]).min, 0)
        return total > BELIEVABLE_MIN ? 'over-960' : undefined
      },
      compute(given) {
        const bouts = forEach((kind) => cut(counted(given[kind])))
        const tenths = forEach((kind) => TENTHS_OF_MET[kind] * bouts[kind].days * bouts[kind].min)
        const metMinWeek = (tenths.vigorous + tenths.moderate + tenths.walking) / 10
        const category = categoryOf(bouts, metMinWeek)
        const caveats = [
          ...(KINDS.some((kind) => counted(given[kind]).min > LONGEST_MIN) ? ['truncated'] : []),
          ...(KINDS.some((kind) => given[kind].days > 0 && given[kind].min > 0 && given[kind].min < SHORTEST_MIN)
            ? ['short-bouts']
            : []),
        ]
        return { output: { metMinWeek, category }, band: category, value: metMinWeek, caveats }
      },
    }),
  ],
}

function forEach<T>(of: (kind: Kind) => T): Record<Kind, T> {
  return { vigorous: of('vigorous'), moderate: of('moderate'), walking: of('walking') }
}

/** Bouts under ten minutes count for nothing, and their days neither. */
function counted({ days: dayCount, min }: Bout): Bout {
  return dayCount > 0 && min >= SHORTEST_MIN ? { days: dayCount, min } : { days: 0, min: 0 }
}

function cut({ days: dayCount, min }: Bout): Bout {
  return { days: dayCount, min: Math.min(min, LONGEST_MIN) }
}

function categoryOf({ vigorous, moderate, walking }: Record<Kind, Bout>, metMinWeek: number): string {
  const together = vigorous.days + moderate.days + walking.days
  if ((vigorous.days >= 3 && metMinWeek >= 1500) || (together >= 7 && metMinWeek >= 3000)) return 'high'
  const halfHours = [moderate, walking].filter(({ min }) => min >= 30).reduce((sum, bout) => sum + bout.days, 0)
  const isModerate =
    (vigorous.days >= 3 && vigorous.min >= 20) || halfHours >= 5 || (together >= 5 && metMinWeek >= 600)
  return isModerate ? 'moderate' : 'low'
}
