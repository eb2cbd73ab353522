import { describe, expect, test } from 'vitest'
import { getCode, ignoreCode, listCodes, mapCode, reopenCode } from './contract/codes.ts'
import { intakeOverview, listMessages, openMessage, retryMessage } from './contract/overview.ts'
import {
  getUnmatched,
  listUnmatched,
  registerUnmatched,
  reopenPerson,
  setPersonAside,
  settlePerson,
} from './contract/persons.ts'
import { anIntakeHouse } from './sample-intake.ts'
import { fictitiousId, sampleMessage } from './server/hl7/sample-message.ts'

const { house, send, settle, aMember, valuesOf } = await anIntakeHouse()
const desk = await house.as('front-desk')
const physician = await house.as('physician')

let count = 0
/** Somebody new, whose reports wait. */
async function stranger(
  person: { name: string; birthDate: string; phone?: string; id?: string },
  value = '12.3',
): Promise<string> {
  const number = `S${++count}`
  const pid = `PID|1||${number}^^^&BLH||${person.name}||${person.birthDate.replaceAll('-', '')}|M|||||^^^^^^${person.phone ?? ''}||||||${person.id ?? ''}`
  await send(
    sampleMessage({
      pid,
      orders: [`OBR|1|P${number}|2026010400${number}|LFT^肝功能|||20260104080000|||||||||||||||20260104093000|||F`],
      results: [`OBX|1|NM|1^总胆红素^^TBIL||${value}|umol/L|3.4-20.5||||F`],
    }),
  )
  await settle()
  return number
}

async function waiting(name: string) {
  const { rows } = await desk.call(listUnmatched, {})
  return rows.find((row) => row.name === name)!
}

describe('people who are not known', () => {
  test('wait with candidates; a choice files what waits and what comes; taking it back withdraws it', async () => {
    const patientId = await aMember('Q1', { name: '赵敏', birthDate: '1970-02-03', phone: '13912345678' })
    await stranger({ name: '赵敏', birthDate: '1970-03-02', phone: '13912345678' })
    const person = await waiting('赵敏')
    expect(person).toMatchObject({ reason: 'candidates', candidates: 1, reports: 1, phoneMasked: '139****5678' })
    const detail = await desk.call(getUnmatched, { params: { personId: person.id } })
    expect(detail.candidates).toMatchObject([
      {
        patient: { id: patientId },
        compared: { name: 'same', phone: 'same', birthDate: 'differs', recordNumber: 'differs' },
      },
    ])
    expect(await valuesOf(patientId, ['tbil'])).toEqual({})

    await desk.call(settlePerson, {
      params: { personId: person.id },
      body: { version: person.version, patientId: patientId as never },
    })
    await settle()
    expect(await valuesOf(patientId, ['tbil'])).toEqual({ tbil: 12.3 })
    const again = await desk.try(settlePerson, {
      params: { personId: person.id },
      body: { version: person.version, patientId: patientId as never },
    })
    expect(again.code).toBe('PersonSettledAlready')

    const { person: settled } = await desk.call(getUnmatched, { params: { personId: person.id } })
    expect(
      await desk.call(reopenPerson, { params: { personId: person.id }, body: { version: settled.version } }),
    ).toEqual({ withdrawn: 1 })
    await settle()
    expect(await valuesOf(patientId, ['tbil'])).toEqual({})
    expect(await waiting('赵敏')).toMatchObject({ state: 'open', reports: 1 })

    const other = await aMember('Q1b', { name: '赵敏', birthDate: '1970-03-02' })
    const { person: open } = await desk.call(getUnmatched, { params: { personId: person.id } })
    await desk.call(settlePerson, {
      params: { personId: person.id },
      body: { version: open.version, patientId: other as never },
    })
    await settle()
    expect([await valuesOf(patientId, ['tbil']), await valuesOf(other, ['tbil'])]).toEqual([{}, { tbil: 12.3 }])
  })

  test('are registered from the queue with the numbers that were sent', async () => {
    await stranger({ name: '钱多', birthDate: '1981-03-05', phone: '13800000001', id: fictitiousId('1981-03-05', 11) })
    const person = await waiting('钱多')
    const answer = await desk.try(registerUnmatched, {
      params: { personId: person.id },
      body: { version: person.version, name: '钱多', sex: 'male', birthDate: '1981-03-05' },
    })
    expect(answer.body).toMatchObject({ patientId: expect.any(String) as string })
    await settle()
    expect(await valuesOf((answer.body as { patientId: string }).patientId, ['tbil'])).toEqual({ tbil: 12.3 })
  })

  test('are matched by themselves once somebody registers them at the desk', async () => {
    const number = await stranger({ name: '孙立', birthDate: '1960-01-01' })
    const patientId = await aMember(number, { name: '孙立', birthDate: '1960-01-01' })
    await settle()
    expect(await valuesOf(patientId, ['tbil'])).toEqual({ tbil: 12.3 })
    expect(await waiting('孙立')).toBeUndefined()
  })

  test('may be set aside, and two people at once decide once', async () => {
    await stranger({ name: '周一', birthDate: '1960-01-02' })
    const person = await waiting('周一')
    const both = await Promise.all(
      [1, 2].map(() =>
        desk.try(setPersonAside, {
          params: { personId: person.id },
          body: { version: person.version, note: '不是我们的客户' },
        }),
      ),
    )
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409])
    await settle()
    const { rows } = await desk.call(listMessages, { query: { state: 'set-aside' as never } })
    expect(rows.map((row) => row.reason)).toContain('person-set-aside')
  })

  test('an ADT message that says something else proposes it and overwrites nothing', async () => {
    const patientId = await aMember('ADT1', { name: '吴忧', birthDate: '1975-05-05', phone: '13700000001' })
    await send(
      'MSH|^~\\&|HIS|东院|P|P|20260104||ADT^A08|ADT1|P|2.4\rPID|1||ADT1^^^&BLH||吴忧||19750505|M|||||^^^^^^13700000002\r',
    )
    await settle()
    expect(await waiting('吴忧')).toMatchObject({
      reason: 'identity-differs',
      candidates: 1,
      phoneMasked: '137****0002',
    })
    const row = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('patient')
      .select('phone_masked')
      .where('id', '=', patientId)
      .executeTakeFirst()
    expect(row?.phone_masked).toBe('137****0001')
  })
})

