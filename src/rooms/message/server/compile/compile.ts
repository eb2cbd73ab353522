import frame from '../../content/mail-frame.json' with { type: 'json' }
import type { Block, InnerBlock } from '../../contract/block.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import { audienceVariable, POINTER, SHOWN, type BlockAudience } from '../rules/block-audience.ts'
import { leanHtml } from './lean.ts'
import { liquidMarks } from './liquid-marks.ts'
import { sanitise } from './sanitise.ts'
import { PICTURES, toMjml } from './to-mjml.ts'
import { toText } from './to-text.ts'

type Language = 'zh' | 'en'

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

/** The same for whoever reads it over: every block stands there, and above those for a segment whom they are for. */
export function compileProof(
  template: TemplateDefinition,
  audiences: ReadonlyMap<string, BlockAudience>,
): Promise<TemplateDefinition> {
  const blocks = runsOf(template.blocks).flatMap(({ onlyFor, blocks: run }): Block[] =>
    onlyFor
      ? [proofLine(run[0]!.id, audiences.get(onlyFor)), ...run.map(({ onlyFor: _for, ...block }) => block as Block)]
      : run,
  )
  return compileBlocks({ ...template, blocks })
}

function proofLine(id: string, audience: BlockAudience | undefined): Block {
  const say = (language: Language) => {
    const { proofFor, proofLogin, proofNobody } = frame[language]
    if (!audience || audience.isBarred) return proofNobody
    return (audience.behindLogin ? proofLogin : proofFor).replace('{{ name }}', () => audience.name[language])
  }
  return { kind: 'text', id, words: { zh: say('zh'), en: say('en') } }
}

/** Blocks that follow each other and are for the same people. */
function runsOf(blocks: readonly Block[]): { onlyFor: string | undefined; blocks: Block[] }[] {
  const runs: { onlyFor: string | undefined; blocks: Block[] }[] = []
  for (const block of blocks) {
    const last = runs.at(-1)
    if (last && last.onlyFor === block.onlyFor) last.blocks.push(block)
    else runs.push({ onlyFor: block.onlyFor, blocks: [block] })
  }
  return runs
}

async function compileOne(blocks: readonly Block[], language: Language): Promise<{ text: string; html: string }> {
  const parts = await Promise.all(
    runsOf(blocks).map(async ({ onlyFor, blocks: run }) => {
      const html = await htmlOf(run, language)
      const text = toText(run, language)
      if (!onlyFor) return { text, html }
      const { behindLogin, signIn } = frame[language]
      const link = `{% if link %}<br><a href="{{ link }}">${signIn}</a>{% endif %}`
      return {
        text: conditional(onlyFor, text, `${behindLogin}{% if link %}\n{{ link }}{% endif %}`),
        html: conditional(onlyFor, html, `<p style="margin:0 0 16px">${behindLogin}${link}</p>`),
      }
    }),
  )
  const text = parts
    .map((part) => part.text)
    .filter((part) => part.trim())
    .join('\n\n')
  return { text: text || NOTHING, html: parts.map((part) => part.html).join('') || `<p>${NOTHING}</p>` }
}

/** Around whole pieces, so that what opens within them closes within them. The line about signing in stands once in a mail. */
function conditional(segment: string, whole: string, pointer: string): string {
  const variable = audienceVariable(segment)
  return `{% if ${variable} == '${SHOWN}' %}${whole}{% elsif ${variable} == '${POINTER}' %}{% unless only_told %}${pointer}{% assign only_told = '1' %}{% endunless %}{% endif %}`
}

async function htmlOf(blocks: readonly Block[], language: Language): Promise<string> {
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
  return marks.restore(lean).replaceAll(PICTURES, '{{ house }}/api/mail-pictures/')
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
