import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { systemActor, type AuditEntry } from '../../platform/context/context.ts'
import { recordAudit } from './server/index.ts'

const house = await aHouse()
const { clock, databases, ids } = house.house
const entry = (requestId: string, tenant = house.tenant): AuditEntry => ({
  organizationId: tenant.id,
  actor: systemActor(tenant.id, 'test'),
  action: 'patient.open',
  outcome: 'done',
  patientId: null,
  subjectId: null,
  detail: { of: requestId },
  requestId,
  address: null,
})
const keep = (requestId: string, tenant = house.tenant) =>
  recordAudit(databases.of(tenant.id), entry(requestId, tenant), clock.now(), ids)
const kept = async (prefix: string, tenant = house.tenant) =>
  (
    await databases
      .of(tenant.id)
      .selectFrom('audit_entry')
      .select(['request_id', 'detail'])
      .where('organization_id', '=', tenant.id)
      .where('request_id', 'like', `${prefix}%`)
      .execute()
  )
    .map((row) => row.request_id)
    .toSorted()

test('lines of calls at the same time are all kept, each once and before its call is answered', async () => {
  const names = Array.from({ length: 60 }, (_, n) => `many-${String(n).padStart(2, '0')}`)
  await Promise.all(
    names.map(async (name) => {
      await keep(name)
      expect(await kept(name)).toEqual([name])
    }),
  )
  expect(await kept('many-')).toEqual(names)
})

test('a line that cannot be written fails its own call alone', async () => {
  // PostgreSQL takes no zero character in a text.
  const names = ['few-0', 'few-1', 'few-\u0000', 'few-3', 'few-4']
  const results = await Promise.allSettled(names.map((name) => keep(name)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(await kept('few-')).toEqual(['few-0', 'few-1', 'few-3', 'few-4'])
  await keep('few-5')
  expect(await kept('few-5')).toEqual(['few-5'])
})

test('lines of two organizations never share a statement', async () => {
  const other = await house.anOrganization()
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => keep(`two-${String(n).padStart(2, '0')}`, n % 2 ? other : house.tenant)),
  )
  expect([(await kept('two-')).length, (await kept('two-', other)).length]).toEqual([10, 10])
})
