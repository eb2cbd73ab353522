/**
 * Reads a drawing that somebody hands in and writes it anew from what is allowed. Nothing is struck out of the original:
 * what comes out holds only elements and attributes of these lists, so that what we do not know cannot come along. What
 * could act (scripts, foreign content, addresses) refuses the drawing by name; what is of no use to it is left behind.
 */
export type SvgReading =
  | { svg: string; width: number; height: number }
  | { fault: 'unreadable' }
  | { fault: 'refused'; what: string }

const SHAPES = 'path rect circle ellipse line polyline polygon'
const ELEMENTS = new Set(
  `svg g defs title desc text tspan clipPath linearGradient radialGradient stop ${SHAPES}`.split(' '),
)
/** What drawing programs leave behind and nobody sees. Elements with a prefix (`sodipodi:…`) go the same way. */
const LEFT_BEHIND = new Set(['metadata'])

const NUMBERS = /^[-+\d.eE\s,%]*(?:px)?$/
const PAINT = /^(?:none|currentColor|[a-zA-Z]{3,24}|#[0-9a-fA-F]{3,8}|rgba?\([\d\s.,%]+\)|url\(#[\w-]+\))$/
const NAMES = /^[\w\s-]*$/
const PLAIN = /^[\w\s.,%#-]*$/
const LOCAL = /^url\(#[\w-]+\)$/

const each = (names: string, allowed: RegExp) => names.split(' ').map((name) => [name, allowed] as const)
const ATTRIBUTES = new Map<string, RegExp>([
  ...each('x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height offset viewBox points', NUMBERS),
  ...each('stroke-width stroke-dasharray stroke-dashoffset stroke-miterlimit letter-spacing font-size', NUMBERS),
  ...each('opacity fill-opacity stroke-opacity stop-opacity', NUMBERS),
  ...each('fill stroke stop-color', PAINT),
  ...each('stroke-linecap stroke-linejoin fill-rule clip-rule text-anchor dominant-baseline', PLAIN),
  ...each('font-weight font-style vector-effect gradientUnits clipPathUnits spreadMethod preserveAspectRatio', PLAIN),
  ...each('id class', NAMES),
  ['clip-path', LOCAL],
  ['d', /^[MmLlHhVvCcSsQqTtAaZz\d\s,.eE+-]*$/],
  ...each('transform gradientTransform', /^[a-zA-Z\d\s,.()+-]*$/),
])
/** An address to another place of the same drawing: gradients borrow their stops by it. */
const GRADIENTS = new Set(['linearGradient', 'radialGradient'])

const DEPTH_MAX = 40
const ELEMENTS_MAX = 6000

const TOKEN =
  /<!--[\s\S]*?-->|<\?xml[^?<>]*\?>|<!DOCTYPE[^<>[]*>|<\/([A-Za-z][\w:.-]*)\s*>|<([A-Za-z][\w:.-]*)((?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const ATTRIBUTE = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

class Refused {
  what: string
  constructor(what: string) {
    this.what = what
  }
}

/** @param content bytes of the file */
export function readSvg(content: Uint8Array): SvgReading {
  const text = textOf(content)
  if (text === undefined) return { fault: 'unreadable' }
  try {
    return rewritten(text) ?? { fault: 'unreadable' }
  } catch (error) {
    if (error instanceof Refused) return { fault: 'refused', what: error.what }
    throw error
  }
}

function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return undefined
  }
}

function rewritten(text: string): SvgReading | undefined {
  const open: { name: string; dropped: boolean }[] = []
  let out = ''
  let size: { width: number; height: number } | undefined
  let elements = 0
  for (const [, closes, opens, attributes = '', selfClosed, words] of tokens(text)) {
    const within = open.at(-1)
    if (words !== undefined) {
      if (!words.trim()) continue
      const said = decoded(words)
      if (said === undefined || !within) return undefined
      if (!within.dropped && ['title', 'desc', 'text', 'tspan'].includes(within.name)) out += encoded(said)
    } else if (closes !== undefined) {
      if (within?.name !== closes) return undefined
      open.pop()
      if (!within.dropped) out += `</${closes}>`
    } else if (opens !== undefined) {
      if (++elements > ELEMENTS_MAX || open.length > DEPTH_MAX) throw new Refused('…')
      const isRoot = elements === 1
      if (isRoot !== (open.length === 0) || (isRoot && opens !== 'svg')) return undefined
      const dropped = (within?.dropped ?? false) || isLeftBehind(opens)
      if (!dropped && (!ELEMENTS.has(opens) || (!isRoot && opens === 'svg'))) throw new Refused(`<${opens}>`)
      const given = attributesOf(attributes)
      if (!given) return undefined
      if (isRoot) size = sizeOf(given)
      if (isRoot && !size) return undefined
      if (!dropped) out += startOf(opens, given, isRoot ? size : undefined, selfClosed === '/')
      if (!selfClosed) open.push({ name: opens, dropped })
      else if (isRoot) return undefined
    }
  }
  return size && open.length === 0 && out.endsWith('</svg>') ? { svg: out, ...size } : undefined
}

/** All there is, token by token; ends with one that closes nothing where the text is not what it should be. */
function* tokens(text: string): Generator<RegExpExecArray> {
  TOKEN.lastIndex = 0
  const start = text.startsWith('\uFEFF') ? 1 : 0
  for (let at = start; at < text.length;) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found) throw new Refused(text.slice(at, at + 24).trim())
    at = TOKEN.lastIndex
    yield found
  }
}

const isLeftBehind = (name: string) => LEFT_BEHIND.has(name) || (name.includes(':') && !name.startsWith('svg:'))

function attributesOf(text: string): Map<string, string> | undefined {
  const found = new Map<string, string>()
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const value = decoded(double ?? single ?? '')
    if (value === undefined || found.has(name)) return undefined
    found.set(name, value.trim())
  }
  // What programs write as one style is the same as attributes, and is held against the same lists.
  for (const declaration of found.get('style')?.split(';') ?? []) {
    const [name = '', value = ''] = declaration.split(/:(.*)/s).map((part) => part.trim())
    if (ATTRIBUTES.has(name) && !['id', 'class', 'd', 'transform'].includes(name)) found.set(name, value)
    else if (/url\(|@|expression|\\/i.test(value)) throw new Refused(`style: ${name}`)
  }
  found.delete('style')
  return found
}

function startOf(
  name: string,
  given: ReadonlyMap<string, string>,
  size: { width: number; height: number } | undefined,
  closed: boolean,
): string {
  const kept = [...given].flatMap(([attribute, value]) => {
    if (/^on/i.test(attribute)) throw new Refused(attribute)
    if (attribute === 'href' || attribute === 'xlink:href') return hrefOf(name, value)
    const allowed = ATTRIBUTES.get(attribute)
    if (!allowed || (size && ['width', 'height', 'x', 'y'].includes(attribute))) return []
    if (!allowed.test(value)) throw new Refused(`${attribute}="${value.slice(0, 30)}"`)
    return [` ${attribute}="${encoded(value)}"`]
  })
  const root = size
    ? ` xmlns="http://www.w3.org/2000/svg"${given.has('viewBox') ? '' : ` viewBox="0 0 ${size.width} ${size.height}"`}`
    : ''
  return `<${name}${root}${kept.join('')}${closed ? '/' : ''}>`
}

function hrefOf(name: string, value: string): string[] {
  if (!GRADIENTS.has(name) || !/^#[\w-]+$/.test(value)) throw new Refused(`<${name} href>`)
  return [` href="${value}"`]
}

/** Of the view box, or of width and height where there is none. */
function sizeOf(given: ReadonlyMap<string, string>): { width: number; height: number } | undefined {
  const box = given
    .get('viewBox')
    ?.split(/[\s,]+/)
    .map(Number)
  const [width, height] =
    box?.length === 4 ? box.slice(2) : ['width', 'height'].map((side) => parseFloat(given.get(side) ?? ''))
  return width && height && width > 0 && height > 0 && Number.isFinite(width + height) ? { width, height } : undefined
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Only the five entities that XML knows by itself, and numbers; one that a document made up is not understood. */
function decoded(text: string): string | undefined {
  let isKnown = true
  const plain = text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));|&/g,
    (_whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : undefined
      if (code !== undefined && code <= 0x10ffff && code >= 32) return String.fromCodePoint(code)
      const known = name ? ENTITIES[name] : undefined
      isKnown &&= known !== undefined
      return known ?? ''
    },
  )
  return isKnown ? plain : undefined
}

function encoded(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
