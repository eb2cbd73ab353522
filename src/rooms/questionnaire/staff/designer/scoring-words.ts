import {
  inLanguage,
  scoredItem,
  type Action,
  type Band,
  type Form,
  type Rule,
  type Score,
  type Test,
} from '../../../../clinical/questionnaire/index.ts'
import { numbersOf, questionName, spaced, type Words } from '../../contract/question-words.ts'

type Said = { zh: string; en: string }
export const inWords = (words: Said, locale: string) => (locale === 'en' ? words.en : words.zh)

/** How a score comes about: 第 1–9 题的分数相加；第 3 题反向计分；缺答时不计分。 */
export function scoreSentence(form: Form, score: Score, { t, locale }: Words, numbers = numbersOf(form)): string {
  const items = score.items.map(scoredItem)
  const nameOf = (linkId: string) => {
    const n = numbers.get(linkId)
    return n === undefined ? inLanguage(form.byLinkId.get(linkId)?.text ?? { text: '' }, locale) || linkId : n
  }
  const listed = (all: readonly { linkId: string }[]) =>
    itemList(
      all.map(({ linkId }) => nameOf(linkId)),
      { t, locale },
    )
  const parts = [t(`design.score.how.${score.method}`, { items: listed(items), from: score.countFrom ?? 0 })]
  const turned = items.filter(({ reverse }) => reverse)
  if (turned.length > 0) parts.push(t('design.score.reversed', { items: listed(turned) }))
  const weighted = score.method === 'weighted' ? items.filter(({ weight }) => weight !== undefined && weight !== 1) : []
  for (const one of weighted) parts.push(t('design.score.weighted', { items: listed([one]), weight: one.weight! }))
  if (score.add) parts.push(t('design.score.added', { add: score.add }))
  if (score.multiply !== undefined && score.multiply !== 1)
    parts.push(t('design.score.multiplied', { multiply: score.multiply }))
  if (score.round) parts.push(t(`design.score.round.${score.round}`))
  parts.push(missingWords(score, { t, locale }))
  return spaced(parts.join(t('design.score.semicolon')))
}

export function missingWords({ missing = 'refuse' }: Score, { t }: Words): string {
  return typeof missing === 'object'
    ? t('design.score.missing.prorate', { count: missing.prorateUpTo })
    : t(`design.score.missing.${missing}`)
}

/** 第 1–4、7 题 for numbers in a row; names for what has none. */
function itemList(names: readonly (number | string)[], { t }: Words): string {
  const numbers = names.filter((one): one is number => typeof one === 'number').toSorted((a, b) => a - b)
  const runs: string[] = []
  for (let i = 0; i < numbers.length; i++) {
    const start = numbers[i]!
    while (numbers[i + 1] === numbers[i]! + 1) i++
    const end = numbers[i]!
    runs.push(
      start === end ? String(start) : end === start + 1 ? `${start}${t('design.says.comma')}${end}` : `${start}–${end}`,
    )
  }
  const others = names
    .filter((one): one is string => typeof one === 'string')
    .map((text) => t('design.says.unnumbered', { text }))
  const numbered = runs.length > 0 ? [t('design.says.numbers', { numbers: runs.join(t('design.says.comma')) })] : []
  return [...numbered, ...others].join(t('design.says.comma'))
}

/** 5–9 分; the end that is said is the last whole number below. */
export function limitsWords({ from, below }: { from?: number; below?: number }, { t }: Words): string {
  const isWhole = [from ?? 0, below ?? 0].every(Number.isInteger)
  if (from === undefined && below === undefined) return t('design.band.any')
  if (from === undefined)
    return t(isWhole ? 'design.band.upTo' : 'design.band.below', { below: isWhole ? below! - 1 : below! })
  if (below === undefined) return t('design.band.from', { from })
  if (!isWhole) return t('design.band.between', { from, below })
  return below - 1 === from ? t('design.band.exactly', { from }) : t('design.band.range', { from, to: below - 1 })
}

/** The limits of a band with its tests over other scores and single answers. */
export function bandWhen(band: Band, score: Score, scores: readonly Score[], words: Words, form?: Form): string {
  const { t, locale } = words
  const own = band.from === undefined && band.below === undefined ? '' : limitsWords(band, words)
  if (!band.when) return own || limitsWords(band, words)
  const any = band.when
    .map((tests) =>
      tests
        .map((one) => {
          if (one.linkId !== undefined) return answerWhen(one, one.linkId, words, form)
          const other = scores.find(({ code }) => code === (one.score ?? score.code))
          return t('design.band.test', {
            score: other ? inWords(other.name, locale) : one.score!,
            limits: limitsWords(one, words),
          })
        })
        .join(t('design.says.join.all')),
    )
    .join(t('design.says.join.any'))
  return own ? `${own}${t('design.says.join.any')}${any}` : any
}

/** “您的性别”选了“女”; of a number its limits. */
function answerWhen(test: Test, linkId: string, words: Words, form?: Form): string {
  const { t, locale } = words
  const question = form ? questionName(form, linkId, words) : linkId
  const { from = -Infinity, below = Infinity } = test
  const chosen = (form?.byLinkId.get(linkId)?.options ?? []).filter(
    ({ weight }) => weight !== undefined && weight >= from && weight < below,
  )
  if (chosen.length === 0) return t('design.band.test', { score: question, limits: limitsWords(test, words) })
  return chosen
    .map(({ text }) => t('design.says.chose', { question, value: inLanguage(text, locale) }))
    .join(t('design.says.join.any'))
}

/** @param called how the list of tags or cards calls it; an act keeps its name beside the code for where nobody knows it */
export function actionWords(action: Action, { t, locale }: Words, called?: string): string {
  const text = called ?? (action.text ? inWords(action.text, locale) : action.code)
  const days =
    action.days === undefined
      ? ''
      : t(`design.action.${action.kind === 'tag' ? 'lasts' : 'within'}`, { count: action.days })
  return t(`design.action.says.${action.kind}`, { text }) + days
}

export function ruleWords(form: Form, rule: Rule, words: Words): string {
  const { t } = words
  const any = rule.when
    .map((one) =>
      t('design.rule.test', { question: questionName(form, one.linkId, words), limits: limitsWords(one, words) }),
    )
    .join(t('design.says.join.any'))
  return t('design.rule.when', { what: any })
}
