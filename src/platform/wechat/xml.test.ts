import { describe, expect, test } from 'vitest'
import { childOf, childText, readXml, writeXml } from './xml.ts'

describe('reading', () => {
  test('what WeChat sends', () => {
    const read = readXml(
      '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n <A><![CDATA[<b>&amp;]]></A><B>1 &lt; 2 &#x4f60;&#22909;</B><C/><D></D>\n</xml>\n',
    )
    expect(['A', 'B', 'C', 'D', 'E'].map((name) => childText(read, name))).toEqual([
      '<b>&amp;',
      '1 < 2 你好',
      '',
      '',
      '',
    ])
    expect(childOf(read, 'C')).toEqual({ name: 'C', text: '', children: [] })
  })

  test('lists that are nested', () => {
    const read = readXml('<xml><L><List><T>a</T></List><List><T>b</T></List></L></xml>')
    expect(childOf(read, 'L')!.children.map((one) => childText(one, 'T'))).toEqual(['a', 'b'])
  })

  test('text in several pieces', () => {
    expect(childText(readXml('<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>'), 'A')).toBe('a]]>b')
  })
})

test.each([
  ['an entity of its own', '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>'],
  ['a file', '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>'],
  ['an entity nobody knows', '<xml><A>&nbsp;</A></xml>'],
  ['a bare ampersand', '<xml><A>a & b</A></xml>'],
  ['a character that does not exist', '<xml><A>&#xD800;</A></xml>'],
  ['a character beyond all', '<xml><A>&#x110000;</A></xml>'],
  ['a null character', '<xml><A>&#0;</A></xml>'],
  ['attributes', '<xml a="1"></xml>'],
  ['a comment', '<xml><!-- a --></xml>'],
  ['an instruction', '<xml><?php ?></xml>'],
  ['what is closed in another order', '<xml><A><B></A></B></xml>'],
  ['what is not closed', '<xml><A></A>'],
  ['what was never opened', '<xml></xml></xml>'],
  ['two roots', '<xml></xml><xml></xml>'],
  ['text outside', 'hello<xml></xml>'],
  ['nothing', ''],
  ['half a CDATA', '<xml><A><![CDATA[a</A></xml>'],
  ['depth without end', '<xml>' + '<A>'.repeat(9) + '</A>'.repeat(9) + '</xml>'],
  ['elements without end', '<xml>' + '<A/>'.repeat(501) + '</xml>'],
  ['length without end', `<xml><A>${'a'.repeat(70_000)}</A></xml>`],
])('refuses %s', (_what, source) => {
  expect(() => readXml(source)).toThrow(expect.objectContaining({ name: 'XmlRefused' }))
})

test('a thousand opened brackets take no time to refuse', () => {
  expect(() => readXml('<xml>' + '<![CDATA['.repeat(7000))).toThrow(expect.objectContaining({ name: 'XmlRefused' }))
})

test('writes what it reads', () => {
  const written = writeXml({ A: 'a]]>b<&', N: 3, L: { List: [{ T: 'x' }, { T: 'y' }] } })
  const read = readXml(written)
  expect([childText(read, 'A'), childText(read, 'N')]).toEqual(['a]]>b<&', '3'])
  expect(childOf(read, 'L')!.children.map((one) => childText(one, 'T'))).toEqual(['x', 'y'])
})
