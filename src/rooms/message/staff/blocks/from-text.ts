import type { Block, Words } from '../../contract/block.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import { newBlock } from './new-block.ts'

type Texts = Pick<TemplateDefinition['zh'], 'text' | 'button'>
type Kind = 'text' | 'list' | 'notice'

const LINE_MARK = /^\s*(?:[一二三四五六七八九十]{1,2}、|\d{1,2}[.、)]\s*|[·•-]\s+)/
const TITLE = /^【([^】\n]{1,20})】\s*/
const URGENT = /紧急|急诊|emergency/i

/**
 * A letter that was written as text, by blocks: paragraphs, numbered lines as a list, a title in brackets as a heading,
 * and what an emergency is as a notice. Both languages go side by side by their order; what one has too much stands
 * alone, and the check asks for the other.
 */
export function blocksOf(zh: Texts, en: Texts): Block[] {
  const [chinese, english] = [partsOf(zh.text), partsOf(en.text)]
  const blocks: Block[] = []
  for (let at = 0; at < Math.max(chinese.length, english.length); at++) {
    const [one, other] = [chinese[at], english[at]]
    const kind: Kind = one?.kind ?? other!.kind
    const title: Words = { zh: one?.title ?? '', en: other?.title ?? '' }
    const words: Words = { zh: one?.words ?? '', en: other?.words ?? '' }
    if (kind === 'notice') blocks.push({ ...(newBlock('notice', words) as Extract<Block, { kind: 'notice' }>), title })
    else {
      if (title.zh || title.en) blocks.push(newBlock('heading', title))
      if (words.zh || words.en) blocks.push(newBlock(kind, words))
    }
  }
  if (zh.button || en.button) blocks.push(newBlock('button', { zh: zh.button, en: en.button }))
  return blocks
}

interface Part {
  kind: Kind
  title: string
  words: string
}

function partsOf(text: string): Part[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .flatMap(partsOfParagraph)
}

/** A paragraph, or its lines that are numbered as a list of their own. */
function partsOfParagraph(paragraph: string): Part[] {
  const title = TITLE.exec(paragraph)?.[1] ?? ''
  const rest = paragraph.replace(TITLE, '')
  if (title && URGENT.test(title)) return [{ kind: 'notice', title, words: rest }]
  const lines = rest.split('\n')
  const marked = lines.filter((line) => LINE_MARK.test(line))
  if (marked.length < 2 || marked.length < lines.length) return [{ kind: 'text', title, words: rest }]
  return [{ kind: 'list', title, words: lines.map((line) => line.replace(LINE_MARK, '').trim()).join('\n') }]
}
