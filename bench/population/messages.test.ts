import { describe, expect, test } from 'vitest'
import { imagingMessage, labMessage, memberAt, members, oulMessage, type Member } from './index.ts'
import { escapeText } from './messages.ts'

const TODAY = '2026-11-21'
const OPTIONS = { controlId: 'MSG0001', sentAt: '20261121093000' }
const member = memberAt(1, 12, { years: 1, today: TODAY, shape: 'uniform' })
const checkup = member.checkups[0] as Member['checkups'][number]

/** Fields by their number in the standard: in MSH the separator itself is field 1. */
function parse(text: string): Array<{ name: string; field: (number: number) => string }> {
  expect(text.endsWith('\r')).toBe(true)
  return text
    .slice(0, -1)
    .split('\r')
    .map((segment) => {
      const fields = segment.split('|')
      const name = fields[0] as string
      return { name, field: (number) => fields[name === 'MSH' ? number - 1 : number] ?? '' }
    })
}
const segment = (text: string, name: string) =>
  parse(text).find((candidate) => candidate.name === name) as ReturnType<typeof parse>[number]
const results = (text: string) => parse(text).filter((candidate) => candidate.name === 'OBX')

describe('the textbook ORU^R01', () => {
  const text = labMessage(member, checkup, OPTIONS)

  test('names type, version, control id, time and charset', () => {
    const header = segment(text, 'MSH')
    expect([
      header.field(2),
      header.field(7),
      header.field(9),
      header.field(10),
      header.field(12),
      header.field(18),
    ]).toEqual(['^~\\&', '20261121093000+0800', 'ORU^R01^ORU_R01', 'MSG0001', '2.5.1', 'UNICODE UTF-8'])
  })

  test('names the patient', () => {
    const patient = segment(text, 'PID')
    expect(patient.field(3)).toContain(`${member.recordNumber}^^^PEIBAN^MR`)
    expect(patient.field(3)).toContain(`${member.person.idNumber}^^^CHN^NNCHN`)
    const [family, given] = patient.field(5).split('^')
    expect(`${family}${given}`).toBe(member.person.name)
    expect(patient.field(7)).toBe(member.person.birthOn.replaceAll('-', ''))
    expect(patient.field(8)).toBe(member.person.sex === 'male' ? 'M' : 'F')
    expect(patient.field(13)).toContain(member.person.phone)
  })

  test('holds 20 results, numbered from 1, each final and with its time', () => {
    const lines = results(text)
    expect(lines.map((line) => line.field(1))).toEqual(Array.from({ length: 20 }, (_, at) => String(at + 1)))
    expect(lines.every((line) => line.field(11) === 'F' && /^\d{14}$/.test(line.field(14)))).toBe(true)
  })

  test('gives values as measured, with LOINC, UCUM, range and flag', () => {
    checkup.observations.forEach((observation, at) => {
      const line = results(text)[at] as ReturnType<typeof parse>[number]
      expect(line.field(2)).toBe(observation.value === null ? 'ST' : 'NM')
      expect(line.field(5)).toBe(String(observation.value ?? observation.text))
      expect(line.field(3)).toMatch(/^\d+-\d\^.+\^LN\^/)
      expect(line.field(6)).toBe(observation.value === null ? '' : `${observation.unit}^^UCUM`)
      expect([line.field(7), line.field(8)]).toEqual([observation.range, observation.flag])
    })
  })

  test('keeps the report number in ORC, OBR and PV1', () => {
    expect([segment(text, 'ORC').field(3), segment(text, 'OBR').field(3), segment(text, 'PV1').field(19)]).toEqual(
      Array(3).fill(checkup.number),
    )
  })
})

describe('the OUL^R24 of Chinese health checks', () => {
  const text = oulMessage(member, checkup, OPTIONS)

  test('shifts the charset into MSH-17', () => {
    const header = segment(text, 'MSH')
    expect(header.field(9)).toBe('OUL^R24')
    expect(header.field(16)).toBe('CHN')
    expect(['UNICODE UTF-8', 'CHN']).toContain(header.field(17))
    expect(header.field(18)).toBe('')
    expect(header.field(7)).toMatch(/^\d{17}$/)
  })

  test('marks a health check in PV1-2 and carries a code with a repetition sign', () => {
    expect(segment(text, 'PV1').field(2)).toBe('T')
    expect(segment(text, 'PV1').field(18)).toBe('02~普通病员')
    expect(segment(text, 'PV1').field(19)).toBe(checkup.number)
  })

  test('writes the whole name into PID-5.1, the identity card into PID-19, the phone into PID-13.7', () => {
    const patient = segment(text, 'PID')
    expect(patient.field(5)).toBe(member.person.name)
    expect(patient.field(19)).toBe(member.person.idNumber)
    expect(patient.field(13).split('^')[6]).toBe(member.person.phone)
    expect(patient.field(3)).toContain('^^^&BLH~')
    expect(patient.field(7)).toMatch(/000000$/)
  })

  test('numbers results from 0, stars the names, puts the unit second and says M for normal', () => {
    results(text).forEach((line, at) => {
      expect(line.field(1)).toBe(String(at))
      expect(line.field(2)).toBe('ST')
      expect(line.field(3).split('^')[1]).toMatch(/^\*/)
      expect(line.field(6)).toMatch(/^\^/)
      expect(['M', 'H', 'L']).toContain(line.field(8))
    })
    const alt = results(text).find((line) => line.field(3).includes('丙氨酸')) as ReturnType<typeof parse>[number]
    expect(alt.field(7)).toMatch(/^9\.0000-\d\d\.0000$/)
    expect(results(text).at(-1)?.field(5)).toMatch(/阴性（-）|±|阳性/)
  })
})

describe('imaging', () => {
  test('comes as findings and impression', () => {
    for (const candidate of members({ seed: 1, count: 200, years: 1, today: TODAY })) {
      for (const visit of candidate.checkups) {
        for (const report of visit.imaging) {
          const lines = results(imagingMessage(candidate, visit, report, OPTIONS))
          expect(lines.map((line) => line.field(3))).toEqual(['1037^检查所见', '1038^检查印象'])
          expect(lines.map((line) => line.field(5))).toEqual([
            escapeText(report.findings),
            escapeText(report.impression),
          ])
        }
      }
    }
  })
})

describe('edges', () => {
  test.each([
    ['a|b^c&d~e\\f', 'a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f'],
    ['一行\n二行', '一行\\.br\\二行'],
    ['无', '无'],
  ])('escape %j', (plain, escaped) => expect(escapeText(plain)).toBe(escaped))

  test.each([
    ['欧阳翀', '欧阳^翀'],
    ['王䶮', '王^䶮'],
    ['阿依古丽·买买提', '^阿依古丽·买买提'],
    ['东方', '东^方'],
  ])('%s is split into %s', (name, expected) => {
    const renamed = { ...member, person: { ...member.person, name } }
    expect(segment(labMessage(renamed, checkup, OPTIONS), 'PID').field(5)).toBe(`${expected}^^^^^L`)
  })

  test('a member without an identity number has none in the message', () => {
    const anonymous = { ...member, person: { ...member.person, idNumber: null } }
    expect(segment(labMessage(anonymous, checkup, OPTIONS), 'PID').field(3)).not.toContain('NNCHN')
    expect(segment(oulMessage(anonymous, checkup, OPTIONS), 'PID').field(19)).toBe('')
  })
})
