import type { ConsentText, ModuleName } from '../contract/growth.ts'
import programme from '../content/programme.json' with { type: 'json' }

/** The text that guardians agree to. Another text is another version. */
export const CONSENT: ConsentText = programme.consent

/** What every child begins with, by module. */
export const FIRST_ITEMS = programme.items as {
  module: ModuleName
  afterDays: number
  title: { zh: string; en: string }
}[]

export const MEASURE_EVERY_DAYS: number = programme.measureEveryDays
