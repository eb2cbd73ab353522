import { inLanguage, type Form } from '../../../../clinical/questionnaire/index.ts'
import type { OutputOf } from '../../../../platform/contract/endpoint.ts'
import type { statistics } from '../../contract/questionnaire.ts'
import { inWords } from '../designer/scoring-words.ts'
import type { Words } from '../../contract/question-words.ts'

/**
 * The counts as they are shown, and nothing more: there is no file of single answers. With a mark at its head, so that
 * a spreadsheet reads the Chinese.
 */
export function csvOf(data: OutputOf<typeof statistics>, form: Form, { t, locale }: Words): string {
  const lines: (string | number)[][] = [
    [t('statistics.column.about'), t('statistics.column.what'), t('statistics.column.answer'), 'n'],
  ]
  for (const { linkId, answers, answered } of data.items) {
    const item = form.byLinkId.get(linkId)
    const text = item ? inLanguage(item.text, locale) : linkId
    lines.push([linkId, text, t('statistics.column.all'), answered])
    for (const { code, n } of answers) {
      const option = item?.options.find(
        ({ value }) => typeof value === 'object' && (value as { code?: string }).code === code,
      )
      lines.push([linkId, text, option ? inLanguage(option.text, locale) : code, n])
    }
  }
  const nameOf = (code: string) => form.scoring?.scores.find((one) => one.code === code)
  for (const { score, n, bins } of data.scores) {
    const rule = nameOf(score)
    const name = rule ? inWords(rule.name, locale) : score
    lines.push([score, name, t('statistics.column.all'), n])
    for (const bin of bins) lines.push([score, name, `${bin.from} ≤ … < ${bin.below}`, bin.n])
    for (const one of data.bands.filter((each) => each.score === score)) {
      const band = rule?.bands?.find(({ code }) => code === one.band)
      lines.push([score, name, band ? inWords(band.text, locale) : one.band, one.n])
    }
  }
  for (const known of ['spared', 'askedAgain'] as const) {
    lines.push([known, t(`statistics.known.${known}`), t('statistics.column.all'), data[known]])
    for (const one of data.months)
      if (one[known] !== null) lines.push([known, t(`statistics.known.${known}`), one.month, one[known]])
  }
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Quoted, and never a formula: a question may begin with "=". */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
