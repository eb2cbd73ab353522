import frame from '../../content/mail-frame.json' with { type: 'json' }
import phrases from '../../content/forbidden-phrases.json' with { type: 'json' }
import { allBlocks } from '../../contract/block.ts'
import type { TemplateDefinition, TemplateFinding, TemplateTexts } from '../../contract/template.ts'
import { topicServes } from '../../contract/topic.ts'
import { checkAudiences, type BlockAudience } from './block-audience.ts'
import { checkShape, wordsOf } from './block-check.ts'
import { checkSms } from './sms-check.ts'
import { checkWeChat } from './wechat-check.ts'
import type { WeChatWays } from '../../../wechat/server/index.ts'
import { isOwnLink } from './compose.ts'
import { readsOf, type LiquidValues } from './liquid.ts'
import { diseaseIn, leaksOf } from './private-content.ts'
import { emptyLinkWords, faintIn, hardToRead, shoutingIn, spamSigns } from './sign-check.ts'

const BUILT_IN = new Set(frame.builtIn.map((variable) => variable.name))
const PHRASES = phrases.phrases.map((phrase) => ({ ...phrase, pattern: new RegExp(phrase.pattern, 'gi') }))

/**
 * What keeps a template from being published; empty when nothing does.
 * @param ways WeChat's templates as entered: its fields are held against their types
 * @param audiences what the segments are that blocks are for
 */
export function checkTemplate(
  template: TemplateDefinition,
  ways?: WeChatWays,
  audiences: ReadonlyMap<string, BlockAudience> = new Map(),
): TemplateFinding[] {
  const findings: TemplateFinding[] = []
  const allowed = new Set([...BUILT_IN, ...template.variables.map((variable) => variable.name)])
  for (const variable of template.variables) {
    if (BUILT_IN.has(variable.name) && !isOwnLink(variable))
      findings.push(finding('variables', 'unknown-variable', variable.name))
    if (variable.dataClass === 'result' || variable.dataClass === 'identity')
      findings.push(finding('variables', 'private-variable', variable.name))
  }
  if (template.topic && !topicServes(template.topic, template.purpose))
    findings.push(finding('topic', 'topic-purpose', template.topic))
  const single = allBlocks(template.blocks ?? [])
  for (const language of ['zh', 'en'] as const) {
    const texts = template[language]
    // What is made from blocks is read block by block, so that each finding leads to its place.
    for (const part of single.length > 0 ? (['subject'] as const) : (['subject', 'text', 'html', 'button'] as const))
      findings.push(...checkPart(`${language}.${part}`, part, texts[part], language, allowed))
    for (const block of single)
      for (const words of wordsOf(block, language))
        findings.push(
          ...checkPart(`${language}.blocks`, 'text', words, language, allowed).map((one) => ({
            ...one,
            block: block.id,
          })),
        )
    for (const block of single)
      if (block.kind === 'button' && !block.to.startsWith('https://') && !allowed.has(block.to))
        findings.push({ ...finding(`${language}.blocks`, 'unknown-variable', block.to), block: block.id })
    if (Buffer.byteLength(texts.html) > CLIPPED_BYTES - FRAME_BYTES)
      findings.push(finding(`${language}.${single.length > 0 ? 'blocks' : 'html'}`, 'too-big', sizeWords(texts.html)))
  }
  findings.push(...checkShape(template), ...checkAudiences(template, audiences))
  findings.push(...checkOutward(template), ...checkExamples(template))
  return [...findings, ...checkSms(template, allowed), ...checkWeChat(template, allowed, ways, examplesOf(template))]
}

/** What stands word for word in a short message, in a field of WeChat's, or behind its card. */
function checkOutward({ sms, wechat = [] }: TemplateDefinition): TemplateFinding[] {
  const said = [
    ...sms.map(({ provider, text }) => ({ part: `sms.${provider}`, text, links: [] })),
    ...wechat.map(({ channel, values, page }) => ({
      part: `wechat.${channel}`,
      text: Object.values(values).join('\n'),
      links: [page],
    })),
  ]
  return said.flatMap(({ part, text, links }) => [
    ...phrasesIn(text).map((found) => finding(part, found.kind, found.what, found.because)),
    ...leaksOf({ subject: '', text, html: '', links }).map((leak) => finding(part, 'personal-data', leak)),
  ])
}

