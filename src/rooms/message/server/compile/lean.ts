/** HTML as the sanitiser leaves it: well nested, attributes quoted. */
interface Element {
  tag: string
  attributes: Map<string, string>
  children: (Element | string)[]
}

const VOID = new Set(['br', 'hr', 'img'])
const TABLE_PARTS = new Set(['table', 'tbody', 'tr'])

/** What every block has from the sheet of the frame anyway, or what only table layouts of old needed. */
const INHERITED =
  /^(font-family:|font-size:(0px|17px)$|line-height:(1\.75|100%)$|text-align:left$|color:#1f2a2a$|direction:|word-break:|mso-|font-weight:normal$|text-transform:|padding:0$|margin:0$|margin:0px auto$|max-width:516px$|border-collapse:|border-spacing:|border:none$|cursor:|outline:|vertical-align:top$)/

/** A column that has its section for itself. */
const WHOLE_WIDTH = 'display:inline-block;width:100%'

/**
 * Takes from a mail what carries nothing: MJML wraps a paragraph in seven elements, for the sake of columns and
 * backgrounds that a letter does not have. A table stays where it holds a background (a button) and where columns stand
 * side by side; every other cell becomes what is in it.
 */
export function leanHtml(html: string): string {
  return write(leanAll(parse(html)))
}

function parse(html: string): Element[] {
  const root: Element = { tag: '', attributes: new Map(), children: [] }
  const open = [root]
  for (const [, close, tag, attributes, words] of html.matchAll(/<(\/?)([a-z0-9]+)((?:\s[^<>]*)?)>|([^<]+)/g)) {
    const here = open.at(-1)!
    if (words !== undefined) here.children.push(words)
    else if (close) open.pop()
    else {
      const element: Element = { tag: tag!, attributes: attributesOf(attributes ?? ''), children: [] }
      here.children.push(element)
      if (!VOID.has(tag!)) open.push(element)
    }
  }
  return root.children.filter((child): child is Element => typeof child !== 'string')
}

function attributesOf(source: string): Map<string, string> {
  return new Map([...source.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]))
}

function leanAll(children: readonly (Element | string)[]): (Element | string)[] {
  // Between its sections MJML leaves lines of nothing; words never hold a line break here.
  return children.flatMap((child) => (typeof child !== 'string' ? lean(child) : /^\s*\n\s*$/.test(child) ? [] : child))
}

function lean(element: Element): (Element | string)[] {
  const style = styleOf(element)
  const attributes = new Map(element.attributes)
  attributes.delete('style')
  if (style) attributes.set('style', style)
  const isLayout = TABLE_PARTS.has(element.tag) || element.tag === 'td'
  const kept = isLayout
    ? element.children.filter((child) => typeof child !== 'string' || child.trim())
    : element.children
  const children = leanAll(element.tag === 'div' || element.tag === 'a' || element.tag === 'td' ? trimmed(kept) : kept)
  if (element.tag === 'table' && !holdsBackground(element)) return cellsOf(element).flatMap(lean)
  if (element.tag === 'td' && !element.attributes.has('bgcolor')) {
    // A cell that is nothing but its distance to the next.
    // A width that a phone does not have is a largest one.
    const room = style.replace(/^width:(\d+px)$/, 'max-width:$1')
    return style ? [{ tag: 'div', attributes: new Map([['style', room]]), children }] : children
  }
  if (element.tag === 'div' && (attributes.size === 0 || (attributes.size === 1 && style === WHOLE_WIDTH)))
    return children
  // Without it a button stands two points beside the words above it.
  if (element.tag === 'table') attributes.set('cellspacing', '0')
  return [{ ...element, attributes, children }]
}

/** The cells of a table, whatever stands between. */
function cellsOf(table: Element): Element[] {
  return table.children.flatMap((child) => {
    if (typeof child === 'string') return []
    return child.tag === 'td' ? [child] : TABLE_PARTS.has(child.tag) && child.tag !== 'table' ? cellsOf(child) : []
  })
}

const holdsBackground = (table: Element) => cellsOf(table).some(({ attributes }) => attributes.has('bgcolor'))

function trimmed(children: readonly (Element | string)[]): (Element | string)[] {
  return children.flatMap((child, at): (Element | string)[] => {
    if (typeof child !== 'string') return [child]
    let words = at === 0 ? child.trimStart() : child
    if (at === children.length - 1) words = words.trimEnd()
    return words ? [words] : []
  })
}

function styleOf({ tag, attributes }: Element): string {
  const isColumn = attributes.get('class') === 'pb-half'
  return (attributes.get('style') ?? '')
    .split(';')
    .map((one) => one.replace(/\s*([:,])\s*/g, '$1').trim())
    .filter((one) => {
      if (!one) return false
      if (isColumn) return /^(display|vertical-align|width):/.test(one)
      // A heading, a list and a quotation say their own sizes; a link has its line.
      return !(tag === 'a' && /^(font-size:17px|line-height)/.test(one)) && !INHERITED.test(one)
    })
    .join(';')
}

function write(children: readonly (Element | string)[]): string {
  return children
    .map((child) => {
      if (typeof child === 'string') return child
      const attributes = [...child.attributes].map(([name, value]) => ` ${name}="${value}"`).join('')
      return `<${child.tag}${attributes}>${VOID.has(child.tag) ? '' : `${write(child.children)}</${child.tag}>`}`
    })
    .join('')
}
