import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { addFact } from '../observation/contract/facts.ts'
import { installShippedTags } from '../tag/server/index.ts'
import { changeWorklist, listItems, listWorklists, openWorklist, retireWorklist } from './contract/worklist.ts'
import { draftSegment, listSegments, openSegment, saveSegment } from './contract/segment.ts'
import { aDefinition, aPerson, aSegment, look } from './sample-clinic.ts'
import { installShippedLists } from './server/index.ts'
import { shippedLists } from './server/shipped-by.ts'

const house = await aHouse()
const { tenant } = house
const editor = await house.as('content-editor')
const doctor = await house.as('physician')
const install = (of = tenant) => house.write(installShippedLists, of)
const codes = [...shippedLists.segments, ...shippedLists.worklists].map(({ code }) => code)

test('each has a code of its own, its source in both languages, and says that nobody has signed for it', () => {
  expect(new Set(codes).size).toBe(codes.length)
  expect(shippedLists.reviewer).toBeNull()
  for (const { source } of [...shippedLists.segments, ...shippedLists.worklists])
    expect([source.zh.length, source.en.length].every((length) => length > 4)).toBe(true)
})

test('a fresh organization has all of them, filled, each in words; a second time nothing comes', async () => {
  await house.write(installShippedTags)
  const old = await aPerson(house, { sbp: 172, birthDate: '1950-01-01', doctorId: doctor.staffId })
  const young = await aPerson(house, { sbp: 118, birthDate: '1990-03-20', doctorId: doctor.staffId })
  await doctor.call(addFact, {
    params: { patientId: old as never },
    body: { kind: 'condition', fact: { code: 'I10', name: '高血压' } } as never,
  })
  expect(await install()).toBe(codes.length)
  expect(await install()).toBe(0)
  await house.settle()
  await look(house)
  const { segments } = await doctor.call(listSegments)
  expect(segments.map(({ state, owner, shipped }) => [state, owner, shipped?.reviewer])).toEqual(
    shippedLists.segments.map(() => ['active', null, null]),
  )
  for (const { sentence } of segments) expect(sentence.zh).not.toBe('')
  const { worklists } = await doctor.call(listWorklists)
  const open = new Map(worklists.map(({ name, progress }) => [name, progress.open]))
  expect(open.get('高血压，血压没控制好')).toBe(1)
  expect(open.get('血压明显偏高，一周内联系')).toBe(1)
  expect(open.get('慢病客户，3 个月没有随访')).toBe(1)
  expect(open.get('糖尿病，血糖没控制好')).toBe(0)
  const birthday = segments.find(({ name }) => name.zh === '30 天内过生日')!
  expect((await doctor.call(openSegment, { params: { segmentId: birthday.id } })).size.count).toBe(1)
  const high = worklists.find(({ name }) => name === '血压明显偏高，一周内联系')!
  const { rows } = await doctor.call(listItems, { params: { worklistId: high.id }, query: {} as never })
  expect(rows.map(({ patient }) => patient.id)).toEqual([old])
  expect(young).not.toBe(old)
})

test('the limit of somebody of 65 and older is 150, of anybody younger 140', async () => {
  const doctor = await house.as('physician')
  const people = {
    old: await aPerson(house, { sbp: 145, birthDate: '1950-01-01', doctorId: doctor.staffId }),
    young: await aPerson(house, { sbp: 145, birthDate: '1970-01-01', doctorId: doctor.staffId }),
  }
  for (const patientId of Object.values(people))
    await doctor.call(addFact, {
      params: { patientId: patientId as never },
      body: { kind: 'condition', fact: { code: 'I10', name: '高血压' } } as never,
    })
  await house.settle()
  await look(house)
  const { worklists } = await doctor.call(listWorklists)
  const { id } = worklists.find(({ name }) => name === '高血压，血压没控制好')!
  const { rows } = await doctor.call(listItems, { params: { worklistId: id }, query: {} as never })
  expect(rows.map(({ patient }) => patient.id)).toEqual([people.young])
})

test('what the house has changed or put away stays so', async () => {
  const [worklist] = (await doctor.call(listWorklists)).worklists
  const params = { worklistId: worklist!.id }
  const { name, purpose, sort, condition, version } = await doctor.call(openWorklist, { params })
  await doctor.call(changeWorklist, {
    params,
    body: { definition: { name: `${name}（本院）`, purpose, sort, condition, targetDays: 5 }, version },
  })
  const [, second] = (await doctor.call(listWorklists)).worklists
  await doctor.call(retireWorklist, { params: { worklistId: second!.id } })
  const [segment] = (await editor.call(listSegments)).segments
  const segmentId = segment!.id
  await editor.call(draftSegment, {
    params: { segmentId },
    body: { definition: aDefinition({ name: { zh: '本院改过的', en: '' } }), seen: null },
  })
  await editor.call(saveSegment, { params: { segmentId }, body: { version: 2 } })
  expect(await install()).toBe(0)
  const after = (await doctor.call(listWorklists)).worklists
  expect(after.find(({ id }) => id === worklist!.id)).toMatchObject({ name: `${name}（本院）`, targetDays: 5 })
  expect(after.some(({ id }) => id === second!.id)).toBe(false)
  expect((await editor.call(openSegment, { params: { segmentId } })).name.zh).toBe('本院改过的')
})

test('where one of its own bears the name ours stays away', async () => {
  const theirs = await house.anOrganization('另一家')
  const colleague = await house.as('content-editor', { tenant: theirs })
  const [first] = shippedLists.segments
  await aSegment(house, colleague, { name: first!.definition.name })
  expect(await install(theirs)).toBe(codes.length - 1)
  const { segments } = await colleague.call(listSegments)
  expect(segments.filter(({ name }) => name.zh === first!.definition.name.zh)).toHaveLength(1)
})
