import content from '../content/barred.json' with { type: 'json' }
import { addDays } from '../../../platform/clock.ts'

export interface Barred {
  /** As it was written. */
  word: string
  instead: { zh: string; en: string }
}

const GROUPS = content.groups.map(({ patterns, instead }) => ({
  pattern: new RegExp(patterns.join('|'), 'iu'),
  instead,
}))

/**
 * Words that say what somebody could be talked into, or pass judgement on them, with what to write in their place (R2, R8).
 * Spaces and signs between the characters of a Chinese word do not hide it.
 */
export function barredIn(text: string): Barred | undefined {
  const plain = text.normalize('NFKC')
  const close = plain.replace(/(?<=\p{Script=Han})[\s·.,，。、_*-]+(?=\p{Script=Han})/gu, '')
  for (const { pattern, instead } of GROUPS) {
    const found = pattern.exec(plain) ?? pattern.exec(close)
    if (found) return { word: found[0], instead }
  }
  return undefined
}

/** What was heard so long ago is worth asking again. */
const OLD_DAYS = 365

export function isOld(heardOn: string, today: string): boolean {
  return heardOn < addDays(today, -OLD_DAYS)
}
