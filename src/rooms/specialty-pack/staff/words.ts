import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale, type Tone } from '../../../platform/web/index.ts'
import { listProtocols } from '../../follow-up/contract/catalogue.ts'
import { listPacks, readPack, type PartView } from '../contract/specialty-pack.ts'

/** What shows something else after a pack was installed, updated or taken out. */
export const CHANGED = [listPacks, readPack, listProtocols]

export function useSaid(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en : text.zh)
}

/** How a part stands, in one word of the locale file and its colour. */
export function standingOf(part: PartView, isUsed: boolean): { key: string; tone: Tone } {
  if (part.plan === 'taken') return { key: 'taken', tone: 'due' }
  if (part.standing === 'in-force') return { key: 'in-force', tone: 'good' }
  if (part.standing === 'draft') return { key: part.kind === 'alert-rule' ? 'unconfirmed' : 'draft', tone: 'due' }
  if (part.standing === 'retired') return { key: 'retired', tone: 'plain' }
  return { key: isUsed ? 'absent' : 'coming', tone: 'plain' }
}
