import { allBlocks, isSourceDate, type Block, type InnerBlock, type Words } from '../../contract/block.ts'
import type { TemplateDefinition, TemplateFinding } from '../../contract/template.ts'
import { emptyLinkWords, isEmptyAlt } from './sign-check.ts'

export type Language = 'zh' | 'en'
type Single = Exclude<Block, { kind: 'columns' }> | InnerBlock

/** What a block says in one language, each piece by itself. */
export function wordsOf(block: Single, language: Language): string[] {
  const both: Words[] = []
  if ('words' in block) both.push(block.words)
  if ('title' in block) both.push(block.title)
  if ('source' in block) both.push(block.source)
  return both.map((words) => words[language]).filter((words) => words.trim())
}

/** What is wrong with how the blocks stand together; what each of them says is read by the check of all words. */
export function checkShape(template: TemplateDefinition): TemplateFinding[] {
  const blocks = template.blocks ?? []
  // One that only some people see answers for nothing that the others read.
  const quotes = blocks.filter((block) => block.kind === 'quote' && !block.onlyFor)
  const findings: TemplateFinding[] = []
  if (template.knowledge && quotes.length === 0)
    findings.push({ part: 'blocks', kind: 'citation-missing', what: '', because: '' })
  if (blocks.length === 0) return findings
  const single = allBlocks(blocks)
  for (const language of ['zh', 'en'] as const) {
    findings.push(...single.flatMap((block) => checkBlock(block, language, template.knowledge)))
    findings.push(...twoWays(single, language))
    const said = single.flatMap((block) => (block.kind === 'picture' ? [] : wordsOf(block, language))).join('')
    if (single.some(({ kind }) => kind === 'picture') && said.length < WORDS_BESIDE_PICTURES)
      findings.push({ part: `${language}.blocks`, kind: 'picture-only', what: '', because: '' })
  }
  return [...findings, ...headingOrder(single)]
}

/** Mail of pictures with hardly a word is what filters drop first, and what nobody can read who blocks pictures. */
const WORDS_BESIDE_PICTURES = 40

function checkBlock(block: Single, language: Language, knowledge: boolean): TemplateFinding[] {
  const found = (kind: TemplateFinding['kind'], what = ''): TemplateFinding => ({
    part: `${language}.blocks`,
    kind,
    what,
    because: '',
    block: block.id,
  })
  if (block.kind === 'divider') return []
  if (block.kind === 'picture') {
    if (!block.picture) return [found('block-empty')]
    return isEmptyAlt(block.words[language]) ? [found('alt-missing', block.words[language])] : []
  }
  const empty = !block.words[language].trim() || (block.kind === 'notice' && !block.title[language].trim())
  const findings = empty ? [found('block-empty')] : []
  if (block.kind === 'button')
    findings.push(...emptyLinkWords(block.words[language]).map((one) => found(one.kind, one.what)))
  if (block.kind === 'button' && block.to.startsWith('https://') && !URL.canParse(block.to))
    findings.push(found('block-empty'))
  // Outside of knowledge somebody's own words may be quoted without a year.
  if (block.kind === 'quote' && (!block.source[language].trim() || (knowledge && !isSourceDate(block.date))))
    findings.push(found('source-missing'))
  return findings
}

/** The same words that lead to two places. */
function twoWays(blocks: readonly Single[], language: Language): TemplateFinding[] {
  const ways = new Map<string, string>()
  return blocks.flatMap((block): TemplateFinding[] => {
    if (block.kind !== 'button' || !block.words[language].trim()) return []
    const label = block.words[language].trim()
    const before = ways.get(label)
    ways.set(label, block.to)
    return before === undefined || before === block.to
      ? []
      : [{ part: `${language}.blocks`, kind: 'empty-link-words', what: label, because: '', block: block.id }]
  })
}

/** Small headings belong under a large one: whoever listens to a mail goes by them. */
function headingOrder(blocks: readonly Single[]): TemplateFinding[] {
  const headings = blocks.filter((block) => block.kind === 'heading')
  const [first] = headings
  return first && first.level !== 1
    ? [{ part: 'blocks', kind: 'heading-order', what: first.words.zh, because: '', block: first.id }]
    : []
}
