// For tests only: reads the words back out of a PDF, as a reader's "copy" would, without any tool on the machine.
import { inflateSync } from 'node:zlib'

interface Pdf {
  objects: Map<number, { dictionary: string; stream: string }>
}

/** The text of each page, in drawing order, pieces of text joined without spaces. Knows what Typst writes, no more. */
export function pdfPageTexts(bytes: Uint8Array): string[] {
  const pdf = readObjects(Buffer.from(bytes).toString('latin1'))
  const pages = [...pdf.objects.values()].filter(({ dictionary }) => /\/Type\s*\/Page\b(?!s)/.test(dictionary))
  return pages.map((page) => {
    const fonts = fontsOf(pdf, page.dictionary)
    const contents = reference(page.dictionary, 'Contents')
    return textOf(pdf.objects.get(contents)?.stream ?? '', fonts)
  })
}

function readObjects(raw: string): Pdf {
  const objects: Pdf['objects'] = new Map()
  for (const match of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, number = '', body = ''] = match
    const at = body.indexOf('stream\n')
    const dictionary = at < 0 ? body : body.slice(0, at)
    const data = at < 0 ? '' : body.slice(at + 7, body.lastIndexOf('\nendstream'))
    const stream = /FlateDecode/.test(dictionary) ? inflateSync(Buffer.from(data, 'latin1')).toString('latin1') : data
    objects.set(Number(number), { dictionary, stream })
  }
  return { objects }
}

function reference(dictionary: string, key: string): number {
  return Number(new RegExp(`/${key}\\s+(\\d+) 0 R`).exec(dictionary)?.[1] ?? NaN)
}

/** Font names of a page with their table from glyph to characters. */
function fontsOf(pdf: Pdf, page: string): Map<string, Map<string, string>> {
  const own = reference(page, 'Resources')
  const resources = Number.isNaN(own) ? page : (pdf.objects.get(own)?.dictionary ?? '')
  const listed = reference(resources, 'Font')
  const fonts = Number.isNaN(listed) ? resources : (pdf.objects.get(listed)?.dictionary ?? '')
  const result = new Map<string, Map<string, string>>()
  for (const [, name = '', number = ''] of fonts.matchAll(/\/(\w+)\s+(\d+) 0 R/g)) {
    const font = pdf.objects.get(Number(number))?.dictionary ?? ''
    const table = pdf.objects.get(reference(font, 'ToUnicode'))?.stream
    if (table) result.set(name, readTable(table))
  }
  return result
}

function readTable(cmap: string): Map<string, string> {
  const table = new Map<string, string>()
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) {
      table.set(glyph.toLowerCase(), Buffer.from(text, 'hex').swap16().toString('utf16le'))
    }
  }
  return table
}

/** Reads the operators that choose a font and show text; the rest of the drawing is skipped. */
function textOf(content: string, fonts: Map<string, Map<string, string>>): string {
  let table: Map<string, string> | undefined
  let text = ''
  // The font belongs to the graphics state, which q puts aside and Q brings back.
  const aside: (typeof table)[] = []
  const shows = /\/(\w+) [\d.]+ Tf|<([0-9a-fA-F]+)>|\(|(?<=^|\n)([qQ])(?=\n)/g
  for (let match = shows.exec(content); match; match = shows.exec(content)) {
    const [, font, hex, state] = match
    if (font !== undefined) table = fonts.get(font)
    else if (state === 'q') aside.push(table)
    else if (state === 'Q') table = aside.pop()
    else {
      const literal = hex === undefined ? literalAt(content, shows.lastIndex) : undefined
      if (literal) shows.lastIndex = literal.end
      const codes = hex ?? Buffer.from(literal?.text ?? '', 'latin1').toString('hex')
      for (let at = 0; at < codes.length; at += 4) text += table?.get(codes.slice(at, at + 4).toLowerCase()) ?? ''
    }
  }
  return text
}

/** A string in round brackets; balanced brackets inside it need no escape. */
function literalAt(content: string, start: number): { text: string; end: number } {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  let text = ''
  let depth = 1
  let at = start
  for (; at < content.length; at++) {
    const character = content[at]!
    if (character === '\\') {
      const code = /^(?:[0-7]{1,3}|[\s\S])/.exec(content.slice(at + 1, at + 4))![0]
      text += /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (named[code] ?? code)
      at += code.length
      continue
    }
    if (character === '(') depth++
    if (character === ')' && --depth === 0) break
    text += character
  }
  return { text, end: at + 1 }
}
