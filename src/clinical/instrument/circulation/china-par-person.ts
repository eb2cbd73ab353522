import type { InputSpecs } from '../core/input.ts'
import { form, type Computed, type Form } from '../core/instrument.ts'
import { ascvd, bpTreated, dbp, diabetes, hdlMgDl, hdlMmolL, sbp, sex, smoker, tcMgDl, tcMmolL } from './question.ts'

/** mmol/L in one mg/dL of cholesterol, as the official calculator of China-PAR has it; other models use 0.02586. */
export const MMOL_PER_MG_DL = 0.0259

/** What both equations of China-PAR read. Lipids in mg/dL, pressure in mmHg, waist in cm. */
export interface ChinaParPerson {
  sex: 'male' | 'female'
  ageYears: number
  regionNorth: boolean
  urban: boolean
  waistCm: number
  tcMgDl: number
  hdlMgDl: number
  sbp: number
  bpTreated: boolean
  diabetes: boolean
  currentSmoker: boolean
  familyHistory: boolean
}

/** People for whom the same inputs may be moved in a what-if. They are asked the same in every other way. */
export interface Audience {
  code: string
  has(person: Pick<ChinaParPerson, 'sex' | 'ageYears'>): boolean
  movable: { waist?: true; smoking?: true }
}

/**
 * Forms in mmol/L and mg/dL for each audience, the strictest audience first. Ranges are those of the official
 * calculator. HDL, diabetes and treatment never move: they mark risk, and changing them does not do what the sum says.
 */
export function chinaParForms(
  ages: { min: number; max: number },
  audiences: readonly Audience[],
  compute: (person: ChinaParPerson) => Computed,
): Form[] {
  return audiences.flatMap(({ code, has, movable }) => {
    const asked = personInputs(ages, movable)
    const appliesTo = (person: Pick<ChinaParPerson, 'sex' | 'ageYears'> & { ascvd?: boolean }) =>
      person.ascvd ? 'ascvd' : has(person) ? undefined : 'other-form'
    return [
      form({
        code: `${code}-mmol`,
        inputs: {
          ...asked,
          tcMmolL: { ...tcMmolL, min: 2, max: 11, movable: true },
          hdlMmolL: { ...hdlMmolL, min: 0.5, max: 4 },
        },
        appliesTo,
        compute: ({ tcMmolL, hdlMmolL, ...person }) =>
          compute({ ...person, tcMgDl: tcMmolL / MMOL_PER_MG_DL, hdlMgDl: hdlMmolL / MMOL_PER_MG_DL }),
      }),
      form({
        code: `${code}-mg`,
        inputs: {
          ...asked,
          tcMgDl: { ...tcMgDl, min: 80, max: 400, movable: true },
          hdlMgDl: { ...hdlMgDl, min: 20, max: 130 },
        },
        appliesTo,
        compute,
      }),
    ]
  })
}

function personInputs(ages: { min: number; max: number }, movable: Audience['movable']) {
  return {
    sex,
    ageYears: { kind: 'number', unit: 'a', ...ages, integer: true, zh: '年龄', en: 'age' },
    regionNorth: { kind: 'yes-no', zh: '常住地在长江以北', en: 'lives north of the Yangtze' },
    urban: { kind: 'yes-no', zh: '常住城镇', en: 'lives in a town' },
    waistCm: {
      kind: 'number',
      unit: 'cm',
      min: 50,
      max: 130,
      zh: '腰围',
      en: 'waist',
      indicator: 'waist',
      movable: movable.waist,
    },
    sbp: { ...sbp, min: 70, max: 200, movable: true },
    dbp: { ...dbp, min: 40, max: 140, optional: true, zh: '舒张压（不参与计算，可不填）' },
    bpTreated,
    diabetes,
    currentSmoker: { ...smoker, movable: movable.smoking },
    familyHistory: { kind: 'yes-no', zh: '父母或兄弟姐妹有心梗或脑卒中', en: 'parent or sibling with ASCVD' },
    ascvd,
  } as const satisfies InputSpecs
}

/** The same person as the official calculator's "ideal": good values, untreated, no diabetes, smoking or family history. */
export function idealTwin(person: ChinaParPerson): ChinaParPerson {
  return {
    ...person,
    tcMgDl: 200,
    hdlMgDl: 40,
    sbp: 120,
    bpTreated: false,
    waistCm: person.sex === 'male' ? 90 : 85,
    diabetes: false,
    currentSmoker: false,
    familyHistory: false,
  }
}

/** Σβx over the terms that a set names; women have no term for town and family history. */
export function weightedSum(beta: Readonly<Record<string, number>>, person: ChinaParPerson): number {
  const lnAge = Math.log(person.ageYears)
  const lnSbpTreated = person.bpTreated ? Math.log(person.sbp) : 0
  const lnSbpUntreated = person.bpTreated ? 0 : Math.log(person.sbp)
  const terms: Record<string, number> = {
    lnAge,
    lnSbpTreated,
    lnSbpUntreated,
    lnTcMgDl: Math.log(person.tcMgDl),
    lnHdlMgDl: Math.log(person.hdlMgDl),
    lnWaistCm: Math.log(person.waistCm),
    smoker: Number(person.currentSmoker),
    diabetes: Number(person.diabetes),
    north: Number(person.regionNorth),
    urban: Number(person.urban),
    familyHistory: Number(person.familyHistory),
    'lnAge*lnSbpTreated': lnAge * lnSbpTreated,
    'lnAge*lnSbpUntreated': lnAge * lnSbpUntreated,
    'lnAge*smoker': lnAge * Number(person.currentSmoker),
    'lnAge*familyHistory': lnAge * Number(person.familyHistory),
  }
  return Object.entries(beta).reduce((sum, [term, weight]) => sum + weight * terms[term]!, 0)
}
