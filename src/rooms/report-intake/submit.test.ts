import { describe, expect, test } from 'vitest'
import type { Caller } from '../../../test/house.ts'
import { createApiKey } from '../staff/contract/api-key.ts'
import { addSource, changeSource, listSources, removeSource } from './contract/sources.ts'
import { getTable, previewTable, startTable, type TableUpload } from './contract/tables.ts'
import { anIntakeHouse } from './sample-intake.ts'
import { encodeGb18030 } from './server/hl7/gb18030.ts'
import { sampleMessage } from './server/hl7/sample-message.ts'

const { house, settle, aMember, states, valuesOf, send } = await anIntakeHouse()
const administrator = await house.as('system-administrator')
const { key } = await administrator.call(createApiKey, {
  body: { name: '检验科', permissions: ['intake.submit'], validDays: null },
})

const post = (path: string, payload: Buffer | string, type: string, token = key) =>
  house.app.inject({
    method: 'POST',
    url: `/api${path}`,
    payload,
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
  })

describe('over HTTP', () => {
  test.each(['text/plain', 'application/hl7-v2', 'application/json'])(
    'HL7 v2 in GB18030, declared as %s, several messages',
    async (type) => {
      const number = `H${type.length}`
      const patientId = await aMember(number)
      const of = (id: string, code: string) =>
        sampleMessage({
          msh: { id },
          pid: `PID|1||${number}^^^&BLH||张三||19810305|M`,
          orders: [`OBR|1|P|20260104${number}${id}|${code}|||20260104080000`],
          results: [`OBX|1|NM|1^${code}||5|mmol/L|0-10||||F`],
        })
      const body = Buffer.concat([
        encodeGb18030(of('H1', '总胆固醇')),
        encodeGb18030(of('H2', '尿酸').replace('mmol/L', 'umol/L').replace('||5|', '||300|')),
      ])
      const answer = await post('/intake/hl7', body, type)
      expect(answer.statusCode).toBe(200)
      expect(answer.body.match(/MSA\|AA\|H[12]/g)).toEqual(['MSA|AA|H1', 'MSA|AA|H2'])
      await settle()
      expect(await valuesOf(patientId, ['tc', 'ua'])).toEqual({ tc: 5, ua: 300 })
    },
  )

  test('a FHIR transaction registers its patient and files its observations; rubbish is kept and explained', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:1',
          resource: {
            resourceType: 'Patient',
            id: 'p1',
            name: [{ text: '冯远' }],
            gender: 'male',
            birthDate: '1958-08-08',
            identifier: [{ type: { coding: [{ code: 'MR' }] }, value: 'FH1' }],
          },
          request: { method: 'POST', url: 'Patient' },
        },
        {
          resource: {
            resourceType: 'Observation',
            id: 'o1',
            status: 'final',
            code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
            subject: { reference: 'urn:uuid:1' },
            effectiveDateTime: '2026-01-04T08:00:00+08:00',
            valueQuantity: { value: 6.4, unit: '%' },
          },
          request: { method: 'POST', url: 'Observation' },
        },
      ],
    }
    const answer = await post('/intake/fhir', JSON.stringify(bundle), 'application/json')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/fhir+json; charset=utf-8'])
    expect(answer.json()).toMatchObject({
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: [{ response: { status: '202 Accepted' } }, { response: { status: '202 Accepted' } }],
    })
    await settle()
    const patient = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('patient')
      .select('id')
      .where('record_number', '=', 'FH1')
      .executeTakeFirstOrThrow()
    expect(await valuesOf(patient.id, ['hba1c'])).toEqual({ hba1c: 6.4 })

    const rubbish = await post('/intake/fhir', '{"resourceType": "Bundle", "type": "history"', 'application/fhir+json')
    expect(rubbish.statusCode).toBe(400)
    expect(rubbish.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'fatal' }] })
    expect((await states()).at(-1)?.slice(1)).toEqual(['refused', 'fhir'])
  })

  test('nothing without a key, nothing empty', async () => {
    expect((await post('/intake/hl7', 'MSH|', 'text/plain', 'wrong')).statusCode).toBe(401)
    expect((await post('/intake/hl7', ' ', 'text/plain')).statusCode).toBe(400)
  })
})

describe('what is agreed with a sender', () => {
  test('its test messages may be filed; two entries for one sender are refused; a stale change is refused', async () => {
    const fields = {
      name: '新检验系统',
      sending: 'NEW/西院',
      receiving: '',
      address: '',
      timeZone: null,
      ackMode: 'original' as const,
      testMessages: 'accept' as const,
      register: 'complete' as const,
      numbering: 'auto' as const,
    }
    const source = await administrator.call(addSource, { body: fields })
    expect((await administrator.try(addSource, { body: fields })).code).toBe('SourceDoubled')
    expect(
      (await administrator.try(addSource, { body: { ...fields, sending: 'x', timeZone: 'Mars/Olympus' } })).status,
    ).toBe(400)
    house.clock.advance({ seconds: 5 })
    await send(
      sampleMessage({ msh: { sender: 'NEW|西院', id: 'TRY' }, pid: 'PID|1||NW1^^^&BLH||陈新||19700101|F' }).replace(
        '|TRY|P|',
        '|TRY|T|',
      ),
    )
    await settle()
    expect((await states()).at(-1)).toEqual(['TRY', 'filed', ''])
    await administrator.call(changeSource, {
      params: { sourceId: source.id },
      body: { ...fields, name: '检验系统', version: source.version },
    })
    expect(
      (
        await administrator.try(changeSource, {
          params: { sourceId: source.id },
          body: { ...fields, version: source.version },
        })
      ).code,
    ).toBe('ChangedMeanwhile')
    const { rows, seen } = await administrator.call(listSources, {})
    expect(rows).toMatchObject([{ name: '检验系统' }])
    expect(seen.map((one) => one.source)).toContain('NEW/西院')
    await administrator.call(removeSource, { params: { sourceId: source.id } })
  })
})

