import { describe, expect, it } from 'vitest'
import { parseFrame } from './parse.ts'
import { readPatient } from './read-patient.ts'
import { fictitiousId, sampleMessage } from './sample-message.ts'

const id = fictitiousId('1981-03-05')

function patientOf(pid: string): ReturnType<typeof readPatient> {
  const pidSegment = parseFrame(sampleMessage({ pid }))[0]?.segments[1]
  if (!pidSegment) throw new Error('the sample has no PID')
  return readPatient(pidSegment)
}

describe('identifiers', () => {
  const record = { system: 'record-number', value: '0012345', typed: 'BLH' }
  const national = { system: 'national-id', value: id, checksumOk: true }
  it.each([
    ['PID-19', `PID|1||||张三||||||||||||||${id}`, [{ ...national, typed: 'PID-19' }]],
    ['PID-3 typed &SFZH in component 4', `PID|1||${id}^^^&SFZH`, [{ ...national, typed: 'SFZH' }]],
    ['PID-3 typed &SFZH beside the value', `PID|1||${id}&SFZH`, [{ ...national, typed: 'SFZH' }]],
    ['PID-3 typed &SFZH in component 5', `PID|1||${id}^^^^&SFZH`, [{ ...national, typed: 'SFZH' }]],
    ['PID-3 component 5 = 1', `PID|1||${id}^^^^1`, [{ ...national, typed: '1' }]],
    ['PID-3 untyped, but it passes the check', `PID|1||${id}`, [{ ...national, typed: '' }]],
    [
      'small x, full-width and blanks',
      'PID|1||11010519491231002x ^^^^1',
      [{ system: 'national-id', value: '11010519491231002X', typed: '1', checksumOk: true }],
    ],
    [
      'typed as ID card with a wrong check digit',
      'PID|1||110105194912310021^^^&SFZH',
      [{ system: 'national-id', value: '110105194912310021', typed: 'SFZH', checksumOk: false }],
    ],
    ['record number &BLH', 'PID|1||0012345^^^&BLH', [record]],
    ['patient number &PATID', 'PID|1||88^^^&PATID', [{ system: 'patient-number', value: '88', typed: 'PATID' }]],
    [
      'several, with empty typed ones between',
      `PID|1||0012345^^^&BLH~^^^^51~${id}^^^&SFZH~^^^^1~88&PATID`,
      [record, { ...national, typed: 'SFZH' }, { system: 'patient-number', value: '88', typed: 'PATID' }],
    ],
    [
      'standard types',
      'PID|1||77^^^HOSP^MR~78^^^HOSP^PI~79^^^HOSP^XX',
      [
        { system: 'record-number', value: '77', typed: 'MR' },
        { system: 'patient-number', value: '78', typed: 'PI' },
        { system: 'unknown', value: '79', typed: 'XX' },
      ],
    ],
    ['typed in Chinese', 'PID|1||6222^^^^就诊卡', [{ system: 'card', value: '6222', typed: '就诊卡' }]],
    [
      'untyped',
      'PID|1|E1|0012345|A1',
      [
        { system: 'unknown', value: '0012345', typed: '' },
        { system: 'unknown', value: 'E1', typed: 'PID-2' },
        { system: 'unknown', value: 'A1', typed: 'PID-4' },
      ],
    ],
    ['the same number twice, typed once', 'PID|1|0012345|0012345^^^&BLH', [record]],
    ['typed as authority', 'PID|1||0012345^^^BLH', [record]],
    ['an authority called 1 is no type', 'PID|1||0012345^^^1', [{ system: 'unknown', value: '0012345', typed: '' }]],
    ['type 1 of what is no ID number', 'PID|1||0012345^^^^1', [{ system: 'unknown', value: '0012345', typed: '1' }]],
    ['none', 'PID|1||||张三', []],
  ])('%s', (_, pid, expected) => {
    expect(patientOf(pid).identifiers).toEqual(expected)
  })

  it('takes fifteen digits for an old ID number only in PID-19', () => {
    expect(patientOf('PID|1||110105491231002').identifiers[0]?.system).toBe('unknown')
    expect(patientOf(`PID|1${'|'.repeat(18)}110105491231002`).identifiers[0]?.system).toBe('national-id')
  })
})

describe('name', () => {
  it.each([
    ['张三', '张三', undefined],
    ['ZHANG SAN^张三', '张三', 'ZHANG SAN'],
    ['^张三', '张三', undefined],
    ['张三^zhangsan', '张三', 'zhangsan'],
    ['ZHANG^SAN^^^^^A~张三^^^^^^I', '张三', 'SAN ZHANG'],
    ['Bunny^Bugs', 'Bugs Bunny', undefined],
  ])('%s', (field, name, pinyin) => {
    expect(patientOf(`PID|1||1||${field}`)).toMatchObject(pinyin ? { name, pinyin } : { name })
    expect(patientOf(`PID|1||1||${field}`).pinyin).toBe(pinyin)
  })
})

describe('sex', () => {
  it.each([
    ['M', 'male'],
    ['F', 'female'],
    ['1', 'male'],
    ['2', 'female'],
    ['男', 'male'],
    ['女', 'female'],
    ['男性', 'male'],
    ['O', 'other'],
    ['U', 'unknown'],
    ['0', 'unknown'],
    ['9', 'unknown'],
    ['', 'unknown'],
    ['1^男', 'male'],
    ['2~女', 'female'],
    ['female', 'female'],
  ])('%s', (field, sex) => {
    expect(patientOf(`PID|1||1||张三|||${field}`).sex).toBe(sex)
  })
})

describe('birth date and telephone', () => {
  it.each([
    ['19360603000000', '1936-06-03'],
    ['1977-01-01', '1977-01-01'],
    ['19770101  ', '1977-01-01'],
    ['1977', undefined],
  ])('%s', (field, birthDate) => {
    expect(patientOf(`PID|1||1||张三||${field}|M`).birthDate).toBe(birthDate)
  })

  it.each([
    ['^^^^^^13900001111', '13900001111'],
    ['13900001111', '13900001111'],
    ['+86 139-0000-1111', '13900001111'],
    ['010-65550000^PRN~^PRN^CP^^^^13900001111', '13900001111'],
    ['010-65550000', '010-65550000'],
    ['^PRN^PH^^1^123^4567890', '1234567890'],
    ['^^^^02139^USA', undefined],
    ['', undefined],
  ])('%s', (field, phone) => {
    expect(patientOf(`PID|1||1||张三||||||||${field}`).phone).toBe(phone)
  })

  it('looks for a mobile number in the business telephone too', () => {
    expect(patientOf('PID|1||1||张三||||||||010-65550000|^^^^^^13900001111').phone).toBe('13900001111')
  })
})