/** A trial fills them in, and goes out by mail. */
function checkExamples({ variables }: TemplateDefinition): TemplateFinding[] {
  return variables.flatMap(({ name, example }) =>
    leaksOf({ subject: '', text: `${example.zh}\n${example.en}`, html: '' }).map(() =>
      finding('variables', 'personal-data', name),
    ),
  )
}

/** Gmail cuts a mail off here, and the way to refuse stands at its end. */
export const CLIPPED_BYTES = 102 * 1024
/** The frame with the longest names, and what is filled in. */
const FRAME_BYTES = 6 * 1024

const sizeWords = (html: string) => `${Math.ceil(Buffer.byteLength(html) / 1024)} KB`

/** As the preview fills it: a fictitious person. */
function examplesOf(template: TemplateDefinition): LiquidValues[] {
  return (['zh', 'en'] as const).map((language) => ({
    ...Object.fromEntries(template.variables.map(({ name, example }) => [name, example[language]])),
    greeting: frame[language].greetingPlain,
    name: frame.fictitious[language].name,
    organization: frame.fictitious[language].name,
    organizationPhone: '010-12345678',
    link: 'https://example.org/my',
  }))
}

function checkPart(
  name: string,
  part: keyof TemplateTexts,
  source: string,
  language: 'zh' | 'en',
  allowed: ReadonlySet<string>,
): TemplateFinding[] {
  if (!source) return []
  const { variables, error } = readsOf(source)
  const findings: TemplateFinding[] = error ? [finding(name, 'syntax', error.slice(0, 200))] : []
  findings.push(
    ...variables
      .filter((variable) => !allowed.has(variable))
      .map((variable) => finding(name, 'unknown-variable', variable)),
  )
  const phrases = phrasesIn(source)
  findings.push(...phrases.map((found) => finding(name, found.kind, found.what, found.because)))
  findings.push(
    ...stylesIn(part, source, language).flatMap(({ kind, what, because }) =>
      // The same words once: what the law forbids is named as that.
      phrases.some((one) => one.what.includes(what) || what.includes(one.what))
        ? []
        : [finding(name, kind, what, because)],
    ),
  )
  if (part === 'subject') {
    const disease = diseaseIn(source)
    if (disease) findings.push(finding(name, 'disease-in-subject', disease))
  }
  const leaks = leaksOf({ subject: '', text: part === 'html' ? '' : source, html: part === 'html' ? source : '' })
  findings.push(...leaks.map((leak) => finding(name, 'personal-data', leak)))
  if (part === 'html') findings.push(...unsafeIn(source).map((what) => finding(name, 'unsafe-html', what)))
  if (/\|\s*(raw|unescape\w*)\b/.test(source)) findings.push(finding(name, 'unescaped', 'raw'))
  return findings
}

/** How it is said: spam, shouting, empty links, words that are hard to read. */
function stylesIn(part: keyof TemplateTexts, source: string, language: 'zh' | 'en') {
  if (part === 'html') return faintIn(source)
  if (part === 'subject') return [...spamSigns(source), ...shoutingIn(source)]
  if (part === 'button') return [...spamSigns(source), ...emptyLinkWords(source)]
  return [...spamSigns(source), ...hardToRead(source, language)]
}

/** Words no message may hold, with the rule that forbids them. */
export function phrasesIn(
  source: string,
): { kind: 'forbidden-phrase' | 'pressing-phrase'; what: string; because: string }[] {
  return PHRASES.flatMap(({ kind, pattern, because }) =>
    [...source.matchAll(pattern)].map(([what]) => ({
      kind: kind === 'pressing' ? ('pressing-phrase' as const) : ('forbidden-phrase' as const),
      what,
      because,
    })),
  )
}

/** Script, frames, forms and everything that is fetched from elsewhere: a picture tells its owner who opened the mail. */
function unsafeIn(html: string): string[] {
  const patterns = [
    /<\/?(script|iframe|frame|object|embed|form|input|link|meta|base|svg|img|video|audio|style)\b/gi,
    /\son\w+\s*=/gi,
    /javascript:|data:|vbscript:/gi,
    /url\s*\(/gi,
    /@import/gi,
  ]
  return patterns.flatMap((pattern) => [...html.matchAll(pattern)].map(([what]) => what.trim()))
}

function finding(part: string, kind: TemplateFinding['kind'], what: string, because = ''): TemplateFinding {
  return { part, kind, what, because }
}
