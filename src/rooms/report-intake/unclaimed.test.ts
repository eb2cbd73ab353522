import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import type { Tenant } from '../../platform/context/context.ts'
import { anIntakeHouse } from './sample-intake.ts'
import { addSource } from './contract/sources.ts'
import { listMessages } from './contract/overview.ts'
import { claimUnclaimed, unclaimedSenders } from './server/index.ts'
import { NOBODY } from './server/receive/unclaimed.ts'
import { sampleMessage } from './server/hl7/sample-message.ts'
import type { SampleMessage } from './server/hl7/sample-message.ts'

/** Several organizations in one database, and a sender that none of them knows. */
const { house, intake, send, settle, aMember, states, valuesOf } = await anIntakeHouse()
const other = await house.anOrganization('别家医院')
house.house.forgetTenants()
house.clock.advance({ seconds: 3 })

const of = (id: string, sender = 'LIS|南院', over: SampleMessage = {}) =>
  sampleMessage({ msh: { id, sender }, pid: 'PID|1||U1^^^&BLH||张三||19810305|M', ...over })
const rowsOf = (organizationId: string) =>
  house.house.databases
    .of(organizationId)
    .selectFrom('intake')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('arrival')
    .execute()
const register = async (tenant: Tenant, body: Parameters<typeof fields>[0]) => {
  const engineer = await house.as('system-administrator', { tenant })
  await engineer.call(addSource, { body: fields(body) })
  house.clock.advance({ seconds: 3 })
}
const fields = (body: { name: string; sending?: string; receiving?: string; address?: string }) => body
const claimAll = async () => {
  const claimed: number[] = []
  for (const tenant of [house.tenant, other]) claimed.push(await claimUnclaimed(house.house, tenant))
  return claimed
}

test('is answered AR with what to do, and its message is kept: sealed, whole, under no organization', async () => {
  const answer = await send(of('U1'))
  expect(answer).toContain('MSA|AR|U1')
  expect(answer).toMatch(/LIS\/南院.*不必重发.*接口连接/)
  const [row, ...more] = await rowsOf(NOBODY)
  expect(more).toEqual([])
  expect(row).toMatchObject({ source: 'LIS/南院', control_id: 'U1', answer: 'AR', reason: 'unknown-sender' })
  expect(row!.sealed.includes(Buffer.from('张三'))).toBe(false)
  expect(await unclaimedSenders(house.house)).toMatchObject([{ source: 'LIS/南院', peer: '127.0.0.1', messages: 1 }])
})

test('shows to no organization: not in its lists, not to a statement without a condition, not to its seal', async () => {
  for (const tenant of [house.tenant, other]) {
    const nurse = await house.as('service-manager', { tenant })
    expect((await nurse.call(listMessages)).rows).toEqual([])
    expect(await house.house.databases.of(tenant.id).selectFrom('intake').select('id').execute()).toEqual([])
    const [row] = await rowsOf(NOBODY)
    expect(() => house.house.sealer.openBytes(tenant.id, row!.sealed)).toThrow()
  }
  expect(await house.house.databases.none.selectFrom('intake').select('id').execute()).toEqual([])
})

test('waits while nobody has registered it', async () => {
  expect(await claimAll()).toEqual([0, 0])
  await register(other, { name: '某处', sending: 'HIS/别处' })
  expect(await claimAll()).toEqual([0, 0])
  expect(await rowsOf(NOBODY)).toHaveLength(1)
})

test('is filed at whoever registers it, once, as of when it came; the other organization gets its own only', async () => {
  const patientId = await aMember('U1')
  await send(of('U2', 'LIS|南院', { results: ['OBX|1|NM|1001^总胆红素||14.5|umol/L|3.4-20.5|N|||F'] }))
  await send(of('V1', 'LIS|北院'))
  const cameAt = (await rowsOf(NOBODY))[0]!.received_at
  house.clock.advance({ hours: 30 })
  await register(house.tenant, { name: '南院检验科', sending: 'LIS/南院' })
  // As two workers would, and again after a crash between copy and removal.
  const copies = await rowsOf(NOBODY)
  const both = await Promise.all([claimUnclaimed(house.house, house.tenant), claimUnclaimed(house.house, house.tenant)])
  expect(Math.max(...both)).toBe(2)
  await house.house.databases
    .of(NOBODY)
    .insertInto('intake')
    .values(copies.slice(0, 1).map(({ arrival: _, ...row }) => row as never))
    .execute()
  await claimAll()
  await settle()
  expect(await states()).toEqual([
    ['U1', 'filed', ''],
    // It came later, so it corrects.
    ['U2', 'filed', 'corrected'],
  ])
  expect((await rowsOf(house.tenant.id)).map(({ answer, received_at }) => [answer, received_at])).toContainEqual([
    'AR',
    cameAt,
  ])
  expect(await valuesOf(patientId, ['tbil'])).toEqual({ tbil: 14.5 })
  expect((await rowsOf(NOBODY)).map((row) => row.control_id)).toEqual(['V1'])
  expect(await rowsOf(other.id)).toEqual([])
  expect(await send(of('U3'))).toContain('MSA|AA|U3')
})

test('a part of a message is kept as what it is, bytes outside of any message are not', async () => {
  const { connect } = await import('node:net')
  const socket = connect({ port: intake.port, host: '127.0.0.1' })
  socket.end(Buffer.concat([Buffer.from('noise'), Buffer.of(0x0b), Buffer.from(of('V2', 'LIS|北院').slice(0, 120))]))
  await new Promise((resolve) => socket.once('close', resolve))
  await expect
    .poll(async () => (await rowsOf(NOBODY)).map((row) => row.reason))
    .toEqual(['unknown-sender', 'incomplete'])
  await register(other, { name: '北院检验科', sending: 'LIS/北院', receiving: 'PEIBAN/PEIBAN' })
  expect(await claimAll()).toEqual([0, 2])
  expect((await rowsOf(other.id)).map((row) => [row.control_id, row.state, row.reason])).toEqual([
    ['V1', 'received', ''],
    ['V2', 'set-aside', 'incomplete'],
  ])
  expect(await unclaimedSenders(house.house)).toEqual([])
})

test('one that does not open stays and holds up no other', async () => {
  await send(of('W1', 'LIS|西院'))
  await send(of('W2', 'LIS|西院'))
  const nobody = house.house.databases.of(NOBODY)
  await nobody
    .updateTable('intake')
    .set({ sealed: Buffer.from('spoiled') })
    .where('control_id', '=', 'W1')
    .execute()
  await register(house.tenant, { name: '西院检验科', sending: 'LIS/西院' })
  expect(await claimAll()).toEqual([1, 0])
  expect((await rowsOf(NOBODY)).map((row) => row.control_id)).toEqual(['W1'])
})

test('waits where two organizations have registered the same sender', async () => {
  for (const tenant of [house.tenant, other]) await register(tenant, { name: '东门检验科', sending: 'LIS/东门' })
  expect(await send(of('D1', 'LIS|东门'))).toContain('MSA|AR|D1')
  expect(await claimAll()).toEqual([0, 0])
  expect((await unclaimedSenders(house.house)).map(({ source }) => source)).toContain('LIS/东门')
})

test('with one organization nothing waits, whoever sends', async () => {
  const alone = await aHouse()
  expect(await unclaimedSenders(alone.house)).toEqual([])
  expect(await claimUnclaimed(alone.house, alone.tenant)).toBe(0)
})