async function upload(who: Caller, content: Buffer | string, name = '结果.csv'): Promise<TableUpload> {
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/intake/tables',
    payload: content,
    headers: { 'content-type': 'text/csv', 'x-peiban': '1', 'x-file-name': encodeURIComponent(name) },
    cookies: { peiban_session: who.token },
  })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json()
}

describe('a spreadsheet', () => {
  const lines = (rows: string[][]) => encodeGb18030(rows.map((row) => row.join(',')).join('\r\n'))

  test('one result a row: suggested mapping, dry run, filing, refused rows, and the same file again changes nothing', async () => {
    const manager = await house.as('service-manager')
    const patientId = await aMember('TB1', { name: '韩梅' })
    const file = lines([
      ['姓名', '出生日期', '病历号', '条码号', '采样时间', '项目名称', '结果', '单位', '参考范围'],
      ['韩梅', '1981-03-05', 'TB1', 'B1', '2026/1/4 08:00', '总胆固醇', '6.1', 'mmol/L', '0-5.2'],
      ['韩梅', '1981-03-05', 'TB1', 'B1', '2026/1/4 08:00', '甘油三酯', '1.2', 'mmol/L', '0-1.7'],
      ['韩梅', '1981-03-05', 'TB1', 'B1', '不知道', '尿酸', '300', 'umol/L', ''],
      ['', '', '', 'B2', '2026/1/4', '尿酸', '300', 'umol/L', ''],
    ])
    const uploaded = await upload(manager, file)
    expect(uploaded).toMatchObject({
      rowCount: 4,
      mapping: { shape: 'long', columns: { name: '姓名', value: '结果', takenAt: '采样时间', reportNumber: '条码号' } },
    })
    const dry = await manager.call(previewTable, { params: { uploadId: uploaded.id }, body: uploaded.mapping })
    expect(dry).toMatchObject({
      rows: 4,
      reports: 1,
      results: 2,
      people: { known: 1, unsure: 0, unknown: 0 },
      refused: [
        { row: 4, reasons: ['bad-date'] },
        { row: 5, reasons: ['no-person'] },
      ],
    })
    await manager.call(startTable, {
      params: { uploadId: uploaded.id },
      body: { ...uploaded.mapping, saveAs: '东院检验' },
    })
    expect((await manager.try(startTable, { params: { uploadId: uploaded.id }, body: uploaded.mapping })).code).toBe(
      'TableStartedAlready',
    )
    await settle()
    expect(await manager.call(getTable, { params: { uploadId: uploaded.id } })).toMatchObject({
      state: 'done',
      reports: 1,
      refused: 2,
      rowsRead: 4,
    })
    expect(await valuesOf(patientId, ['tc', 'tg'])).toEqual({ tc: 6.1, tg: 1.2 })

    const refused = await house.app.inject({
      url: `/api/intake/tables/${uploaded.id}/refused`,
      cookies: { peiban_session: manager.token },
    })
    expect(
      refused.body
        .split('\r\n')
        .slice(0, 3)
        .map((line) => line.split(',').at(-1)),
    ).toEqual(['原因', '日期看不懂', '没有姓名，也没有证件号或病历号'])

    const again = await upload(manager, file)
    expect(again.mappingName).toBe('东院检验')
    await manager.call(startTable, { params: { uploadId: again.id }, body: again.mapping })
    await settle()
    expect((await states()).slice(-2).map((row) => row[1])).toEqual(['filed', 'duplicate'])
  })

  test('one person a row, items in the headers', async () => {
    const manager = await house.as('service-manager')
    const patientId = await aMember('TW1', { name: '李雷' })
    const uploaded = await upload(
      manager,
      lines([
        ['姓名', '出生日期', '病历号', '体检日期', '空腹血糖(mmol/L)', '尿酸(umol/L)'],
        ['李雷', '1981-03-05', 'TW1', '2026-01-04', '5.6', ''],
      ]),
    )
    expect(uploaded.mapping).toMatchObject({ shape: 'wide', items: ['空腹血糖(mmol/L)', '尿酸(umol/L)'] })
    await manager.call(startTable, { params: { uploadId: uploaded.id }, body: uploaded.mapping })
    await settle()
    expect(await valuesOf(patientId, ['fpg', 'ua'])).toEqual({ fpg: 5.6 })
  })

  test('needs columns that tell the person and the result, and is not for the front desk', async () => {
    const manager = await house.as('service-manager')
    const uploaded = await upload(
      manager,
      lines([
        ['甲', '乙'],
        ['1', '2'],
      ]),
    )
    expect((await manager.try(previewTable, { params: { uploadId: uploaded.id }, body: uploaded.mapping })).code).toBe(
      'TableColumnsNeeded',
    )
    await expect(upload(await house.as('front-desk'), 'a')).rejects.toThrow('NotPermitted')
  })
})
