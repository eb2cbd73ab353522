import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { anIntakeHouse } from './sample-intake.ts'
import { processIntake } from './server/index.ts'
import { sampleMessage } from './server/hl7/sample-message.ts'

const { house, send, settle, aMember, states, valuesOf } = await anIntakeHouse()

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl').replace('DATABASE', 'postgres') })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

const name = await house.house.databases.none
  .selectNoFrom((eb) => eb.fn<string>('current_database').as('name'))
  .executeTakeFirstOrThrow()
  .then((row) => row.name)
const cutOff = () => administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
const message = (id: string) =>
  sampleMessage({
    msh: { id },
    pid: 'PID|1||AW1^^^&BLH||张三||19810305|M',
    orders: [`OBR|1|P|2026010412${id}|LFT^肝功能|||20260104080000||||||||||||||||||F`],
  })

test('with the database away the sender is asked to send again, and nothing half is kept', async () => {
  await aMember('AW1')
  expect(await send(message('01'))).toContain('MSA|AA|01')
  await administer(`alter database ${name} allow_connections false`)
  await cutOff()
  const answer = await send(message('02'))
  await administer(`alter database ${name} allow_connections true`)
  expect(answer).toContain('MSA|AE|02')
  expect(answer).toContain('请稍后重发')
  await expect.poll(() => send(message('02'))).toContain('MSA|AA|02')
  await settle()
  expect((await states()).map((row) => row.slice(0, 2))).toEqual([
    ['01', 'filed'],
    ['02', 'filed'],
  ])
})

test('connections cut in mid-stream: every message that was acknowledged is filed, once', async () => {
  const patientId = await aMember('AW2')
  const ids = Array.from({ length: 300 }, (_, index) => `M${String(index).padStart(3, '0')}`)
  const of = (id: string) => message(id).replace('AW1', 'AW2')
  const acknowledged = new Set<string>()
  const sending = Promise.all(
    ids.map(async (id) => ((await send(of(id))).includes('MSA|AA') ? acknowledged.add(id) : undefined)),
  )
  const reading = (async () => {
    for (let round = 0; round < 12; round++) await processIntake(house.house, house.tenant, 20).catch(() => 0)
  })()
  await cutOff()
  await reading
  await cutOff()
  await sending
  // A laboratory sends again what was not taken.
  for (const id of ids) if (!acknowledged.has(id)) await expect.poll(() => send(of(id))).toContain('MSA|AA')
  // The worker's loop tries again after a connection that was cut.
  await expect
    .poll(() =>
      settle().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  const filed = (await states()).filter(([id, state]) => id.startsWith('M') && state === 'filed').map(([id]) => id)
  expect(new Set(filed)).toEqual(new Set(ids))
  expect(filed).toHaveLength(ids.length)
  const { count } = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('report')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('patient_id', '=', patientId)
    .executeTakeFirstOrThrow()
  expect(count).toBe(ids.length)
  expect(await valuesOf(patientId, ['tbil'])).toEqual({ tbil: 12.3 })
})
