/** The signs a message is divided by. An empty sign divides nothing. */
export type Separators = {
  field: string
  component: string
  repetition: string
  escape: string
  subcomponent: string
  /** MSH-2 was written `^~\\&`: the sender doubled its escape signs, probably everywhere. */
  doubled: boolean
}

export const STANDARD: Separators = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
  doubled: false,
}

/**
 * Reads MSH-1 and MSH-2 from the header line. Seen in the field: `^~&` (a programming language swallowed the
 * backslash), `^~\\&` (doubled), five signs of version 2.7 (the last marks truncation), and nothing at all.
 */
export function separatorsOf(header: string): Separators {
  const field = header[3] ?? '|'
  const end = header.indexOf(field, 4)
  const signs = header.slice(4, end < 0 ? 9 : end).trim()
  const [component = '^', repetition = '~', third = '', fourth = '', fifth = ''] = signs
  if (signs.length < 2) return { ...STANDARD, field }
  if (signs.length < 4) {
    const isEscape = third === '\\'
    return {
      field,
      component,
      repetition,
      escape: isEscape ? third : '',
      subcomponent: isEscape ? '&' : third,
      doubled: false,
    }
  }
  if (third === fourth && fifth !== '') {
    return { field, component, repetition, escape: third, subcomponent: fifth, doubled: true }
  }
  return {
    field,
    component,
    repetition,
    escape: third,
    subcomponent: fourth === component ? '' : fourth,
    doubled: false,
  }
}
