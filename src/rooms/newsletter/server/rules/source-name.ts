import content from '../../content/source-names.json' with { type: 'json' }

const NAMES = new Map(Object.entries(content.names))
const CHINESE = /\p{Script=Han}/u

/**
 * Under which name the English edition gives a source; empty where it has none that is known, so that somebody writes one.
 * Of several sources all have to be known: half a list would say that the rest is not there. The chapter is left out.
 */
export function englishSource(source: string): string {
  if (!CHINESE.test(source)) return source.trim()
  const names = source.split('；').map((one) => NAMES.get(one.split('：')[0]!.trim()))
  return names.every((name) => name !== undefined) ? names.join('; ') : ''
}

/** The Chinese name where the English one should stand; so issues began once. */
export const isStillChinese = ({ zh, en }: { zh: string; en: string }): boolean =>
  en.trim() === zh.trim() && CHINESE.test(en)
