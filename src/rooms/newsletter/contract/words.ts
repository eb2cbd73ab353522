import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'
import { cardCode } from '../../advice/contract/words.ts'

export const issueId = id('newsletter-issue')
export type IssueId = z.output<typeof issueId>

/** draft → submitted → approved by another hand → sent; an approved one may be taken up again until it goes. */
export const ISSUE_STATES = ['draft', 'submitted', 'approved', 'sent'] as const
export const issueState = z.enum(ISSUE_STATES)
export type IssueState = z.infer<typeof issueState>

/** 2026-12 */
export const issueMonth = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
export const issueNumber = z.number().int().min(1).max(9999)

/** A draft may leave a language empty, an issue that is handed in may not. */
const words = (most: number) =>
  z.strictObject({ zh: z.string().max(most).default(''), en: z.string().max(most).default('') })

/** One piece: its words begin as those of a card of the house, and are kept as they were sent. */
export const article = z.strictObject({
  card: cardCode,
  title: words(80),
  summary: words(800),
  /** One a line. */
  points: words(1400),
  /** What it rests on, and of when it is: without both no issue goes out (S3-11). */
  source: words(160),
  date: z.string().max(10).default(''),
})
export type Article = z.output<typeof article>
export const [ARTICLES_LEAST, ARTICLES_MOST] = [3, 6] as const

export const issueDefinition = z.strictObject({
  title: words(60),
  lead: words(600),
  articles: z.array(article).max(ARTICLES_MOST).default([]),
  /** A word for the people of one segment. */
  aside: z
    .strictObject({ title: words(60), words: words(800), onlyFor: z.uuid() })
    .nullable()
    .default(null),
  /** The way to one's own plan, visits and checks, which stand behind the login. */
  ownSteps: z.boolean().default(true),
})
export type IssueDefinition = z.output<typeof issueDefinition>

export const FAULTS = [
  'TitleMissing',
  'LeadMissing',
  'ArticlesFew',
  'ArticleTwice',
  'ArticleGone',
  'ArticleWordsMissing',
  'ArticleSourceMissing',
  'ArticleSourceInEnglish',
  'AsideWordsMissing',
] as const
export const issueFault = z.object({
  code: z.enum(FAULTS),
  /** Of which article, from 1; null: of the issue. */
  article: z.number().int().nullable(),
})
export type IssueFault = z.infer<typeof issueFault>
