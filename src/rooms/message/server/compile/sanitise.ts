import sanitizeHtml from 'sanitize-html'
import { PICTURES } from './to-mjml.ts'

/** A value of CSS that can neither fetch nor end its attribute. */
const VALUE = [/^[\w#%., !-]{1,60}$/]
const TAGS = 'table tbody tr td div p h2 h3 ul ol li blockquote strong br hr a img'.split(' ')
const STYLES = [
  'background',
  'background-color',
  'border',
  'border-collapse',
  'border-left',
  'border-radius',
  'border-top',
  'color',
  'display',
  'font-size',
  'font-weight',
  'height',
  'line-height',
  'margin',
  'max-width',
  'opacity',
  'padding',
  'text-align',
  'text-decoration',
  'vertical-align',
  'width',
]

/**
 * What may stand in a mail by blocks, and nothing else: whatever MJML makes of what somebody typed, no script, no form,
 * nothing that is fetched but pictures of the house itself.
 */
export function sanitise(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      '*': ['style'],
      div: ['class'],
      a: ['href'],
      img: ['src', 'alt', 'width', 'height'],
      td: ['bgcolor'],
    },
    allowedClasses: { div: ['pb-note', 'pb-half'] },
    allowedStyles: { '*': Object.fromEntries(STYLES.map((name) => [name, VALUE])) },
    allowedSchemes: ['https'],
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    transformTags: {
      div: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, class: (attribs['class'] ?? '').replace('mj-column-per-50', 'pb-half') },
      }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['src']?.startsWith(PICTURES),
    parseStyleAttributes: true,
  })
    .replaceAll(' class=""', '')
    .replaceAll(/<(br|hr|img)([^>]*?) ?\/>/g, '<$1$2>')
}
