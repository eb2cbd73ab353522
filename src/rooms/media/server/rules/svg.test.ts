import { describe, expect, test } from 'vitest'
import { readSvg } from './svg.ts'

const read = (text: string) => readSvg(Buffer.from(text))
const svg = (inner: string, root = 'viewBox="0 0 40 30"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${root}>${inner}</svg>`
const written = (text: string) => {
  const result = read(text)
  if ('fault' in result) throw new Error(JSON.stringify(result))
  return result.svg
}

describe('a drawing', () => {
  test('is written anew with its size', () => {
    const text =
      '<g transform="translate(1 2)"><path d="M0 0L9 9" class="s-ink w2" fill="none"/></g><text x="3" y="4">肝 &amp; 血</text>'
    expect(read(svg(text))).toEqual({ svg: svg(text), width: 40, height: 30 })
  })

  test('read again is the same: what is kept has one form', () => {
    const once = written(
      `\uFEFF<?xml version="1.0"?><!DOCTYPE svg><!-- a -->\n${svg('\n <rect width="3" height="4" />\n')}\n`,
    )
    expect(written(once)).toBe(once)
  })

  test('has the size of its sides where it has no view box', () => {
    expect(read(svg('<rect width="1" height="1"/>', 'width="300px" height="200"'))).toMatchObject({
      width: 300,
      height: 200,
    })
    expect(written(svg('<rect width="1" height="1"/>', 'width="300px" height="200"'))).toContain(
      'viewBox="0 0 300 200"',
    )
  })

  test('may write its attributes as a style, as drawing programs do', () => {
    expect(written(svg('<rect width="3" style="fill:#abc;stroke:none;-inkscape-font:Arial;font-size:3px"/>'))).toBe(
      svg('<rect width="3" fill="#abc" stroke="none" font-size="3px"/>'),
    )
  })

  test('leaves behind what nobody sees', () => {
    const programs = '<metadata><rdf:RDF><script/></rdf:RDF></metadata><sodipodi:namedview a="1"/><desc>x</desc>'
    expect(written(svg(`${programs}<rect id="a" data-name="b" inkscape:label="c" width="3"/>`))).toBe(
      svg('<desc>x</desc><rect id="a" width="3"/>'),
    )
  })

  test('may borrow stops of a gradient of its own', () => {
    const text =
      '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient><linearGradient id="b" href="#a"/></defs><rect fill="url(#b)"/>'
    expect(written(svg(text))).toBe(svg(text))
  })
})

describe('what could act is refused by name', () => {
  test.each([
    ['a script', '<script>alert(1)</script>', '<script>'],
    ['a script that hides its case', '<ScRiPt>alert(1)</ScRiPt>', '<ScRiPt>'],
    ['foreign content', '<foreignObject><b/></foreignObject>', '<foreignObject>'],
    ['a style sheet', '<style>@import url(//x)</style>', '<style>'],
    ['a picture from elsewhere', '<image href="http://x/y.png"/>', '<image>'],
    ['a link', '<a href="javascript:alert(1)"><rect/></a>', '<a>'],
    ['an animation that sets an address', '<animate attributeName="href" to="x"/>', '<animate>'],
    ['a copy of itself', '<use href="#a"/>', '<use>'],
    ['a filter', '<filter id="a"/>', '<filter>'],
    ['a handler', '<rect onload="alert(1)"/>', 'onload'],
    ['a handler in capitals', '<rect ONCLICK="alert(1)"/>', 'ONCLICK'],
    ['a fill from elsewhere', '<rect fill="url(http://x/#a)"/>', 'fill="url(http://x/#a)"'],
    ['a gradient from elsewhere', '<linearGradient href="http://x/#a"/>', '<linearGradient href>'],
    ['a gradient by the old name', '<linearGradient xlink:href="data:x"/>', '<linearGradient href>'],
    ['an address in a style', '<rect style="background:url(//x)"/>', 'style: background'],
    ['a paint with an entity in it', '<rect fill="url(&#104;ttp://x)"/>', 'fill="url(http://x)"'],
    ['a drawing within', '<svg viewBox="0 0 1 1"/>', '<svg>'],
  ])('%s', (_what, inner, what) => expect(read(svg(inner))).toEqual({ fault: 'refused', what }))

  test('a drawing as deep as a well', () => {
    expect(read(svg(`${'<g>'.repeat(60)}${'</g>'.repeat(60)}`))).toMatchObject({ fault: 'refused' })
  })
})

describe('what is no drawing is not read', () => {
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['HTML', '<html><body/></html>'],
    ['a drawing without a size', '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'],
    ['one that is not closed', '<svg viewBox="0 0 1 1"><g></svg>'],
    ['two', `${svg('')}${svg('')}`],
    ['one with words around it', `x${svg('')}`],
    ['an entity of its own', svg('<text>&lol;</text>')],
    ['the same attribute twice', svg('<rect width="1" width="2"/>')],
    ['a root without content', '<svg viewBox="0 0 1 1"/>'],
  ])('%s', (_what, text) => expect(read(text)).toHaveProperty('fault'))

  test('a document type with entities of its own', () => {
    expect(read(`<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`)).toMatchObject({ fault: 'refused' })
  })

  test('bytes that are no text', () =>
    expect(readSvg(Buffer.from([0xff, 0xfe, 0x00, 0x41]))).toEqual({ fault: 'unreadable' }))
})

test('whatever goes in, what comes out holds nothing that acts', () => {
  const parts = [
    '<g>',
    '</g>',
    '<rect on',
    'load="a"',
    '/>',
    '<script',
    '>',
    'javascript:',
    '"',
    "'",
    '<!--',
    '-->',
    '&lt;',
    '<style>',
    '</style>',
    ' href="#a"',
    '<title>',
    '</title>',
    '<![CDATA[',
    ']]>',
  ]
  let seed = 7
  const next = () => (seed = (seed * 48271) % 2147483647)
  for (let n = 0; n < 3000; n++) {
    const text = svg(Array.from({ length: next() % 9 }, () => parts[next() % parts.length]).join(''))
    const result = read(text)
    if ('fault' in result) continue
    // Outside of words, no bracket opens anything but what is allowed.
    const tags = [...result.svg.matchAll(/<\/?([A-Za-z]+)/g)].map(([, name]) => name)
    expect(
      tags.every((name) => ['svg', 'g', 'rect', 'title'].includes(name!)),
      text,
    ).toBe(true)
    expect(result.svg, text).not.toMatch(/<[^>]*\son\w+=/i)
  }
})
