import { ageOn, addDays } from '../../../../platform/clock.ts'
import type { Completeness } from '../../contract/overview.ts'
import content from '../../content/completeness.json' with { type: 'json' }
import { LIFESTYLE } from '../name.ts'

/** What is there of a file, as far as its completeness asks. */
export interface Known {
  birthDate: string | null
  sex: string
  hasContact: boolean
  mainWorry: string
  /** Kinds of facts of which there is one, or of which somebody said that there is none. */
  answered: ReadonlySet<string>
  /** The day of the newest value of each code. */
  newest: ReadonlyMap<string, string>
}

interface Section {
  key: string
  weight: number
  fill: string
  /** One of each group must be there. */
  codes?: string[][]
  withinMonths?: number
  adultsOnly?: boolean
}

const sections: readonly Section[] = content.sections

/** How much of a file is filled, in percent of what applies to the person. */
export function completenessOf(known: Known, today: string): Completeness {
  const child = known.birthDate !== null && ageOn(known.birthDate, today) < 18
  const asked = sections
    .filter((section) => !(section.adultsOnly && child))
    .map((section) => ({
      key: section.key,
      weight: section.weight,
      fill: section.fill,
      done: isDone(section, known, today),
    }))
  const sum = (some: typeof asked) => some.reduce((total, { weight }) => total + weight, 0)
  return { percent: Math.floor((100 * sum(asked.filter(({ done }) => done))) / sum(asked)), sections: asked }
}

function isDone(section: Section, known: Known, today: string): boolean {
  if (section.key === 'identity') return known.birthDate !== null && known.sex !== 'unknown' && known.hasContact
  if (section.key === 'main-worry') return known.mainWorry !== ''
  if (section.key === 'lifestyle') return LIFESTYLE.filter(({ code }) => known.newest.has(code)).length >= 2
  if (!section.codes) return known.answered.has(section.key)
  // Months of 31 days: nobody is asked again a day too early.
  const since = addDays(today, -31 * (section.withinMonths ?? 1200))
  return section.codes.every((group) => group.some((code) => (known.newest.get(code) ?? '') >= since))
}
