import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pdfPageTexts } from '../../../../platform/print/pdf-text.ts'
import type { ReportDocument } from './report-document.ts'
import { renderReport } from './render-report.ts'
import { ReportNotCompiled } from './report-refusals.ts'
import { emptyDocument, sampleDocument } from './sample-document.ts'

type Words = Record<string, string> & { ranks: Record<string, { title: string }> }

function wordsOf(language: ReportDocument['language']): Words {
  return JSON.parse(readFileSync(new URL(`../../content/report-2/words.${language}.json`, import.meta.url), 'utf8'))
}

/** Line breaks of the page are no part of the text. */
async function textsOf(document: ReportDocument): Promise<string[]> {
  return pdfPageTexts((await renderReport(document)).pdf).map(bare)
}

function bare(text: string): string {
  return text.replaceAll(/\s/g, '')
}

/** Which of these texts a page does not hold: `[]` is what a test hopes for, and short to read when it fails. */
function absent(page: string, texts: (string | undefined)[]): (string | undefined)[] {
  return texts.filter((text) => text === undefined || !page.includes(bare(text)))
}

describe.each(['zh-CN', 'en'] as const)('a full report in %s', async (language) => {
  const document = sampleDocument({ language })
  const words = wordsOf(language)
  const pages = await textsOf(document)
  const whole = pages.join('\n')

  it('has the mandatory parts in the order of the norm', () => {
    const starts = [words.title, words.summary, words.comparison, words.results, words.explanation, words.reachUs].map(
      (title) => pages.findLastIndex((page) => page.includes(bare(title!)) && page !== pages[1]),
    )
    expect(starts).not.toContain(-1)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    expect(absent(whole, [words.conclusions, words.abnormalItems, words.notDone, words.disclaimers])).toEqual([])
  })

  it('says who, when and where on the cover', () => {
    const { patient, exam, organization, reportNumber, verifyUrl } = document
    const facts = [
      patient.name,
      patient.cardNumberMasked,
      exam.date,
      exam.site,
      organization.name,
      reportNumber,
      verifyUrl,
    ]
    expect(absent(pages[0]!, facts)).toEqual([])
  })

  it('names the person, the number and the page on every page', () => {
    pages.forEach((page, index) => {
      const pageOf = words.page!.replace('{n}', String(index + 1)).replace('{m}', String(pages.length))
      expect(absent(page, [document.patient.name, document.reportNumber, pageOf])).toEqual([])
    })
  })

  it('gives title, grounds and advice of each conclusion, the gravest first', () => {
    expect(
      absent(
        whole,
        document.conclusions.flatMap(({ title, basis, advice }) => [title, basis, advice]),
      ),
    ).toEqual([])
    const ranks = ['high-risk', 'new-suspected', 'known'].map((rank) => whole.indexOf(bare(words.ranks[rank]!.title)))
    expect(ranks).not.toContain(-1)
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  })

  it('lists every result with unit and range, and marks in words or arrows', () => {
    const rows = document.sections.flatMap(({ items }) =>
      items.map(({ name, value, unit, rangeText, flag }) => {
        return name + value + (flag === '异常' ? words.abnormal : flag) + unit + rangeText
      }),
    )
    const told = document.sections.flatMap(({ title, narrative }) => [title, ...Object.values(narrative ?? {})])
    expect(absent(whole, [...rows, ...told])).toEqual([])
  })

  it('is signed: each part, and the whole by the chief doctor', () => {
    const { name, title, signedOn } = document.doctor
    const chief = `${words.chiefDoctor}${name}${title}${words.signedOn}${signedOn}`
    expect(absent(whole, [chief, ...document.sections.map(({ examiner }) => examiner)])).toEqual([])
  })

  it('tells of the compared years, the worries, what was not done, the help of a model, and whom to call', () => {
    const years = document.comparison.flatMap(({ points }) =>
      points.map(({ date, valueText }) => `${date}${valueText}`),
    )
    const left = document.notDone.map((item) => item.name + item.reason)
    const said = [document.worries!.said, document.worries!.answer, document.aiLabel, document.organization.phone]
    expect(absent(whole, [...years, ...left, ...said, ...document.disclaimers])).toEqual([])
  })
})

