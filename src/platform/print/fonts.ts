import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fontCoverage, type Coverage } from './font-coverage.ts'

/**
 * The typefaces of what is printed. Each weight costs 10 MB on disk, so two are enough: text and emphasis. System fonts are
 * not used: the same paper has to look the same on every machine.
 */
const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
const regular = join(folder, '400Regular', 'NotoSansSC_400Regular.ttf')
export const FONT_PATHS = [regular, join(folder, '600SemiBold', 'NotoSansSC_600SemiBold.ttf')]

/**
 * Raised and lowered figures (×10⁹/L) are not in Noto Sans SC beyond ¹²³; the compiler brings DejaVu Sans Mono with
 * it, and the templates name it for exactly these.
 */
const RAISED_AND_LOWERED = '⁰⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉'

let noto: Coverage | undefined

/** True when a paper can show this character. Reads the font's table on first use (about 5 ms). */
export function canShow(character: string): boolean {
  noto ??= fontCoverage(regular)
  return noto(character.codePointAt(0)!) || RAISED_AND_LOWERED.includes(character)
}
