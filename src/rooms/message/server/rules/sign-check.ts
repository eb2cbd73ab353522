import signs from '../../content/mail-signs.json' with { type: 'json' }
import { checkPlain, type Finding } from '../../../../clinical/plain-language/index.ts'
import type { TemplateFinding } from '../../contract/template.ts'

type Found = Pick<TemplateFinding, 'kind' | 'what'> & { because?: string }

const SPAM = signs.spam.map((pattern) => new RegExp(pattern, 'gi'))
const SHORTENERS = new RegExp(
  `(?:https?://|(?<![\\w.-]))(?:www\\.)?(${signs.shorteners.map((host) => host.replaceAll('.', '\\.')).join('|')})/[\\w-]+`,
  'gi',
)
const EMPTY_LINKS = new Set(signs.emptyLinks)
const FILE_NAME = new RegExp(signs.fileNames, 'i')

/** What a mail provider takes for rubbish. */
export function spamSigns(words: string): Found[] {
  return [
    ...SPAM.flatMap((pattern) => [...words.matchAll(pattern)].map(([what]): Found => ({ kind: 'spam-sign', what }))),
    ...[...words.matchAll(SHORTENERS)].map(([what]): Found => ({ kind: 'shortened-link', what })),
  ]
}

/** A subject that shouts: exclamation marks, or words in capitals. */
export function shoutingIn(subject: string): Found[] {
  const bare = withoutLiquid(subject)
  const mark = /[!！]/.exec(bare)?.[0]
  if (mark) return [{ kind: 'shouting', what: mark }]
  const letters = bare.match(/[A-Za-z]/g) ?? []
  const capitals = letters.filter((letter) => letter < 'a').length
  return letters.length >= 8 && capitals / letters.length > 0.6 ? [{ kind: 'shouting', what: bare.trim() }] : []
}

/** Words of a link that say nothing by themselves: read aloud in a list of links, they all sound alike. */
export function emptyLinkWords(label: string): Found[] {
  const folded = label
    .trim()
    .toLowerCase()
    .replace(/[>›»→。.]+$/, '')
    .trim()
  return EMPTY_LINKS.has(folded) ? [{ kind: 'empty-link-words', what: label.trim() }] : []
}

/** Nothing, or the name of a file, in place of what a picture says. */
export function isEmptyAlt(words: string): boolean {
  return words.trim() === '' || FILE_NAME.test(words.trim())
}

const KINDS: Record<Finding['kind'], TemplateFinding['kind']> = {
  'long-sentence': 'long-sentence',
  'long-clause': 'long-sentence',
  jargon: 'jargon',
  unexplained: 'jargon',
  diagnosis: 'unkind',
  blame: 'unkind',
  alarm: 'unkind',
  promise: 'unkind',
  'system-words': 'unkind',
  'familiar-you': 'unkind',
  shouting: 'shouting',
}

/** What stands between these words and who is to read them: the check that all texts of the house pass. */
export function hardToRead(words: string, language: 'zh' | 'en'): Found[] {
  const read = words
    .replaceAll(/\{%.*?%\}/gs, '')
    .replaceAll(/\{\{.*?\}\}/gs, language === 'zh' ? '某' : 'X')
    .replaceAll('**', '')
  return checkPlain(read).map(({ kind, text, instead }) => ({
    kind: KINDS[kind],
    what: text,
    ...(instead ? { because: `→ ${instead}` } : {}),
  }))
}

const withoutLiquid = (words: string) => words.replaceAll(/\{%.*?%\}|\{\{.*?\}\}/gs, '')

const SHEET = '#ffffff'
/** WCAG 2.2 §1.4.3: 4.5 for words, 3 from 24 px on or for bold ones; we ask for the first of all. */
const CONTRAST_MIN = 4.5

/** Colours of a template's own HTML that are too near to each other; of blocks nobody chooses any. */
export function faintIn(html: string): Found[] {
  return [...html.matchAll(/style\s*=\s*"([^"]*)"/gi)].flatMap(([, style]): Found[] => {
    const colour = /(?:^|;)\s*color\s*:\s*(#[0-9a-f]{3,6})\b/i.exec(style!)?.[1]
    if (!colour) return []
    const ground = /background(?:-color)?\s*:\s*(#[0-9a-f]{3,6})\b/i.exec(style!)?.[1] ?? SHEET
    const ratio = contrastOf(colour, ground)
    return ratio < CONTRAST_MIN ? [{ kind: 'contrast', what: `${colour} / ${ground} ${ratio.toFixed(1)}` }] : []
  })
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.slice(1).replace(/./g, '$&$&') : colour.slice(1)
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
