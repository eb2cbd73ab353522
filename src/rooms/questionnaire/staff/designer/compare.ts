import {
  inLanguage,
  read,
  walk,
  type Form,
  type Item,
  type Option,
  type Scoring,
} from '../../../../clinical/questionnaire/index.ts'
import { kindWord } from './kind-word.ts'
import { logicSentence, questionName, type Words } from '../../contract/question-words.ts'
import { actionWords, bandWhen, inWords, ruleWords, scoreSentence } from './scoring-words.ts'

/** One change between two versions, as a person would say it. */
export interface Change {
  /** What it is about: the questionnaire, a question, or the scoring. */
  about: 'form' | 'item' | 'scoring'
  /** The question's id in the newer version, or in the older where it is gone. */
  linkId?: string
  text: string
}

const LANGUAGES = ['zh-CN', 'en'] as const
const other = (words: Words): string => (words.locale === 'en' ? 'zh-CN' : 'en')

/** What changed from one definition to another: whole questions, their words, options, logic, and the scoring. */
export function compareDefinitions(before: unknown, after: unknown, words: Words): Change[] {
  const [old, now] = [read(before).form, read(after).form]
  return [...formChanges(old, now, words), ...itemChanges(old, now, words), ...scoringChanges(old, now, words)]
}

function formChanges(old: Form, now: Form, { t }: Words): Change[] {
  return LANGUAGES.flatMap((language): Change[] => {
    const [from, to] = [inLanguage(old.title, language), inLanguage(now.title, language)]
    return from === to ? [] : [{ about: 'form', text: t('design.change.title', { from, to }) }]
  }).filter((one, at, all) => all.findIndex(({ text }) => text === one.text) === at)
}

function itemChanges(old: Form, now: Form, words: Words): Change[] {
  const { t } = words
  const gone = [...walk(old.items)].filter(({ linkId }) => !now.byLinkId.has(linkId))
  const changes: Change[] = gone.map((item) => ({
    about: 'item',
    linkId: item.linkId,
    text: t('design.change.removed', { question: questionName(old, item.linkId, words) }),
  }))
  const stayed = movedItems(old, now)
  for (const item of walk(now.items)) {
    const before = old.byLinkId.get(item.linkId)
    const question = questionName(now, item.linkId, words)
    const say = (key: string, values: Record<string, string | number> = {}) =>
      void changes.push({
        about: 'item',
        linkId: item.linkId,
        text: t(`design.change.${key}`, { question, ...values }),
      })
    if (!before) {
      say('added')
      continue
    }
    if (stayed.has(item.linkId)) say('moved')
    for (const [key, values] of differences(before, item, old, now, words)) say(key, values)
  }
  return changes
}

/** Items that stand elsewhere: in another group, or out of the longest order that both versions share. */
function movedItems(old: Form, now: Form): Set<string> {
  const orderOf = (form: Form, within: Form) =>
    [...walk(form.items)].map(({ linkId }) => linkId).filter((one) => within.byLinkId.has(one))
  const [a, b] = [orderOf(old, now), orderOf(now, old)]
  const kept = new Set(longestCommon(a, b))
  return new Set(
    b.filter(
      (linkId) =>
        !kept.has(linkId) || old.byLinkId.get(linkId)!.parent?.linkId !== now.byLinkId.get(linkId)!.parent?.linkId,
    ),
  )
}

/** The longest order that two lists of the same ids share: the longest rising run of places. */
function longestCommon(a: readonly string[], b: readonly string[]): string[] {
  const place = new Map(b.map((one, at) => [one, at]))
  const tails: number[] = []
  const previous = new Map<number, number>()
  for (const one of a) {
    const at = place.get(one)!
    let i = tails.findIndex((tail) => tail >= at)
    if (i < 0) i = tails.length
    if (i > 0) previous.set(at, tails[i - 1]!)
    tails[i] = at
  }
  const found: string[] = []
  for (let at = tails.at(-1); at !== undefined; at = previous.get(at)) found.unshift(b[at]!)
  return found
}

type Difference = [key: string, values?: Record<string, string | number>]

