import { allBlocks, type Block, type InnerBlock } from '../../contract/block.ts'
import { linesOf, sourceLine } from './to-mjml.ts'

type Language = 'zh' | 'en'

/** The blocks as they are read where there is no HTML: the text part of a mail, the message centre, read aloud. */
export function toText(blocks: readonly Block[], language: Language): string {
  return allBlocks(blocks)
    .map((block) => partOf(block, language))
    .filter((part) => part.trim())
    .join('\n\n')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
}

function partOf(block: Exclude<Block, { kind: 'columns' }> | InnerBlock, language: Language): string {
  const isChinese = language === 'zh'
  const colon = isChinese ? '：' : ':'
  switch (block.kind) {
    case 'list':
      return linesOf(block.words[language])
        .map((line, at) => (block.ordered ? `${at + 1}. ${line}` : `· ${line}`))
        .join('\n')
    case 'button':
      // An organization without a web address has no pages to lead to.
      return block.to.startsWith('https://')
        ? `${block.words[language]}${colon}\n${block.to}`
        : `{% if ${block.to} %}${block.words[language]}${colon}\n{{ ${block.to} }}{% endif %}`
    case 'picture':
      return block.words[language] && (isChinese ? `［图：${block.words.zh}］` : `[Picture: ${block.words.en}]`)
    case 'quote':
      return `${isChinese ? '“' : '"'}${block.words[language].trim()}${isChinese ? '”' : '"'}\n${sourceLine(block, language)}`
    case 'notice':
      return `${isChinese ? `【${block.title.zh}】` : `[${block.title.en}]`}\n${block.words[language]}`
    case 'divider':
      return ''
    default:
      return block.words[language].trim()
  }
}
