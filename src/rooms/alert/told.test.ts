import { expect, test } from 'vitest'
import type { Actor, WriteContext } from '../../platform/context/context.ts'
import type { Caller } from '../../../test/house.ts'
import { acknowledgeAlert, getAlert, handOverAlert } from './contract/alert.ts'
import { anAlertClinic } from './sample-alert.ts'
import { mustBeToldFirst, noteTold, untoldOf } from './server/index.ts'

/** Told in a talk that another room keeps: the doctor is with the person, whoever has the alert. */
const clinic = await anAlertClinic()
const { house, li, wang, doctor } = clinic
await clinic.onDuty(li, { hours: 24 * 60 })

const SAID = { readBack: '知道了，明天去复查', note: '讲报告时说的' }
const as = (who: Caller, ctx: WriteContext): WriteContext => {
  const actor: Actor = {
    kind: 'staff',
    organizationId: house.tenant.id,
    id: who.staffId,
    name: who.name,
    roles: who === doctor ? ['physician'] : ['service-manager'],
    permissions: new Set(),
  }
  return { ...ctx, actor }
}
const tell = (alertId: string) => house.write((ctx) => noteTold(as(doctor, ctx), alertId, SAID))
const untold = (patientId: string) => house.write((ctx) => untoldOf(as(doctor, ctx), patientId))
const isFirst = (patientId: string) => house.write((ctx) => mustBeToldFirst(ctx, patientId))
const read = (alertId: string) => doctor.call(getAlert, { params: { alertId: alertId as never } })

async function raised() {
  const patientId = await clinic.aPatient()
  await clinic.aValue(patientId, 'plt', 21)
  const [one] = await untold(patientId)
  return { patientId, alertId: one!.id, one: one! }
}

test('one that nobody has is taken by whoever told; told twice, it is noted once', async () => {
  const { patientId, alertId, one } = await raised()
  expect(one).toMatchObject({ class: 'A', reading: expect.stringContaining('21') })
  expect(await isFirst(patientId)).toBe(true)
  expect(await Promise.all([tell(alertId), tell(alertId)])).toEqual(expect.arrayContaining([true, false]))
  const alert = await read(alertId)
  expect(alert).toMatchObject({ state: 'reached', handler: { name: '张文远' } })
  expect(alert.attempts).toMatchObject([
    { outcome: 'reached', relation: 'self', readBack: SAID.readBack, byName: '张文远' },
  ])
  expect(await untold(patientId)).toEqual([])
  expect(await isFirst(patientId)).toBe(false)
})

test('one in a colleague’s hands stays there, and they see that the person was reached', async () => {
  const { patientId, alertId } = await raised()
  await li.call(acknowledgeAlert, { params: { alertId: alertId as never } })
  expect(await tell(alertId)).toBe(true)
  expect(await read(alertId)).toMatchObject({ state: 'reached', handler: { name: '李素珍' } })
  expect(await isFirst(patientId)).toBe(false)
})

test('one that is handed over waits for its receiver, and the person knows all the same', async () => {
  const { patientId, alertId } = await raised()
  const params = { alertId: alertId as never }
  await li.call(acknowledgeAlert, { params })
  await li.call(handOverAlert, { params, body: { toId: wang.staffId as never, note: '我下班了' } })
  expect(await tell(alertId)).toBe(true)
  expect(await read(alertId)).toMatchObject({ state: 'handed-over', handler: { name: '王海燕' } })
  expect(await isFirst(patientId)).toBe(false)
  await wang.call(acknowledgeAlert, { params })
  expect((await read(alertId)).state).toBe('reached')
})
