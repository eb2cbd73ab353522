/** An element of a message as WeChat pushes it: either text or children. Attributes do not occur there. */
export interface XmlElement {
  name: string
  text: string
  children: XmlElement[]
}

export class XmlRefused extends Error {
  override readonly name = 'XmlRefused'
}

const LENGTH_MAX = 64 * 1024
const DEPTH_MAX = 8
const ELEMENTS_MAX = 500

const DECLARATION = /^\uFEFF?\s*(?:<\?xml [^<>?]{0,200}\?>)?/
const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]{0,63})\s*(\/?)>|([^<]+)/y

/**
 * Reads the small XML of callbacks: nested elements, text, CDATA. What these never hold and others attack with is refused:
 * document types and entities of one's own, processing instructions, comments, attributes, depth and length without end.
 * @throws XmlRefused
 */
export function readXml(source: string): XmlElement {
  if (source.length > LENGTH_MAX) throw new XmlRefused('too long')
  const top: XmlElement = { name: '', text: '', children: [] }
  const open = [top]
  let elements = 0
  TOKEN.lastIndex = DECLARATION.exec(source)?.[0].length ?? 0
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(source)
    if (!token) throw new XmlRefused(`not understood at ${at}`)
    const [, cdata, closing, name, empty, text] = token
    const inner = open.at(-1)!
    if (name === undefined) addText(inner, cdata ?? decode(text!), open.length === 1)
    else if (closing) {
      if (empty || inner.name !== name || open.length === 1) throw new XmlRefused(`closes what is not open at ${at}`)
      open.pop()
    } else {
      if (++elements > ELEMENTS_MAX || open.length > DEPTH_MAX) throw new XmlRefused('too many elements')
      const element: XmlElement = { name, text: '', children: [] }
      inner.children.push(element)
      if (!empty) open.push(element)
    }
  }
  if (open.length > 1 || top.children.length !== 1) throw new XmlRefused('not one whole element')
  return top.children[0]!
}

function addText(element: XmlElement, text: string, outside: boolean): void {
  if (outside && text.trim() !== '') throw new XmlRefused('text outside of the element')
  element.text += text
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));|&/g, (whole, name, decimal, hex) => {
    if (whole === '&') throw new XmlRefused('an entity that is none of the five')
    if (name) return NAMED[name as string]!
    const point = decimal ? Number(decimal) : Number.parseInt(hex as string, 16)
    if (point < 9 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new XmlRefused('no such character')
    return String.fromCodePoint(point)
  })
}

/** The text of a child; '' when there is none. */
export function childText(element: XmlElement, name: string): string {
  return childOf(element, name)?.text.trim() ?? ''
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** `<xml>` with one child per field: numbers bare, text as CDATA, lists of fields as nested elements. */
export function writeXml(fields: XmlFields, name = 'xml'): string {
  const inner = Object.entries(fields).map(([key, value]) => {
    if (typeof value === 'number') return `<${key}>${value}</${key}>`
    if (typeof value === 'string') return `<${key}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${key}>`
    return (Array.isArray(value) ? value : [value]).map((one) => writeXml(one, key)).join('')
  })
  return `<${name}>${inner.join('')}</${name}>`
}

export interface XmlFields {
  [name: string]: string | number | XmlFields | XmlFields[]
}
