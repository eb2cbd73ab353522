import type { Bilingual } from '../../../platform/contract/index.ts'

/** What is known of a person, as far as cards ask. All of it stands today. */
export interface Facts {
  sex: string
  ageYears: number | null
  conditions: readonly { code: string; name: string; on: string }[]
  medications: readonly { name: string; on: string }[]
  allergies: readonly { substance: string; on: string }[]
  /** Of what the record says that there is none. */
  absences: readonly string[]
  observations: readonly { code: string; value: number; name: Bilingual; unit: string; on: string }[]
  /** `isRefused`: nothing is proposed by it, as the person wishes; it still speaks against a card. */
  tags: readonly { code: string; name: Bilingual; on: string; isRefused?: boolean }[]
  risks: readonly { instrument: string; title: Bilingual; band: { code: string; title: Bilingual }; on: string }[]
  scores: readonly { questionnaire: string; band: string; text: Bilingual; on: string }[]
}
