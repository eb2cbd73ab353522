import { describe, expect, it } from 'vitest'
import { refuseUnsafe, UnmaskedNumber, UnsafeSvg } from './report-refusals.ts'
import { sampleDocument } from './sample-document.ts'

const document = sampleDocument()

function withCard(cardNumberMasked: string, phoneMasked?: string) {
  return { ...document, patient: { ...document.patient, cardNumberMasked, phoneMasked } }
}

describe('numbers', () => {
  it.each(['5***************1X', '513436********0011', 'E****4471', '*****', ''])('lets %s pass', (card) => {
    expect(() => refuseUnsafe(withCard(card))).not.toThrow()
  })

  it.each(['51343620000320711X', '5134362000****711X', '5134 3620 00**', 'E12345678'])('refuses %s', (card) => {
    expect(() => refuseUnsafe(withCard(card))).toThrow(UnmaskedNumber)
  })

  it('refuses a telephone number in full and does not repeat it', () => {
    expect(() => refuseUnsafe(withCard('5*1X', '18012341999'))).toThrow('patient.phoneMasked is not masked')
  })
})

describe('drawings', () => {
  const refuse = (logoSvg: string) => () =>
    refuseUnsafe({ ...document, organization: { ...document.organization, logoSvg } })

  it.each([
    '<svg><defs><linearGradient id="a"/></defs><circle fill="url(#a)" r="4"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>',
  ])('lets a self-contained one pass: %s', (svg) => expect(refuse(svg)).not.toThrow())

  it.each([
    '<svg><image href="/etc/hostname"/></svg>',
    '<svg><svg:image x="1"/></svg>',
    '<svg><use href="file:///a.svg#b"/></svg>',
    "<svg><a xlink:href='http://127.0.0.1/'/></svg>",
    '<svg><rect fill="url(http://127.0.0.1/a)"/></svg>',
    '<svg><style>@import "a.css"</style></svg>',
    '<svg><foreignObject/></svg>',
    '<svg onload=""><script>1</script></svg>',
    '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]><svg>&a;</svg>',
    'not a drawing',
    `<svg>${' '.repeat(200_000)}</svg>`,
  ])('refuses what reaches out: %s', (svg) => expect(refuse(svg)).toThrow(UnsafeSvg))

  it('looks at the signature as well', () => {
    const signed = { ...document, doctor: { ...document.doctor, signatureSvg: '<svg><image/></svg>' } }
    expect(() => refuseUnsafe(signed)).toThrow('doctor.signatureSvg: points outside itself')
  })
})
