/**
 * What two printings of one item name have in common: full and half width, case, blanks, stars, dashes and brackets
 * are levelled; `#`, `%` and `/` stay because they tell items apart.
 */
export function nameKey(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\-‐‑–—−_·・.,:;'"+*()[\]{}<>【】〔〕★☆▲△●◆■※]/g, '')
      // Scanned and typed by hand: 一 for the dash behind a letter (C一反应蛋白), r or y for γ
      .replace(/(?<=[a-z])一/g, '')
      .replace(/^[ry](?=谷氨酰|gt)/, 'γ')
  )
}

/**
 * `丙氨酸氨基转移酶(ALT)`, `(干化学)葡萄糖` and `总胆固醇TC` have a main part and an addition: [main part, addition];
 * undefined if there is one part only.
 */
export function splitName(text: string): [string, string] | undefined {
  const flat = text.normalize('NFKC').replace(/【|〔/g, '(').replace(/】|〕/g, ')').trim()
  const inFront = /^[([]([^()[\]]+)[)\]]([^()[\]]+)$/.exec(flat)
  if (inFront) return [inFront[2]!, inFront[1]!]
  const bracket = /^([^()[\]]+)[([]([^()[\]]+)[)\]]([^()[\]]*)$/.exec(flat)
  if (bracket) return [bracket[1]! + bracket[3]!, bracket[2]!]
  const slash = /^([^/]+)\/(.+)$/.exec(flat)
  if (slash) return [slash[1]!, slash[2]!]
  const mixed = /^(.*\p{Script=Han})\s*([a-z][a-z0-9 #%-]*)$/iu.exec(flat)
  if (mixed) return [mixed[1]!, mixed[2]!]
  return undefined
}
