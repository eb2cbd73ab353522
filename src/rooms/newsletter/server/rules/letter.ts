import content from '../../content/letter.json' with { type: 'json' }
import type { CampaignDefinitionInput } from '../../../campaign/contract/definition.ts'
import { isSourceDate, type Block, type Words } from '../../../message/contract/block.ts'
import type { TemplateDefinitionInput } from '../../../message/contract/template.ts'
import type { CardDefinition } from '../../../advice/contract/words.ts'
import { ARTICLES_LEAST, type Article, type IssueDefinition, type IssueFault } from '../../contract/words.ts'
import { englishSource, isStillChinese } from './source-name.ts'

export interface Issue {
  month: string
  number: number
  definition: IssueDefinition
}

export const templateCodeOf = (month: string): string => `newsletter-${month}`

/** What an issue becomes: a template of its own, so that the copy, the check and the archive are those of every mail. */
export function letterOf(issue: Issue): TemplateDefinitionInput {
  const { title } = issue.definition
  const texts = (language: 'zh' | 'en') => ({ subject: title[language].trim() || '…', text: '…' })
  return {
    code: templateCodeOf(issue.month),
    name: filled(content.name, issue),
    occasion: filled(content.occasion, issue),
    purpose: 'care',
    // What people refuse who want no more of it.
    topic: 'knowledge',
    // In the message centre it stands for good, and what only some may read is read there.
    channels: ['in-app', 'email'],
    countsReading: true,
    validDays: 14,
    blocks: blocksOf(issue),
    zh: texts('zh'),
    en: texts('en'),
  }
}

function blocksOf(issue: Issue): Block[] {
  const { lead, articles, aside, ownSteps } = issue.definition
  return [
    { kind: 'text', id: 'mast', words: filled(content.masthead, issue) },
    { kind: 'text', id: 'lead', words: joined(content.greeting, lead) },
    ...articles.flatMap((article, at) => articleBlocks(article, `a${at + 1}`)),
    ...(aside
      ? ([
          { kind: 'heading', id: 'asidehead', level: 1, words: aside.title, onlyFor: aside.onlyFor },
          { kind: 'text', id: 'asidetext', words: aside.words, onlyFor: aside.onlyFor },
        ] as const)
      : []),
    ...(ownSteps
      ? ([
          { kind: 'heading', id: 'ownhead', level: 1, words: content.ownSteps.title },
          { kind: 'text', id: 'owntext', words: content.ownSteps.words },
          { kind: 'button', id: 'ownbutton', words: content.ownSteps.button, to: 'link' },
        ] as const)
      : []),
    { kind: 'divider', id: 'line' },
    { kind: 'contact', id: 'cont', words: content.contact },
  ]
}

/** The words are the house's own and rest on the source, so it is named and not quoted. */
function articleBlocks({ title, summary, points, source, date }: Article, id: string): Block[] {
  const named = (language: 'zh' | 'en') => {
    const name = source[language].trim()
    // Most names hold their year already.
    const dated =
      date.trim() && !name.includes(date.trim()) ? `${name}${language === 'zh' ? '，' : ', '}${date.trim()}` : name
    return content.source[language].replace('{{ source }}', () => dated)
  }
  return [
    { kind: 'heading', id: `${id}head`, level: 1, words: title },
    { kind: 'text', id: `${id}text`, words: summary },
    ...(points.zh.trim() || points.en.trim()
      ? ([{ kind: 'list', id: `${id}list`, ordered: false, words: points }] as const)
      : []),
    { kind: 'text', id: `${id}source`, words: { zh: named('zh'), en: named('en') } },
  ]
}

/** The article a block belongs to, from 1. */
export function articleOfBlock(id: string | undefined): number | null {
  const number = /^a(\d)(head|text|list|source)$/.exec(id ?? '')?.[1]
  return number ? Number(number) : null
}

/** The campaign an issue goes out by: everybody grown up, in waves, once. */
export function campaignOf(issue: Issue): CampaignDefinitionInput {
  return {
    name: filled(content.name, issue),
    goal: 'knowledge',
    aim: content.aim.zh,
    success: { measure: 'clicked', targetPercent: 10 },
    audience: { age: { op: '>=', years: 18 } },
    trigger: { kind: 'once', perHour: 5000 },
    path: [
      { id: 'letter', kind: 'send', template: templateCodeOf(issue.month), how: 'each', validHours: 168, values: {} },
    ],
    sources: issue.definition.articles.map(({ source, date }) => ({
      title: source.zh.trim(),
      year: Number(date.slice(0, 4)),
    })),
  }
}

/** What keeps an issue from being handed in, beside what is wrong with a word in it. */
export function faultsOf({ title, lead, articles, aside }: IssueDefinition, cards: ReadonlySet<string>): IssueFault[] {
  const faults: IssueFault[] = []
  const found = (code: IssueFault['code'], at: number | null = null) => faults.push({ code, article: at })
  if (!isWhole(title)) found('TitleMissing')
  if (!isWhole(lead)) found('LeadMissing')
  if (articles.length < ARTICLES_LEAST) found('ArticlesFew')
  for (const [n, one] of articles.entries()) {
    if (articles.findIndex(({ card }) => card === one.card) < n) found('ArticleTwice', n + 1)
    if (!cards.has(one.card)) found('ArticleGone', n + 1)
    const points = [one.points.zh.trim(), one.points.en.trim()].filter(Boolean)
    if (!isWhole(one.title) || !isWhole(one.summary) || points.length === 1) found('ArticleWordsMissing', n + 1)
    if (one.source.zh.trim() === '' || !isSourceDate(one.date)) found('ArticleSourceMissing', n + 1)
    else if (!isWhole(one.source) || isStillChinese(one.source)) found('ArticleSourceInEnglish', n + 1)
  }
  if (aside && (!isWhole(aside.title) || !isWhole(aside.words))) found('AsideWordsMissing')
  return faults
}

/** A card as an article to begin with; its year is read off its source, which is named in English where such a name is known. */
export function articleOf({ code, title, summary, points, source }: CardDefinition): Article {
  return {
    card: code,
    title,
    summary,
    points: { zh: points.map(({ zh }) => zh).join('\n'), en: points.map(({ en }) => en).join('\n') },
    source: { zh: source.slice(0, 160), en: englishSource(source).slice(0, 160) },
    date: /(?:19|20)\d{2}/.exec(source)?.[0] ?? '',
  }
}

const isWhole = ({ zh, en }: Words) => zh.trim() !== '' && en.trim() !== ''

const joined = (first: Words, then: Words): Words => ({
  zh: `${first.zh}\n\n${then.zh}`.trim(),
  en: `${first.en}\n\n${then.en}`.trim(),
})

function filled(words: Words, { month, number }: Issue): Words {
  const [year = '', monthOfYear = ''] = month.split('-')
  const fill = (text: string) =>
    text
      .replace('{{ number }}', String(number))
      .replace('{{ month }}', month)
      .replace('{{ year }}', year)
      .replace('{{ monthOfYear }}', String(Number(monthOfYear)))
  return { zh: fill(words.zh), en: fill(words.en) }
}

/** The month after the newest issue, this month at the earliest. */
export function nextMonth(months: readonly string[], today: string): string {
  const newest = months.toSorted().at(-1)
  const now = today.slice(0, 7)
  if (!newest || newest < now) return now
  const [year, month] = newest.split('-').map(Number) as [number, number]
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}