describe('items that are not known', () => {
  const result = (value: string, range = '0-10', unit = 'mmol/L') => [
    `OBX|1|NM|Z77^胆固醇总量测试||${value}|${unit}|${range}||||F`.replace('||' + value, '||' + value),
  ]
  const report = (number: string, value: string) =>
    send(
      sampleMessage({
        pid: `PID|1||${number}^^^&BLH||张三||19810305|M`,
        orders: [`OBR|1|Z|20260104${number}|BIO^生化|||20260104080000||||||||||||||||||F`],
        results: result(value),
      }),
    )

  test('one mapping settles past and future results, and may be taken back', async () => {
    const [one, two] = [await aMember('Z1'), await aMember('Z2')]
    await report('Z1', '5.5')
    await report('Z2', '6.5')
    await settle()
    const { rows } = await physician.call(listCodes, {})
    const code = rows.find((row) => row.code === 'Z77')!
    expect(code).toMatchObject({
      problem: 'unknown',
      reach: 2,
      examples: expect.arrayContaining(['5.5']) as string[],
      unit: 'mmol/L',
    })
    expect(await valuesOf(one, ['local:LIS/东院|Z77'])).toEqual({ 'local:LIS/东院|Z77': 5.5 })

    const unfit = await physician.try(mapCode, {
      params: { codeId: code.id },
      body: { version: code.version, target: 'sbp', everywhere: false },
    })
    expect(unfit.code).toBe('UnitUnfit')
    const mapped = await physician.call(mapCode, {
      params: { codeId: code.id },
      body: { version: code.version, target: 'tc', everywhere: false },
    })
    expect(mapped).toMatchObject({ state: 'mapped', rewrite: { state: 'running', total: 2 } })
    await settle()
    expect(await physician.call(getCode, { params: { codeId: code.id } })).toMatchObject({
      rewrite: { state: 'done', done: 2 },
    })
    expect([await valuesOf(one, ['tc', 'local:LIS/东院|Z77']), await valuesOf(two, ['tc'])]).toEqual([
      { tc: 5.5 },
      { tc: 6.5 },
    ])
    const due = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('agenda')
      .select('patient_id')
      .where('patient_id', 'in', [one, two])
      .where('due_at', 'is not', null)
      .execute()
    expect(due).toHaveLength(2)

    const three = await aMember('Z3')
    await report('Z3', '7.5')
    await settle()
    expect(await valuesOf(three, ['tc'])).toEqual({ tc: 7.5 })

    const { version } = await physician.call(getCode, { params: { codeId: code.id } })
    await physician.call(reopenCode, { params: { codeId: code.id }, body: { version } })
    await settle()
    expect([
      await valuesOf(one, ['tc', 'local:LIS/东院|Z77']),
      await valuesOf(three, ['tc', 'local:LIS/东院|Z77']),
    ]).toEqual([{ 'local:LIS/东院|Z77': 5.5 }, { 'local:LIS/东院|Z77': 7.5 }])
    const open = await physician.call(getCode, { params: { codeId: code.id } })
    expect(
      await physician.call(ignoreCode, {
        params: { codeId: code.id },
        body: { version: open.version, everywhere: false },
      }),
    ).toMatchObject({ state: 'ignored' })
  })

  test('a decision that is taken while a batch files finds the batch as well', async () => {
    const patients = await Promise.all(Array.from({ length: 6 }, (_, index) => aMember(`R${index}`)))
    const send6 = (index: number) =>
      send(
        sampleMessage({
          pid: `PID|1||R${index}^^^&BLH||张三||19810305|M`,
          orders: [`OBR|1|Z|2026010488${index}|BIO^生化|||20260104080000||||||||||||||||||F`],
          results: ['OBX|1|NM|Y55^某总胆||5.5|mmol/L|0-10||||F'],
        }),
      )
    await send6(0)
    await settle()
    const code = (await physician.call(listCodes, {})).rows.find((row) => row.code === 'Y55')!
    for (let index = 1; index < 6; index++) await send6(index)
    await Promise.all([
      settle(),
      physician.call(mapCode, {
        params: { codeId: code.id },
        body: { version: code.version, target: 'tc', everywhere: false },
      }),
    ])
    await settle()
    for (const patientId of patients)
      expect(await valuesOf(patientId, ['tc', 'local:LIS/东院|Y55'])).toEqual({ tc: 5.5 })
  })
})

