import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { latestOf } from '../observation/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import { fictitiousId, sampleMessage } from './server/hl7/sample-message.ts'
import { processIntake, startIntake, type RunningIntake } from './server/index.ts'
import { connectMllp, type MllpClient } from './server/wire/mllp-client.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const reading = () => ({ db: db(), organizationId: house.tenant.id })
let intake: RunningIntake
let sender: MllpClient

beforeAll(async () => {
  intake = await startIntake({ house: house.house, port: 0, host: '127.0.0.1' })
  sender = await connectMllp({ port: intake.port, window: 32 })
})
afterAll(async () => {
  sender.destroy()
  await intake.close()
})

async function send(message: string): Promise<string> {
  return (await sender.send(message)).toString()
}

async function process(): Promise<void> {
  while ((await processIntake(house.house, house.tenant)) > 0);
}

const aMember = (recordNumber: string, name = '张三') =>
  house.write((ctx) => registerPatient(ctx, { name, sex: 'male', birthDate: '1981-03-05', recordNumber }))

const states = async () =>
  (await db().selectFrom('intake').select(['state', 'reason', 'control_id']).orderBy('id').execute()).map((row) => [
    row.control_id,
    row.state,
    row.reason,
  ])

describe('a report', () => {
  test('is kept, acknowledged, and filed as the right observations', async () => {
    const patientId = await aMember('0012345')
    const answer = await send(
      sampleMessage({
        msh: { id: 'A1' },
        results: [
          'OBX|0|ST|1001^*总胆红素^^TBIL||12.3|^μmol/L|3.4-20.5|M|||F',
          'OBX|1|ST|1002^空腹血糖^^GLU||126|mg/dL|70-110|H|||F',
          'OBX|2|ST|X9^自定义项目||7.7|分||||||F',
        ],
      }),
    )
    expect(answer).toContain('MSA|AA|A1')
    await process()
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
    expect(latest.get('fpg')?.value).toBeCloseTo(6.99, 2)
    expect(latest.get('fpg')).toMatchObject({ unit: 'mmol/L', flag: 'H', original: { value: 126, unit: 'mg/dL' } })
    expect(latest.get('local:LIS/东院|X9')).toMatchObject({ value: 7.7, unit: '分', original: { name: '自定义项目' } })
  })
})

void fictitiousId
