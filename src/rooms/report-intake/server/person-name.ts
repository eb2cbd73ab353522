import { hasHan, isCompoundSurname } from './dialect.ts'

export type ReadName = { name?: string; pinyin?: string }

/**
 * The name among the components of an HL7 name. Chinese senders write `姓名`, `PINYIN^姓名`, `^姓名` or `姓名^pinyin`:
 * the Han component is the name and the other its spelling; they are never put together. Only a family name that
 * cannot be a whole name (one character, or a known compound) followed by a Han given name is the standard's
 * own division and joined.
 */
export function readName(components: string[]): ReadName {
  const [family = '', given = '', middle = ''] = components.map(withoutBlanksInHan)
  const isHanFamily = hasHan(family)
  const isHanGiven = hasHan(given)
  if (isHanFamily && isHanGiven) {
    const isPart = [...family].length === 1 || isCompoundSurname(family)
    return { name: isPart && !given.startsWith(family) ? family + given : family }
  }
  if (isHanFamily) return { name: family, ...spelling(given) }
  if (isHanGiven) return { name: given, ...spelling(family) }
  const han = components.slice(0, 4).find(hasHan)
  if (han) return { name: withoutBlanksInHan(han), ...spelling([family, given].filter(Boolean).join(' ')) }
  const latin = [given, middle, family].filter(Boolean).join(' ')
  return latin === '' ? {} : { name: latin }
}

/** Of several names (repetitions) the one in Han; its spelling may stand in another. */
export function chooseName(names: ReadName[]): ReadName {
  const chosen = names.find((one) => one.name && hasHan(one.name)) ?? names.find((one) => one.name) ?? {}
  if (chosen.pinyin || !chosen.name || !hasHan(chosen.name)) return chosen
  const spelled = names.find((one) => one.name && !hasHan(one.name))
  return { ...chosen, ...spelling(spelled?.name ?? '') }
}

function spelling(text: string): { pinyin?: string } {
  return /^[a-zA-Z\u00c0-\u024f' .-]*[a-zA-Z][a-zA-Z\u00c0-\u024f' .-]*$/.test(text) ? { pinyin: text } : {}
}

function withoutBlanksInHan(text: string): string {
  return hasHan(text) && text.includes(' ') ? text.replace(/(?<=\P{ASCII})\s+(?=\P{ASCII})/gu, '') : text
}