describe('who may', () => {
  test('the front desk sees identities and counts, but no title, no result and no original', async () => {
    await stranger({ name: '郑重', birthDate: '1966-06-06' })
    const person = await waiting('郑重')
    const detail = await desk.call(getUnmatched, { params: { personId: person.id } })
    expect(detail.messages).toMatchObject([{ title: null }])
    expect(JSON.stringify(detail)).not.toMatch(/12\.3|肝功能|胆红素/)
    const denied = await desk.try(openMessage, { params: { intakeId: detail.messages[0]!.id } })
    expect(denied.status).toBe(403)
    const seen = await physician.call(openMessage, { params: { intakeId: detail.messages[0]!.id } })
    expect(seen.lines.some((line) => line.text.includes('总胆红素'))).toBe(true)
    expect((await physician.call(getUnmatched, { params: { personId: person.id } })).messages).toMatchObject([
      { title: '肝功能' },
    ])
  })

  test('what was filed is not shown as an original; what was refused is, with the place', async () => {
    await aMember('W1')
    await send(sampleMessage({ msh: { id: 'W1' }, pid: 'PID|1||W1^^^&BLH||张三||19810305|M' }))
    await send(sampleMessage({ msh: { id: 'W2', type: 'DFT^P03' } }))
    await settle()
    const { rows } = await physician.call(listMessages, { query: {} })
    const idOf = (controlId: string) => rows.find((row) => row.controlId === controlId)!.id
    expect((await physician.try(openMessage, { params: { intakeId: idOf('W1') } })).code).toBe('MessageNotShown')
    const refused = await physician.call(openMessage, { params: { intakeId: idOf('W2') } })
    const { text, marked } = refused.lines[0]!
    expect(text.slice(...marked!)).toBe('DFT^P03')
    expect(refused.message.text).toContain('DFT^P03')
    await physician.call(retryMessage, { params: { intakeId: idOf('W2') } })
    await settle()
    expect(
      (await physician.call(listMessages, { query: { state: 'refused' as never } })).rows.map((row) => row.controlId),
    ).toContain('W2')
  })

  test.each([
    ['sales-manager', [403, 403, 403]],
    ['content-editor', [403, 403, 403]],
    ['system-administrator', [403, 403, 403]],
    ['medical-reviewer', [403, 403, 200]],
    ['service-manager', [200, 200, 403]],
  ] as const)('%s', async (role, expected) => {
    const caller = await house.as(role)
    const answers = [
      await caller.try(intakeOverview, {}),
      await caller.try(listUnmatched, {}),
      await caller.try(listCodes, {}),
    ]
    expect(answers.map((answer) => answer.status)).toEqual(expected)
  })
})
