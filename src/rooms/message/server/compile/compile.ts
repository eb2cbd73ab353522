import type { Block, InnerBlock } from '../../contract/block.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import { leanHtml } from './lean.ts'
import { liquidMarks } from './liquid-marks.ts'
import { sanitise } from './sanitise.ts'
import { PICTURES, toMjml } from './to-mjml.ts'
import { toText } from './to-text.ts'

/** Shown until somebody has written a word, so that a draft may be saved half done; the check refuses it. */
const NOTHING = '…'

/**
 * Makes text and HTML of both languages from the blocks, once, when a template is saved: MJML, styles drawn into the
 * elements, sanitised, what carries nothing taken out, and the text part. Afterwards a message costs only the filling.
 * A template without blocks stays as it is.
 */
export async function compileBlocks(template: TemplateDefinition): Promise<TemplateDefinition> {
  if (template.blocks.length === 0) return template
  const [zh, en] = await Promise.all([compileOne(template.blocks, 'zh'), compileOne(template.blocks, 'en')])
  return {
    ...template,
    zh: { ...template.zh, ...zh, button: '' },
    en: { ...template.en, ...en, button: '' },
  }
}

async function compileOne(blocks: readonly Block[], language: 'zh' | 'en'): Promise<{ text: string; html: string }> {
  const marks = liquidMarks()
  const marked = blocks.map((block) => withMarks(block, marks))
  // 60 MB of packages for whoever edits templates; a worker that only sends never loads them.
  const { default: mjml2html } = await import('mjml')
  const { html } = await mjml2html(toMjml(marked, language), {
    validationLevel: 'strict',
    ignoreIncludes: true,
    keepComments: false,
  })
  const body = html.slice(html.indexOf('<body'), html.lastIndexOf('</body>')).replace(/^<body[^>]*>/, '')
  const lean = leanHtml(sanitise(body))
  return {
    text: toText(blocks, language) || NOTHING,
    html: marks.restore(lean).replaceAll(PICTURES, '{{ house }}/api/mail-pictures/') || `<p>${NOTHING}</p>`,
  }
}

type Marks = ReturnType<typeof liquidMarks>

function withMarks<B extends Block | InnerBlock>(block: B, marks: Marks): B {
  const both = (words: { zh: string; en: string }) => ({ zh: marks.take(words.zh), en: marks.take(words.en) })
  const changed: Record<string, unknown> = {}
  for (const part of ['words', 'title', 'source'] as const)
    if (part in block) changed[part] = both((block as never as Record<typeof part, { zh: string; en: string }>)[part])
  if (block.kind === 'button' && !block.to.startsWith('https://')) changed['to'] = marks.mark(`{{ ${block.to} }}`)
  if (block.kind === 'columns') {
    changed['left'] = block.left.map((one) => withMarks(one, marks))
    changed['right'] = block.right.map((one) => withMarks(one, marks))
  }
  return { ...block, ...changed }
}
