import { sql, type RawBuilder } from 'kysely'
import type { Purpose, Sensitivity } from '../../../../platform/condition/fact.ts'

/**
 * Codes that tell of mind and mood, by prefix. ICD-10 (WHO, 2019): chapter V (F00–F99), intentional self-harm (X60–X84)
 * and its sequelae (Y87.0), emotional state (R45), personal and family history of these (Z81, Z86.5, Z91.5), psychiatric
 * examination, observation and screening (Z00.4, Z03.2, Z13.3). ICD-9-CM-3: 94, procedures related to the psyche.
 * ATC (WHO): N05 psycholeptics, N06 psychoanaleptics, N07B drugs used in addictive disorders.
 */
const CONDITIONS = [
  'F',
  ...Array.from({ length: 25 }, (_, n) => `X${60 + n}`),
  'Y87.0',
  'R45',
  'Z81',
  'Z86.5',
  'Z91.5',
  'Z00.4',
  'Z03.2',
  'Z13.3',
]
const PROCEDURES = ['94']
const MEDICATIONS = ['N05', 'N06', 'N07B']

/** Words by which a department, a procedure or a visit tells the same. */
const WORDS = '精神|心理|心身|成瘾|戒毒|戒酒|psych|mental'

export const conditionSensitivity = (codes: readonly string[]) => sensitivityOf(codes, CONDITIONS)
export const procedureSensitivity = (codes: readonly string[]) => sensitivityOf(codes, PROCEDURES)
export const medicationSensitivity = (codes: readonly string[]) => sensitivityOf(codes, MEDICATIONS)
export const departmentSensitivity = (words: readonly string[]): Sensitivity =>
  words.some(
    (word) => new RegExp(WORDS, 'i').test(word) || WORDS.split('|').some((one) => one.includes(word.toLowerCase())),
  )
    ? 'mental'
    : 'ordinary'

/** A prefix tells of it when it lies within one of these, or one of these lies within it. */
function sensitivityOf(codes: readonly string[], mental: readonly string[]): Sensitivity {
  const touches = (code: string) => mental.some((one) => code.startsWith(one) || one.startsWith(code))
  return codes.some((code) => touches(code.toUpperCase())) ? 'mental' : 'ordinary'
}

/** For an audience, leaves procedures out that tell of it although the test names none. */
export function procedureRowsFor(purpose: Purpose): RawBuilder<unknown> {
  return purpose === 'care' ? sql`` : sql`and not starts_with(c.code, '94') and c.name !~* ${WORDS}`
}

/** The same for rows of any table, by the words in these columns. */
export function ofNoMind(purpose: Purpose, ...columns: string[]): RawBuilder<unknown> {
  return purpose === 'care'
    ? sql``
    : sql.join(
        columns.map((column) => sql`and ${sql.ref(column)} !~* ${WORDS}`),
        sql` `,
      )
}

/** For visits, by department and title. */
export function encounterRowsFor(purpose: Purpose): RawBuilder<unknown> {
  return ofNoMind(purpose, 'e.department', 'e.title')
}
