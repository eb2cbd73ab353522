import type { Block, InnerBlock } from '../../contract/block.ts'
import { escapeHtml } from '../rules/mail-document.ts'
import { LOOK } from './look.ts'

type Language = 'zh' | 'en'

/**
 * The blocks as MJML. Whatever somebody has typed is escaped here; Liquid stands in it as marks (`liquid-marks.ts`) and
 * is put back when all is done. Blocks of words that follow each other share one column: the fewer tables, the smaller
 * the mail.
 */
export function toMjml(blocks: readonly Block[], language: Language): string {
  const runs: string[] = []
  let open: (InnerBlock | Block)[] = []
  const close = () => {
    if (open.length > 0) runs.push(section(column(open, language, '100%')))
    open = []
  }
  for (const block of blocks)
    if (block.kind === 'columns') {
      close()
      runs.push(section(column(block.left, language, '50%') + column(block.right, language, '50%')))
    } else open.push(block)
  close()
  return `<mjml><mj-head><mj-attributes><mj-all padding="0" font-family="inherit"/><mj-section padding="0" text-align="left"/><mj-text font-size="17px" line-height="1.75" color="${LOOK.light.words}"/></mj-attributes><mj-style inline="inline">${INLINE}</mj-style></mj-head><mj-body width="${LOOK.widthPx}px">${runs.join('')}</mj-body></mjml>`
}

const section = (columns: string) => `<mj-section>${columns}</mj-section>`

function column(blocks: readonly (Block | InnerBlock)[], language: Language, width: '50%' | '100%'): string {
  const parts: string[] = []
  let words = ''
  const close = () => {
    if (words) parts.push(`<mj-text>${words}</mj-text>`)
    words = ''
  }
  for (const block of blocks) {
    if (block.kind === 'button') {
      close()
      parts.push(button(block, language))
    } else if (block.kind === 'picture') {
      close()
      parts.push(picture(block, language, width))
    } else words += inWords(block, language)
  }
  close()
  return `<mj-column width="${width}" vertical-align="top">${parts.join('')}</mj-column>`
}

function button({ words, to }: Extract<Block, { kind: 'button' }>, language: Language): string {
  return `<mj-button href="${escapeHtml(to)}" align="left" background-color="${LOOK.light.button}" color="${LOOK.light.onButton}" border-radius="8px" font-size="17px" padding="8px 0 16px" inner-padding="12px 24px" line-height="1.3">${escapeHtml(words[language])}</mj-button>`
}

function picture(
  { picture: token, words, width }: Extract<Block, { kind: 'picture' }>,
  language: Language,
  column: '50%' | '100%',
): string {
  if (!token) return ''
  const most = column === '50%' ? LOOK.widthPx / 2 - 12 : LOOK.widthPx
  const shown = Math.min(width, most)
  return `<mj-image src="${PICTURES}${token}" alt="${escapeHtml(words[language])}" width="${shown}px" align="left" padding="0 0 16px" border-radius="8px"/>`
}

/** Pictures come from the house itself; the mark becomes its address when a mail is filled. */
export const PICTURES = 'https://pictures.invalid/'

function inWords(block: Block | InnerBlock, language: Language): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1} class="h${block.level}">${inline(block.words[language])}</h${block.level + 1}>`
    case 'text':
      return paragraphs(block.words[language])
    case 'contact':
      return paragraphs(block.words[language])
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      const items = linesOf(block.words[language]).map((line) => `<li>${inline(line)}</li>`)
      return `<${tag} class="l">${items.join('')}</${tag}>`
    }
    case 'quote':
      return `<blockquote class="q"><div>${inline(block.words[language]).replaceAll('\n', '<br>')}</div><div class="qs">${inline(sourceLine(block, language))}</div></blockquote>`
    case 'notice':
      return `<div class="pb-note n"><strong>${inline(block.title[language])}</strong><br>${inline(block.words[language]).replaceAll('\n', '<br>')}</div>`
    case 'divider':
      return '<hr class="r">'
    default:
      return ''
  }
}

/** Who says so, and when: 来源：国家卫生健康委《…》，2023 年. */
export function sourceLine({ source, date }: Extract<Block, { kind: 'quote' }>, language: Language): string {
  const [year = '', month, day] = date.split('-')
  if (language === 'en') return `Source: ${[source.en.trim(), date].filter(Boolean).join(', ')}`
  const when = year && `${year} 年${month ? ` ${Number(month)} 月` : ''}${day ? ` ${Number(day)} 日` : ''}`
  return `来源：${[source.zh.trim(), when].filter(Boolean).join('，')}`
}

const paragraphs = (words: string) =>
  words
    .split(/\n{2,}/)
    .filter((one) => one.trim())
    .map((one) => `<p class="p">${inline(one.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('')

export const linesOf = (words: string) => words.split('\n').flatMap((line) => line.trim() || [])

/** Escaped words with `**bold**`. */
function inline(words: string): string {
  return escapeHtml(words).replace(/\*\*([^*\n]+)\*\*/g, '<strong>$1</strong>')
}

const INLINE = [
  '.p{margin:0 0 16px}',
  '.h1{margin:8px 0 12px;font-size:21px;line-height:1.4}',
  '.h2{margin:4px 0 8px;font-size:18px;line-height:1.4}',
  '.l{margin:0 0 16px;padding:0 0 0 1.4em}',
  `.q{margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid ${LOOK.light.button}}`,
  '.qs{font-size:14px;opacity:.85}',
  `.n{margin:0 0 16px;padding:12px 14px;background:${LOOK.light.note};border-radius:8px}`,
  `.r{margin:8px 0 24px;border:0;border-top:1px solid ${LOOK.light.line}}`,
].join('')
