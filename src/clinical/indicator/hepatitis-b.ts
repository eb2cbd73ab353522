import { indicatorByCode } from './indicator.ts'

/**
 * LOINC codes whose component is hepatitis B virus: surface, e and core antigens and antibodies, DNA. Compared with public
 * value sets, not with a whole LOINC release: a code that is missing here is still known by its name.
 */
const LOINC = new Set(
  `5195-3 5196-1 5197-9 58452-4 63557-3 75410-1 65633-0 7905-3 22322-2 10900-9 16935-9 5193-8 49177-9 48070-7 31844-4
   13954-3 31845-1 5191-2 22320-6 13953-5 22321-4 5189-6 41151-2 33463-1 16933-4 13952-7 22316-4 51914-0 31204-1 24113-3
   5185-4 42595-9 29615-2 47216-7 29610-3 20442-0`.split(/\s+/),
)

/** What laboratories print: 乙肝两对半, HBsAg, 抗-HBc, HBV-DNA, 表面抗原, e抗体, 大三阳, 前S1抗原. Hb, HbA1c, HbS and HbE are haemoglobin. */
const NAMED = [
  /乙肝|乙型?(?:病毒性?)?肝炎|两对半|[大小]三阳|表面抗[原体]|核心抗[原体]|前\s?s[12]|pre\W?s[12]\b/iu,
  /hb\W{0,2}[sec]\W{0,2}(?:ag|ab)|hbv|(?:anti|抗)\W{0,2}hb\W?[sec]|hep(?:atitis)?\W{0,2}b\b|(?:^|[^a-z])e\s?抗[原体]/iu,
  // Only so written: HBs is the virus, HbS a haemoglobin.
  /\bHB[sec]\b/u,
]

/** Whether a text tells of hepatitis B, such as an item's name or a sentence of a finding. */
export function tellsOfHepatitisB(text: string): boolean {
  const folded = text.normalize('NFKC')
  return NAMED.some((pattern) => pattern.test(folded))
}

/**
 * Whether an item is about hepatitis B: such results are printed apart and handed to the person alone
 * (卫生部办公厅关于进一步规范乙肝项目检测的通知, 2011). Errs on the safe side.
 * @param item.code ours, or a laboratory's own as `local:<system>|<code>`
 * @param item.texts whatever else is known: printed name, name of the panel, result in words
 */
export function isHepatitisB({
  code,
  texts = [],
}: {
  code: string
  texts?: readonly (string | null | undefined)[]
}): boolean {
  const own = indicatorByCode(code)
  if (own) return own.names.some(tellsOfHepatitisB) || texts.some((text) => !!text && tellsOfHepatitisB(text))
  const bare = code.slice(code.lastIndexOf('|') + 1)
  return LOINC.has(bare) || [bare, ...texts].some((text) => !!text && tellsOfHepatitisB(text))
}

/** A narrative without its sentences about hepatitis B, and those sentences. */
export function withoutHepatitisB(text: string): { text: string; apart: string[] } {
  if (!tellsOfHepatitisB(text)) return { text, apart: [] }
  const sentences = text.split(/(?<=[。；;！!\n])|(?<=\.)\s+/u)
  return {
    text: sentences
      .filter((one) => !tellsOfHepatitisB(one))
      .join('')
      .trim(),
    apart: sentences.filter(tellsOfHepatitisB).map((one) => one.trim()),
  }
}
