/** Whether a text holds a Han character. */
export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

/**
 * A name as it is kept: composed (NFC), single blanks, the one interpunct `·` of transcribed names. Chinese names hold
 * no blanks (`张 三` is 张三); names in other scripts keep theirs.
 */
export function tidyName(text: string): string {
  const composed = text
    .normalize('NFC')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
  const pointed = composed.replace(/ ?[·•・‧∙⋅．・] ?/g, '·').replace(/(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu, '·')
  return pointed.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

/**
 * A name has a letter of some script, no digit, no control or mathematical character, at most 100 characters; between
 * Han characters no comma either, for those are two people in one field.
 */
export function isName(text: string): boolean {
  if ([...text].length > 100 || !/\p{L}/u.test(text) || (hasHan(text) && text.includes(','))) return false
  return !/[\p{Cc}\p{Nd}<>{}[\]\\|@#$%^*=+~`"，；：？！、。;:?!/]/u.test(text)
}

/** Whether two names are the same person's, as far as writing goes: case, blanks, points and accents aside. */
export function sameName(one: string, other: string): boolean {
  return foldName(one) === foldName(other)
}

/** A name brought into the form it is compared and looked up in. */
export function foldName(name: string): string {
  return tidyName(name)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[·\s'’.-]+/g, '')
}
