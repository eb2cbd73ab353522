import { inflateSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { emptyDocument, sampleDocument } from './sample-document.ts'
import { renderReport } from './render-report.ts'

/**
 * The clauses of PDF/A-2b (ISO 19005-2) that a file can be held against by its bytes. No validator of the standard is at
 * hand in the toolbox (veraPDF is Java): this reads what Typst writes, clause by clause, and does not replace one.
 */
interface Pdf {
  raw: string
  /** Number → body, streams inflated. */
  objects: Map<number, { dictionary: string; stream: string }>
}

function read(bytes: Uint8Array): Pdf {
  const raw = Buffer.from(bytes).toString('latin1')
  const objects: Pdf['objects'] = new Map()
  for (const [, number = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const at = body.indexOf('stream\n')
    const dictionary = at < 0 ? body : body.slice(0, at)
    const data = Buffer.from(at < 0 ? '' : body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1')
    const stream = /FlateDecode/.test(dictionary) ? inflateSync(data) : data
    objects.set(Number(number), { dictionary, stream: stream.toString('latin1') })
  }
  return { raw, objects }
}

const all = (pdf: Pdf, pattern: RegExp) =>
  [...pdf.objects.values()].filter(({ dictionary }) => pattern.test(dictionary))
const target = (dictionary: string, key: string) => Number(new RegExp(`/${key}\\s+(\\d+) 0 R`).exec(dictionary)?.[1])

describe.each([
  ['a full report', () => sampleDocument()],
  ['a draft in English', () => ({ ...sampleDocument({ language: 'en' }), draft: true })],
  ['an empty one', () => emptyDocument()],
  ['a sealed sheet', () => ({ ...emptyDocument(), kind: 'sealed' as const })],
])('%s', (_what, document) => {
  let pdf: Pdf
  let catalog: string
  beforeAll(async () => {
    pdf = read((await renderReport(document())).pdf)
    catalog = all(pdf, /\/Type\s*\/Catalog/)[0]!.dictionary
  })

  it('6.1.2, 6.1.3: begins as a binary PDF 1.7, ends with an identifier, is not encrypted', () => {
    expect(pdf.raw).toMatch(/^%PDF-1\.7\n%[\x80-\xff]{4}/)
    const trailer = pdf.raw.slice(pdf.raw.lastIndexOf('trailer'))
    expect(trailer).toMatch(/\/ID \[\(.{16,}\) \(.{16,}\)\]/)
    expect(trailer).not.toContain('/Encrypt')
    expect(pdf.raw.trimEnd().endsWith('%%EOF')).toBe(true)
  })

  it('6.1.7: every stream has the length it names, and none is LZW or kept elsewhere', () => {
    for (const [, length, body] of pdf.raw.matchAll(/\/Length (\d+)[\s\S]*?\nstream\n([\s\S]*?)\nendstream/g))
      expect(body!.length).toBe(Number(length))
    expect(all(pdf, /LZWDecode|\/F \(|\/FFilter|\/Crypt/)).toEqual([])
  })

  it('6.2.3: one output intent with an ICC profile that may be handed on', () => {
    expect(catalog.match(/\/OutputIntents/g)).toHaveLength(1)
    expect(catalog).toMatch(/\/S \/GTS_PDFA1/)
    const profile = pdf.objects.get(target(catalog, 'DestOutputProfile'))!
    expect(profile.dictionary).toMatch(/\/N 3/)
    const icc = Buffer.from(profile.stream, 'latin1')
    expect(icc.readUInt32BE(0)).toBe(icc.length)
    expect(icc[8]).toBeLessThanOrEqual(4)
    expect(icc.toString('latin1', 12, 20)).toBe('mntrRGB ')
    expect(icc.toString('latin1', 36, 40)).toBe('acsp')
    expect(tagText(icc, 'cprt')).toMatch(/CC0/)
  })

  it('6.2.4: colours are of that profile or of a grey', () => {
    expect(pdf.raw).not.toMatch(/\/DeviceCMYK|\/DeviceN|\/Separation/)
  })

  it('6.2.5, 6.2.8: nothing that a viewer draws as it likes: transfer functions, interpolated or alternate images, PostScript', () => {
    expect(all(pdf, /\/TR2? |\/HTP|\/Interpolate true|\/Alternates|\/OPI|\/Subtype\s*\/PS/)).toEqual([])
  })

  it('6.2.10: no transparency whose colours are open', () => {
    const states = all(pdf, /\/Type\s*\/ExtGState/).map(({ dictionary }) => dictionary)
    expect(states.filter((state) => /\/SMask \d|\/BM \/(?!Normal|Compatible)|\/[Cc][Aa] 0?\.\d/.test(state))).toEqual(
      [],
    )
  })

  it('6.2.11: every font is in the file, with the tables that lead from codes to glyphs and back to characters', () => {
    const composite = all(pdf, /\/Subtype\s*\/Type0/)
    expect(composite.length).toBeGreaterThan(0)
    expect(all(pdf, /\/Type\s*\/Font\b/).length).toBe(
      composite.length + all(pdf, /\/Subtype\s*\/CIDFontType[02]/).length,
    )
    for (const { dictionary } of composite) {
      expect(dictionary).toMatch(/\/Encoding \/Identity-H/)
      expect(pdf.objects.get(target(dictionary, 'ToUnicode'))!.stream).toContain('begincmap')
    }
    for (const { dictionary } of all(pdf, /\/Subtype\s*\/CIDFontType2/))
      expect(dictionary).toMatch(/\/CIDToGIDMap \/Identity/)
    for (const { dictionary } of all(pdf, /\/Type\s*\/FontDescriptor/)) {
      const file = /\/FontFile[23] (\d+) 0 R/.exec(dictionary)
      expect(pdf.objects.get(Number(file?.[1]))?.stream.length).toBeGreaterThan(500)
    }
  })

  it('6.3, 6.5: links only, to be printed, and nothing that runs', () => {
    expect(pdf.raw).not.toMatch(
      /\/JavaScript|\/JS |\/Launch|\/OpenAction|\/AA |\/XFA|\/AcroForm|\/RichMedia|\/EmbeddedFiles/,
    )
    for (const { dictionary } of all(pdf, /\/Type\s*\/Annot\b/)) {
      expect(dictionary).toMatch(/\/Subtype \/Link/)
      expect(dictionary).toMatch(/\/F 4\b/)
    }
  })

  it('6.6: metadata in the open say that it is PDF/A-2b, and agree with what the file says elsewhere', () => {
    const { dictionary, stream } = pdf.objects.get(target(catalog, 'Metadata'))!
    expect(dictionary).not.toContain('/Filter')
    expect(dictionary).toMatch(/\/Subtype \/XML/)
    const xmp = Buffer.from(stream, 'latin1').toString('utf8')
    expect(xmp).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>')
    const { reportNumber, printedOn } = document()
    expect(/<dc:title>.*?<\/dc:title>/.exec(xmp)![0]).toContain(reportNumber)
    expect(xmp).toContain(`<xmp:CreateDate>${printedOn}`)
    expect(pdf.raw).toContain(`/CreationDate (D:${printedOn.replaceAll('-', '')}`)
  })
})

/** A text tag of an ICC profile, as multi-localised Unicode. */
function tagText(icc: Buffer, name: string): string {
  for (let at = 132; at < 132 + icc.readUInt32BE(128) * 12; at += 12) {
    if (icc.toString('latin1', at, at + 4) !== name) continue
    const tag = icc.subarray(icc.readUInt32BE(at + 4), icc.readUInt32BE(at + 4) + icc.readUInt32BE(at + 8))
    return tag.subarray(28).swap16().toString('utf16le')
  }
  return ''
}
