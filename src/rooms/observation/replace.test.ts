import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { aPatient, aReport } from './sample-record.ts'
import { latestOf, observationsOfReports, recordReports, replaceObservations, withdrawReports } from './server/index.ts'

const house = await aHouse()
const reading = () => ({ db: house.house.databases.of(house.tenant.id), organizationId: house.tenant.id })

test('an observation is put under the code that was found later, once', async () => {
  const patientId = await house.write(aPatient)
  const [report] = await house.write((ctx) =>
    recordReports(ctx, [aReport(ctx, patientId, {}, [{ code: 'local:LIS|GLUX', value: 101, unit: 'mg/dL' }])]),
  )
  const [former] = await observationsOfReports(reading(), [report!.reportId])
  const replace = () =>
    house.write((ctx) =>
      replaceObservations(
        ctx,
        [
          {
            former: former!,
            observation: {
              id: ctx.ids.next(),
              code: 'fpg',
              value: 5.6,
              unit: 'mmol/L',
              effectiveAt: former!.effective_at,
              reportId: report!.reportId,
              source: 'lab',
            },
          },
        ],
        'code-mapped',
      ),
    )
  expect(await replace()).toBe(1)
  expect(await replace()).toBe(0)
  const latest = await latestOf(reading(), patientId, ['fpg', 'local:LIS|GLUX'])
  expect([...latest].map(([code, row]) => [code, row.value, row.report_id])).toEqual([['fpg', 5.6, report!.reportId]])
})

test('withdrawn reports take their observations along and wake the patient', async () => {
  const patientId = await house.write(aPatient)
  const intakeId = house.house.ids.next()
  await house.write((ctx) =>
    recordReports(ctx, [
      aReport(ctx, patientId, { intakeId }),
      aReport(ctx, patientId, {}, [{ code: 'hba1c', value: 6.1, unit: '%' }]),
    ]),
  )
  expect(await house.write((ctx) => withdrawReports(ctx, patientId, [intakeId], 'other-person'))).toBe(1)
  expect(await house.write((ctx) => withdrawReports(ctx, patientId, [intakeId], 'other-person'))).toBe(0)
  expect([...(await latestOf(reading(), patientId, ['fpg', 'hba1c'])).keys()]).toEqual(['hba1c'])
})