function differences(before: Item, after: Item, old: Form, now: Form, words: Words): Difference[] {
  const { t, locale } = words
  const found: Difference[] = []
  const text = (item: Item, language: string) => inLanguage(item.text, language)
  if (text(before, locale) !== text(after, locale))
    found.push(['text', { from: text(before, locale), to: text(after, locale) }])
  else if (text(before, other(words)) !== text(after, other(words)))
    found.push(['translation', { to: text(after, other(words)) }])
  if (kindWord(before, words) !== kindWord(after, words))
    found.push(['kind', { from: kindWord(before, words), to: kindWord(after, words) }])
  for (const flag of ['required', 'hidden', 'readOnly'] as const)
    if (before[flag] !== after[flag]) found.push([`${flag}${after[flag] ? 'On' : 'Off'}`])
  const [was, is] = [logicSentence(old, before, words), logicSentence(now, after, words)]
  if (was !== is) found.push(['logic', { from: was || t('design.says.always'), to: is || t('design.says.always') }])
  for (const rule of ['calculated', 'initialBy', 'optionsBy'] as const)
    if (before[rule]?.text !== after[rule]?.text) found.push(['formula', { to: after[rule]?.text ?? '—' }])
  const [limits, newLimits] = [limitWords(before), limitWords(after)]
  if (limits !== newLimits) found.push(['limits', { from: limits || '—', to: newLimits || '—' }])
  const constraints = (item: Item) =>
    item.constraints.map(({ expression, human }) => `${expression.text} ${inLanguage(human, locale)}`).join()
  if (constraints(before) !== constraints(after)) found.push(['constraints'])
  const codes = (item: Item) => item.code.map(({ system, code }) => `${system}|${code}`).join()
  if (
    codes(before) !== codes(after) ||
    before.observationDays !== after.observationDays ||
    before.extracts !== after.extracts
  )
    found.push(['record'])
  return [...found, ...optionChanges(before, after, words)]
}

const limitWords = (item: Item): string =>
  [
    item.minValue === undefined ? '' : `≥ ${plain(item.minValue)}`,
    item.maxValue === undefined ? '' : `≤ ${plain(item.maxValue)}`,
    item.minLength === undefined ? '' : `${item.minLength}+`,
    item.maxLength === undefined ? '' : `…${item.maxLength}`,
    item.units.map(({ unit }) => unit).join('/'),
    item.regex ?? '',
  ]
    .filter(Boolean)
    .join(' ')

const plain = (value: unknown): string =>
  typeof value === 'object' && value !== null ? String((value as { value?: unknown }).value ?? '') : String(value)

const keyOf = ({ value }: Option): string =>
  typeof value === 'object'
    ? `${(value as { system?: string }).system}|${(value as { code?: string }).code}`
    : String(value)

function optionChanges(before: Item, after: Item, { locale }: Words): Difference[] {
  const old = new Map(before.options.map((option) => [keyOf(option), option]))
  const now = new Map(after.options.map((option) => [keyOf(option), option]))
  const found: Difference[] = []
  for (const [key, option] of now) {
    const was = old.get(key)
    const text = inLanguage(option.text, locale)
    if (!was) found.push(['optionAdded', { option: text }])
    else {
      if (inLanguage(was.text, locale) !== text)
        found.push(['optionText', { from: inLanguage(was.text, locale), to: text }])
      if (was.weight !== option.weight)
        found.push(['points', { option: text, from: was.weight ?? '—', to: option.weight ?? '—' }])
    }
  }
  for (const [key, option] of old)
    if (!now.has(key)) found.push(['optionRemoved', { option: inLanguage(option.text, locale) }])
  return found
}

function scoringChanges(old: Form, now: Form, words: Words): Change[] {
  const { t, locale } = words
  const empty: Scoring = { scores: [] }
  const [before, after] = [old.scoring ?? empty, now.scoring ?? empty]
  const lines = (form: Form, scoring: Scoring) =>
    new Map<string, string>([
      ...scoring.scores.map((score): [string, string] => [
        `score ${score.code}`,
        `${inWords(score.name, locale)}${t('design.says.colon')}${scoreSentence(form, score, words)}`,
      ]),
      ...scoring.scores.flatMap((score) =>
        (score.bands ?? []).map((band): [string, string] => [
          `band ${score.code} ${band.code}`,
          [
            `${inWords(score.name, locale)} ${bandWhen(band, score, scoring.scores, words, form)}${t('design.says.colon')}${inWords(band.text, locale)}`,
            ...(band.tone ? [t(`design.tone.${band.tone}`)] : []),
            ...(band.advice ? [inWords(band.advice, locale)] : []),
            ...(band.forStaff ? [inWords(band.forStaff, locale)] : []),
            ...(band.actions ?? []).map((action) => actionWords(action, words)),
          ].join(t('design.score.semicolon')),
        ]),
      ),
      ...(scoring.rules ?? []).map((rule): [string, string] => [
        `rule ${rule.code}`,
        [ruleWords(form, rule, words), ...rule.actions.map((action) => actionWords(action, words))].join(
          t('design.says.colon'),
        ),
      ]),
    ])
  const [was, is] = [lines(old, before), lines(now, after)]
  return [
    ...[...is].flatMap(([key, to]): Change[] => {
      const from = was.get(key)
      if (from === to) return []
      return [
        {
          about: 'scoring',
          text: from === undefined ? t('design.change.ruleAdded', { to }) : t('design.change.rule', { from, to }),
        },
      ]
    }),
    ...[...was].flatMap(([key, from]): Change[] =>
      is.has(key) ? [] : [{ about: 'scoring', text: t('design.change.ruleRemoved', { from }) }],
    ),
  ]
}
