import type { ReadContext } from '../../../platform/context/context.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { BodyView } from '../contract/advice.ts'
import type { Ground } from '../contract/words.ts'
import type { Facts } from './facts.ts'
import { BODY_CODES, gatherFacts } from './facts-store.ts'
import { matchOf } from './rules/match.ts'

/** Facts that energy or exercise must mind; names are replaced by those of the record. */
const GROUNDS = {
  pregnant: { pregnancy: true },
  eatingDisorder: ofCodes('F50'),
  dialysis: ofCodes('Z99.2', 'Z49'),
  betaBlocker: { medicine: 'beta-blocker' },
  hypoglycaemiaDrug: { medicine: 'hypoglycaemia' },
  diabetes: ofCodes('E10', 'E11', 'E12', 'E13', 'E14'),
  kneeOrHip: ofCodes('M16', 'M17'),
  osteoporosis: ofCodes('M80', 'M81'),
  retinopathy: ofCodes('H36.0', 'E10.3', 'E11.3'),
} as const satisfies Record<string, Ground>

function ofCodes(...condition: string[]): Ground {
  return { condition, name: { zh: '-', en: '-' } }
}

export type BodyFacts = Record<keyof typeof GROUNDS, { name: string; on: string | null } | null>

export function bodyFacts(facts: Facts, today: string): BodyFacts {
  const found = Object.entries(GROUNDS).map(([key, ground]) => {
    const fact = matchOf(ground as Ground, facts, today)
    return [key, fact ? { name: fact.text!.zh, on: fact.on } : null]
  })
  return Object.fromEntries(found) as BodyFacts
}

/** What the record knows of a person's body: the calculators begin with it and show where each value is from. */
export async function showBody(ctx: ReadContext, patientId: string): Promise<BodyView> {
  const person = await requireVisible(ctx, patientId)
  const facts = await gatherFacts(ctx, person, BODY_CODES)
  const valueOf = (code: (typeof BODY_CODES)[number]) => {
    const found = facts.observations.find((one) => one.code === code)
    return found ? { value: found.value, on: found.on } : null
  }
  return {
    sex: person.sex as BodyView['sex'],
    ageYears: facts.ageYears,
    heightCm: valueOf('height'),
    weightKg: valueOf('weight'),
    bmi: valueOf('bmi'),
    sbp: valueOf('sbp'),
    dbp: valueOf('dbp'),
    restingHr: valueOf('hr'),
    glucose: valueOf('fpg'),
    egfr: valueOf('egfr'),
    uacr: valueOf('uacr'),
    ...bodyFacts(facts, ctx.today),
    medicinesKnown: facts.medications.length > 0 || facts.absences.includes('medication'),
  }
}
