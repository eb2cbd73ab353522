import { expect, test } from 'vitest'
import { closeNodule } from './contract/nodule.ts'
import { myNodules } from './contract/my.ts'
import { aNoduleClinic, SOLID } from './sample-nodule.ts'

const clinic = await aNoduleClinic()
await clinic.set('lung', 'lung-rads-2022')

test('what nobody has settled is neither named nor measured; what is, comes as a card with its day', async () => {
  const patientId = await clinic.aPatient()
  const me = await clinic.house.asPatient(patientId)
  expect(await me.call(myNodules)).toEqual({ rows: [], phone: null })
  const nodule = await clinic.found('lung', SOLID, patientId)
  expect((await me.call(myNodules)).rows).toMatchObject([{ state: 'looking', sizeMm: null, card: null, recheck: null }])
  await clinic.settled(nodule, 'lung-rads-2022', '3')
  const answer = await me.try(myNodules)
  expect(answer.body).toMatchObject({
    rows: [
      {
        state: 'settled',
        sizeMm: 7,
        recheck: { kind: 'recheck', dueOn: '2026-09-01', past: false },
        card: { title: { zh: '先不处理，复查看变化' } },
      },
    ],
  })
  expect(answer.raw.body).not.toContain('Lung-RADS')
})

test('within the error of measuring is told as no change; a closed one says so, one entered in error is not shown', async () => {
  const patientId = await clinic.aPatient()
  const me = await clinic.house.asPatient(patientId)
  const first = await clinic.settled(
    await clinic.found('lung', { ...SOLID, on: '2025-09-01' }, patientId),
    'lung-rads-2022',
    '3',
  )
  await clinic.look(first, { ...SOLID, longMm: 8 })
  const second = await clinic.settled(first, 'lung-rads-2022', '2')
  expect((await me.call(myNodules)).rows).toMatchObject([{ unchanged: true, sizeMm: 8 }])
  const wrong = await clinic.found('lung', SOLID, patientId)
  const end = (nodule: typeof first, body: object) =>
    clinic.nurse.call(closeNodule, {
      params: { noduleId: nodule.id },
      body: { version: nodule.version, ...body } as never,
    })
  await end(wrong, { result: 'entered-in-error', text: '看错人了' })
  await end(second, { result: 'operated', text: '外院手术', on: '2026-03-01' })
  expect((await me.call(myNodules)).rows).toMatchObject([{ state: 'closed', card: null, recheck: null }])
})

test('only a patient’s own session sees its own', async () => {
  const nodule = await clinic.found('lung', SOLID)
  const other = await clinic.house.asPatient(await clinic.aPatient())
  expect((await other.call(myNodules)).rows).toEqual([])
  expect((await clinic.nurse.try(myNodules)).status).not.toBe(200)
  const me = await clinic.house.asPatient(nodule.patient.id)
  await me.call(myNodules)
  const db = clinic.house.house.databases.of(clinic.house.tenant.id)
  const rows = await db.selectFrom('audit_entry').select('action').where('patient_id', '=', nodule.patient.id).execute()
  expect(rows.map(({ action }) => action)).toContain('my.nodules')
})