describe('a report', () => {
  it('shows rare characters, and only masked numbers', async () => {
    const whole = (await textsOf(sampleDocument())).join('\n')
    expect(absent(whole, ['欧阳䶮', '公孙㛃', '×10⁹/L', '3***************1X', '180****1999'])).toEqual([])
    expect(whole.match(/〓|\d{17}[\dX]|1[3-9]\d{9}/g)).toBeNull()
  })

  it('is the same file for the same document, whatever was drawn before', async () => {
    const first = await renderReport(sampleDocument())
    await renderReport(emptyDocument('en'))
    expect(Buffer.from((await renderReport(sampleDocument())).pdf)).toEqual(Buffer.from(first.pdf))
  })

  it('is PDF/A-2b, dated by its day of printing, with its fonts inside', async () => {
    const raw = Buffer.from((await renderReport(sampleDocument())).pdf).toString('latin1')
    expect(raw).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>')
    expect(raw).toContain('/CreationDate (D:20261121')
    expect(raw).toMatch(/\+NotoSansSC-Regular/)
    expect(raw).not.toMatch(/Subtype\s*\/Image/)
  })

  it('comes out whole when there is almost nothing to say', async () => {
    const words = wordsOf('zh-CN')
    const whole = (await textsOf(emptyDocument())).join('\n')
    const parts = ['summary', 'conclusions', 'noConclusions', 'abnormalItems', 'comparison', 'noComparison']
    const others = ['notDone', 'noNotDone', 'results', 'noItems', 'explanation', 'reachUs']
    expect(absent(whole, ['王㛃', ...[...parts, ...others].map((key) => words[key])])).toEqual([])
  })

  it('warns of characters it cannot show and explains the mark', async () => {
    const document = { ...emptyDocument(), worries: { said: '老是😀头晕ก' } }
    const { warnings, pdf } = await renderReport(document)
    expect(warnings).toEqual([{ code: 'missing-characters', characters: ['ก', '😀'] }])
    const whole = pdfPageTexts(pdf).join('')
    expect(absent(whole, ['老是〓头晕〓', wordsOf('zh-CN').markMissing])).toEqual([])
  })

  it('takes texts for texts, never for commands', async () => {
    const said = '#panic("x") *粗* $a_1$ <b> @c \\ `d` "e" [f] {g} //h'
    const whole = (await textsOf({ ...emptyDocument(), worries: { said } })).join('')
    expect(absent(whole, [said])).toEqual([])
  })

  it('says on every page that it is a draft', async () => {
    for (const page of await textsOf({ ...sampleDocument(), draft: true })) {
      expect(absent(page, [wordsOf('zh-CN').draft])).toEqual([])
    }
  })

  it('repeats the head of a part that runs over a page', async () => {
    const document = sampleDocument()
    const items = Array.from({ length: 70 }, (_, index) => ({
      ...document.sections[2]!.items[0]!,
      name: `项目 ${index}`,
    }))
    const pages = await textsOf({ ...document, sections: [{ title: '长表', items }] })
    expect(pages.filter((page) => page.includes('长表项目结果'))).toHaveLength(1)
    expect(pages.filter((page) => page.includes('长表（续）项目结果')).length).toBeGreaterThan(0)
  })

  it('says why when a drawing cannot be read, and goes on with the next report', async () => {
    const document = emptyDocument()
    const broken = { ...document, doctor: { name: '钟离昀', signatureSvg: '<svg><path d=' } }
    await expect(renderReport(broken)).rejects.toThrow(ReportNotCompiled)
    await expect(renderReport(broken)).rejects.toThrow(/svg/i)
    expect((await renderReport(document)).pageCount).toBe(8)
  })

  it.each(['阿卜杜热合曼·麦麦提吐尔孙江·买买提依明', 'W'.repeat(60), 'x'])('holds the name %s', async (name) => {
    const { pageCount } = await renderReport({ ...emptyDocument(), patient: { ...emptyDocument().patient, name } })
    expect(pageCount).toBe(8)
  })
})
