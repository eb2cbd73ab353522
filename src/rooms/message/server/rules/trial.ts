import type { TemplateFinding } from '../../contract/template.ts'

/** What concerns how it reads and looks: a trial to oneself is how one finds that out, so it goes nevertheless. */
const OF_STYLE: readonly TemplateFinding['kind'][] = [
  'block-empty',
  'alt-missing',
  'heading-order',
  'empty-link-words',
  'contrast',
  'spam-sign',
  'shortened-link',
  'picture-only',
  'shouting',
  'too-big',
  'citation-missing',
  'source-missing',
  'long-sentence',
  'jargon',
  'unkind',
  'audience-unknown',
  'audience-barred',
  'audience-nowhere',
  'only-for-some',
]

export function keepsFromTrial({ kind }: TemplateFinding): boolean {
  return !OF_STYLE.includes(kind)
}
