import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { latestOf } from '../observation/server/index.ts'
import { anIntakeHouse } from './sample-intake.ts'
import { processIntake } from './server/index.ts'
import { encodeGb18030 } from './server/hl7/gb18030.ts'
import { sampleMessage } from './server/hl7/sample-message.ts'
import { connectMllp } from './server/wire/mllp-client.ts'

const { house, intake, send, settle, aMember, states, valuesOf } = await anIntakeHouse()
const db = () => house.house.databases.of(house.tenant.id)
const reading = () => ({ db: db(), organizationId: house.tenant.id })
const pid = (number: string, name = '张三') => `PID|1||${number}^^^&BLH||${name}||19810305|M`
const order = (number: string, panel = 'LFT^肝功能', day = '20260104') => [
  `OBR|1|P${number}|${number}|${panel}|||${day}080000|||||||||||||||${day}093000|||F`,
]

describe('a report', () => {
  test('is kept, acknowledged, and filed as the right observations', async () => {
    const patientId = await aMember('0012345')
    const answer = await send(
      sampleMessage({
        msh: { id: 'A1' },
        results: [
          'OBX|0|ST|1001^*总胆红素^^TBIL||12.3|^μmol/L|3.4-20.5|M|||F',
          'OBX|1|ST|1002^空腹血糖^^GLU||126|mg/dL|70-110|H|||F',
          'OBX|2|ST|X9^自定义项目||7.7|分|||||F',
        ],
      }),
    )
    expect(answer).toContain('MSA|AA|A1')
    await settle()
    expect(await states()).toEqual([['A1', 'filed', '']])
    const latest = await latestOf(reading(), patientId, ['tbil', 'fpg', 'local:LIS/东院|X9'])
    expect(latest.get('tbil')).toMatchObject({
      value: 12.3,
      unit: 'umol/L',
      low: 3.4,
      high: 20.5,
      flag: 'N',
      original: null,
    })
    expect(latest.get('fpg')?.value).toBe(7)
    expect(latest.get('fpg')).toMatchObject({ unit: 'mmol/L', flag: 'H', original: { value: 126, unit: 'mg/dL' } })
    expect(latest.get('local:LIS/东院|X9')).toMatchObject({ value: 7.7, unit: '分', original: { name: '自定义项目' } })
  })

  test.each([
    [
      'a range of words and a dash behind it',
      'OBX|0|ST|1^尿蛋白^^PRO||阴性（-）||阴性||||F',
      'u_pro',
      { value_text: '阴性（-）', flag: 'N' },
    ],
    ['a grade against 阴性', 'OBX|0|ST|1^尿蛋白^^PRO||2+||阴性||||F', 'u_pro', { value_text: '2+', flag: 'A' }],
    [
      'a comparator',
      'OBX|0|ST|1^总胆红素^^TBIL||> 600|μmol/L|3.4-20.5||||F',
      'tbil',
      { value: 600, comparator: '>', flag: 'H' },
    ],
    [
      'a remark behind the number',
      'OBX|0|ST|1^总胆固醇^^TC||7.75轻度乳糜|mmol/L|0-5.2||||F',
      'tc',
      { value: 7.75, flag: 'H', original: { remark: '轻度乳糜' } },
    ],
    [
      'two points in a number',
      'OBX|0|ST|1^总胆固醇^^TC||2.2.8|mmol/L|0-5.2||||F',
      'tc',
      { value: null, value_text: '2.2.8' },
    ],
    [
      'declined',
      'OBX|0|ST|1^总胆固醇^^TC||弃查|mmol/L|0-5.2||||F',
      'tc',
      { value: null, value_text: '弃查', original: { absent: 'declined' } },
    ],
    ['asterisks', 'OBX|0|ST|1^总胆固醇^^TC||*****|mmol/L|0-5.2||||F', 'tc', { value: null, value_text: '*****' }],
    ['the flag in OBX-11', 'OBX|0|ST|1^总胆红素^^TBIL||30|μmol/L|3.4-20.5||||1', 'tbil', { value: 30, flag: 'H' }],
    [
      'an impossible value',
      'OBX|0|ST|1^总胆固醇^^TC||775|mmol/L|0-5.2|H|||F',
      'local:LIS/东院|1',
      { value: 775, unit: 'mmol/L', original: { problem: 'implausible', meant: 'tc' } },
    ],
  ])('%s', async (name, obx, code, expected) => {
    const number = `Q${name.length}${name.codePointAt(0)}`
    const patientId = await aMember(number)
    await send(sampleMessage({ pid: pid(number), orders: order(number, 'U^检查'), results: [obx] }))
    await settle()
    expect((await latestOf(reading(), patientId, [code])).get(code)).toMatchObject(expected)
  })

  test('in GB18030, OUL^R24 of a check-up, two OBX of an ultrasound as its texts', async () => {
    const patientId = await aMember('GB1', { name: '㛃䶮' })
    const message = sampleMessage({
      msh: { type: 'OUL^R24', id: 'GB', version: '2.5.1', signs: '^~\\\\&' },
      pid: pid('GB1', '㛃䶮'),
      visit: ['PV1|1|T'],
      orders: order('U77', 'US01^腹部彩超'),
      results: ['OBX|0|TX|1037^检查所见||肝内见一囊性回声||||||F', 'OBX|1|TX|1038^检查印象||肝囊肿||||||F'],
    })
    expect((await intakeAnswer(encodeGb18030(message))).includes(encodeGb18030('MSA|AA|GB'))).toBe(true)
    await settle()
    const report = await db()
      .selectFrom('report')
      .selectAll()
      .where('patient_id', '=', patientId)
      .executeTakeFirstOrThrow()
    expect(report).toMatchObject({
      category: 'imaging',
      title: '腹部彩超',
      finding: '肝内见一囊性回声',
      impression: '肝囊肿',
    })
  })

  async function intakeAnswer(bytes: Buffer): Promise<Buffer> {
    const client = await connectMllp({ port: intake.port })
    const answer = await client.send(bytes)
    await client.close()
    return answer
  }

  test('sent twice is stored once; corrected it supersedes; the former version again changes nothing', async () => {
    const patientId = await aMember('C1')
    const version = (value: string, status: string, id: string) =>
      send(
        sampleMessage({
          msh: { id },
          pid: pid('C1'),
          orders: order('20260104000017'),
          results: [`OBX|1|NM|1001^总胆红素^^TBIL||${value}|umol/L|3.4-20.5||||${status}`],
        }),
      )
    const answers = [
      await version('40', 'F', 'V1'),
      await version('40', 'F', 'V2'),
      await version('14', 'C', 'V3'),
      await version('40', 'F', 'V4'),
    ]
    for (const answer of answers) expect(answer).toContain('MSA|AA')
    await settle()
    expect((await states()).slice(-4)).toEqual([
      ['V1', 'filed', ''],
      ['V2', 'duplicate', ''],
      ['V3', 'filed', 'corrected'],
      ['V4', 'duplicate', ''],
    ])
    expect(await valuesOf(patientId, ['tbil'])).toEqual({ tbil: 14 })
    const { rows } = await sql<{
      version: number
    }>`select version from report where patient_id = ${patientId} and superseded_by is null`.execute(db())
    expect(rows).toEqual([{ version: 2 }])
  })

  test('short numbers that begin anew each day, and panels under one barcode, are reports of their own', async () => {
    const patientId = await aMember('D1')
    const result = ['OBX|1|NM|1001^总胆红素^^TBIL||10|umol/L|3.4-20.5||||F']
    await send(sampleMessage({ pid: pid('D1'), orders: order('7', 'LFT^肝功能', '20260104'), results: result }))
    await send(sampleMessage({ pid: pid('D1'), orders: order('7', 'LFT^肝功能', '20260105'), results: result }))
    await send(sampleMessage({ pid: pid('D1'), orders: order('7', 'BIL^胆红素', '20260105'), results: result }))
    await settle()
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int count from report where patient_id = ${patientId} and superseded_by is null`.execute(db())
    expect(rows).toEqual([{ count: 3 }])
  })

  test('from ten connections at once is stored once', async () => {
    const patientId = await aMember('T1')
    const message = sampleMessage({ msh: { id: 'TEN' }, pid: pid('T1'), orders: order('20260104000099') })
    const clients = await Promise.all(Array.from({ length: 10 }, () => connectMllp({ port: intake.port })))
    const answers = await Promise.all(clients.map((client) => client.send(message)))
    expect(answers.filter((answer) => answer.includes('MSA|AA|TEN'))).toHaveLength(10)
    await Promise.all(Array.from({ length: 4 }, () => processIntake(house.house, house.tenant, 3)))
    await settle()
    for (const client of clients) client.destroy()
    const ten = (await states()).filter(([id]) => id === 'TEN').map(([, state]) => state)
    expect(ten.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'duplicate'), 'filed'])
    const { rows } = await sql<{
      count: number
    }>`select count(*)::int count from report where patient_id = ${patientId}`.execute(db())
    expect(rows).toEqual([{ count: 1 }])
  })
})

describe('what is not filed', () => {
  test.each([
    ['no type', 'MSH|^~\\&|LIS|东院|P|P|20260104|||N1|P|2.4\r', 'AR', 'refused', 'no-type'],
    ['another type', sampleMessage({ msh: { type: 'DFT^P03', id: 'N2' } }), 'AR', 'refused', 'unsupported-type'],
    ['no patient and no results', 'MSH|^~\\&|LIS|东院|P|P|20260104||ORU^R01|N3|P|2.4\r', 'AE', 'refused', 'no-results'],
    [
      'a training message',
      sampleMessage({ msh: { id: 'N4' } }).replace('|N4|P|', '|N4|T|'),
      'AA',
      'set-aside',
      'test-message',
    ],
    [
      'a control sample',
      sampleMessage({ msh: { id: 'N5', tail: '||||2' }, pid: '' }),
      'AA',
      'set-aside',
      'quality-control',
    ],
  ])('%s is kept and answered with a reason', async (_name, message, code, state, reason) => {
    const before = (await states()).length
    const answer = await send(message)
    expect(answer).toMatch(new RegExp(`MSA.${code}`))
    await settle()
    expect((await states()).slice(before).map((row) => row.slice(1))).toEqual([[state, reason]])
  })

  test('a frame that breaks off and bytes outside of any frame are kept, and nobody is told that they were taken', async () => {
    const before = (await states()).length
    const { connect } = await import('node:net')
    const socket = connect({ port: intake.port, host: '127.0.0.1' })
    let heard = ''
    socket.on('data', (chunk) => (heard += chunk.toString()))
    socket.end(
      Buffer.concat([
        Buffer.from('garbage'),
        Buffer.of(0x0b),
        Buffer.from('MSH|^~\\&|LIS|东院|P|P|20260104||ORU^R01|BROKEN|P|2.4\rPID|1'),
      ]),
    )
    await new Promise((resolve) => socket.once('close', resolve))
    await expect
      .poll(async () =>
        (await states())
          .slice(before)
          .map((row) => row[2])
          .toSorted(),
      )
      .toEqual(['incomplete', 'noise'])
    expect(heard).toBe('')
  })

  test('a poisonous message costs its batch nothing, stays visible and may be tried again', async () => {
    const patientId = await aMember('P1')
    await send(sampleMessage({ msh: { id: 'GOOD' }, pid: pid('P1'), orders: order('P1') }))
    await send(sampleMessage({ msh: { id: 'POISON' }, pid: pid('P1'), orders: order('P2') }))
    const broken = await db()
      .selectFrom('intake')
      .select(['id', 'sealed'])
      .where('control_id', '=', 'POISON')
      .executeTakeFirstOrThrow()
    await db()
      .updateTable('intake')
      .set({ sealed: Buffer.from('not sealed by us') })
      .where('id', '=', broken.id)
      .execute()
    await settle()
    const last = () => states().then((rows) => rows.slice(-2))
    expect(await last()).toEqual([
      ['GOOD', 'filed', ''],
      ['POISON', 'failed', 'fault'],
    ])
    await db()
      .updateTable('intake')
      .set({ sealed: broken.sealed, state: 'received' })
      .where('id', '=', broken.id)
      .execute()
    await settle()
    expect(await last()).toEqual([
      ['GOOD', 'filed', ''],
      ['POISON', 'filed', ''],
    ])
    expect(await valuesOf(patientId, ['tbil'])).toEqual({ tbil: 12.3 })
  })
})
