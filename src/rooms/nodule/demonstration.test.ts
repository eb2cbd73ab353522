import { expect, test } from 'vitest'
import { patientNodules } from './contract/nodule.ts'
import { aNoduleClinic } from './sample-nodule.ts'
import { furnishNodules } from './server/index.ts'

test('the demonstration shows three nodules, each in another state, and comes once', async () => {
  const { house, doctor, aPatient } = await aNoduleClinic()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) ids.push(await aPatient({ birthDate: '1970-04-05' }))
  await house.write(furnishNodules)
  await house.write(furnishNodules)
  const all = await Promise.all(ids.map((id) => doctor.call(patientNodules, { params: { patientId: id as never } })))
  expect(
    all.map(({ rows }) =>
      rows.map(({ organ, waiting, grade, recheckKind }) => [organ, waiting, grade?.state, recheckKind]),
    ),
  ).toEqual([
    [['lung', null, 'settled', 'recheck']],
    [['breast', null, 'settled', 'recheck']],
    [['thyroid', 'grade', 'proposed', null]],
  ])
  expect(all[1]!.rows[0]!.rechecks).toMatchObject([{ source: 'radiologist', words: '建议 6 个月复查' }])
})
