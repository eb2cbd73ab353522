import { couldBePregnant, isWithinTerms, solarTermOn } from '../../../../clinical/advice/index.ts'
import type { Bilingual } from '../../../../platform/contract/index.ts'
import type { Ground, Reason } from '../../contract/words.ts'
import type { Facts } from '../facts.ts'
import { isOfGroup } from '../medicines.ts'

/** ICD-10: pregnancy, childbirth and their supervision; not what ended early or came after. */
const PREGNANCY = /^(O0[9]|O[1-7]|Z3[345])/
/** Longer than any pregnancy: what was noted before is over. */
const PREGNANCY_DAYS = 300

/** The fact that answers a ground with yes; undefined where the record says no or nothing. */
export function matchOf(ground: Ground, facts: Facts, today: string): Reason | undefined {
  if ('condition' in ground) {
    const found = facts.conditions.find(({ code }) => ground.condition.some((prefix) => code.startsWith(prefix)))
    return found && reason('condition', same(found.name), found.on)
  }
  if ('medicine' in ground) {
    const taken = facts.medications.find(({ name }) => isOfGroup(name, ground.medicine))
    return taken && reason('medicine', same(taken.name), taken.on)
  }
  if ('allergy' in ground) {
    const found = facts.allergies.find(({ substance }) => sharesWord(substance, ground.allergy))
    return found && reason('allergy', same(found.substance), found.on)
  }
  if ('pregnancy' in ground) return pregnancyOf(facts, today)
  if ('tag' in ground) {
    const tag = facts.tags.find(({ code }) => code === ground.tag)
    return tag && reason('tag', tag.name, tag.on)
  }
  if ('risk' in ground) {
    const found = facts.risks.find(
      ({ instrument, band }) => instrument === ground.risk.instrument && ground.risk.bands.includes(band.code),
    )
    return found && reason('risk', pair(found.title, found.band.title), found.on)
  }
  if ('score' in ground) {
    const { questionnaire, bands } = ground.score
    const found = facts.scores.find((one) => one.questionnaire === questionnaire && bands.includes(one.band))
    return found && reason('score', found.text, found.on)
  }
  if ('constitution' in ground) {
    const codes = ground.constitution.flatMap((one) => [`constitution-${one}`, `constitution-${one}-tendency`])
    const tag = facts.tags.find(({ code }) => codes.includes(code))
    return tag && reason('constitution', withoutGroup(tag.name), tag.on)
  }
  if ('season' in ground) {
    const { from, to } = ground.season
    return isWithinTerms(today, from, to) ? reason('season', same(solarTermOn(today)), null) : undefined
  }
  if ('age' in ground) {
    const { from = 0, to = 200 } = ground.age
    const { ageYears } = facts
    const fits = ageYears !== null && ageYears >= from && ageYears <= to
    return fits ? reason('age', { zh: `${ageYears} 岁`, en: `${ageYears} years` }, null) : undefined
  }
  return measured(ground.indicator, facts, today)
}

function measured(
  { code, op, value, months }: Extract<Ground, { indicator: unknown }>['indicator'],
  facts: Facts,
  today: string,
): Reason | undefined {
  const newest = facts.observations.find((one) => one.code === code)
  if (!newest || newest.on < monthsBefore(today, months)) return undefined
  const holds = {
    '<': newest.value < value,
    '<=': newest.value <= value,
    '>=': newest.value >= value,
    '>': newest.value > value,
  }
  if (!holds[op]) return undefined
  const figure = `${newest.value} ${newest.unit}`.trim()
  return reason('indicator', { zh: `${newest.name.zh} ${figure}`, en: `${newest.name.en} ${figure}` }, newest.on)
}

/** A pregnancy on record that has not been over for long enough to be certain. */
export function pregnancyOf(facts: Facts, today: string): Reason | undefined {
  const found = facts.conditions.find(({ code, on }) => PREGNANCY.test(code) && daysApart(on, today) <= PREGNANCY_DAYS)
  return found && reason('pregnancy', same(found.name), found.on)
}

/** Whether the record leaves open what an obstacle asks: then the person is asked before a card is given. */
export function isSilent(
  ground: Ground,
  facts: Facts,
  today: string,
): 'pregnancy' | 'allergy' | 'medicine' | undefined {
  const { sex, ageYears, allergies, medications, absences } = facts
  if ('pregnancy' in ground)
    return sex !== 'male' && couldBePregnant(ageYears ?? 30) && !pregnancyOf(facts, today) ? 'pregnancy' : undefined
  if ('allergy' in ground) return allergies.length === 0 && !absences.includes('allergy') ? 'allergy' : undefined
  if ('medicine' in ground) return medications.length === 0 && !absences.includes('medication') ? 'medicine' : undefined
  return undefined
}

/** 花生过敏 and 花生 share a word, whichever is the longer. */
function sharesWord(substance: string, words: readonly string[]): boolean {
  const said = substance.toLowerCase()
  return words.some(
    (word) => said.includes(word.toLowerCase()) || (said.length > 1 && word.toLowerCase().includes(said)),
  )
}

function reason(kind: Reason['kind'], text: Bilingual, on: string | null): Reason {
  return { kind, text, on }
}

const same = (text: string): Bilingual => ({ zh: text, en: text })
const pair = (a: Bilingual, b: Bilingual): Bilingual => ({ zh: `${a.zh}：${b.zh}`, en: `${a.en}: ${b.en}` })

function daysApart(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000
}

/** The same day so many months earlier, or the last of that month. */
function monthsBefore(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10)
}

/** The reason says by itself that it speaks of the constitution. */
function withoutGroup({ zh, en }: Bilingual): Bilingual {
  return { zh: zh.replace(/^体质-/, ''), en: en.replace(/^Constitution: /, '') }
}
