import { expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import { me } from './contract/staff.ts'

const house = await aHouse()

test('a signed-in person is told who they are and what they may do', async () => {
  const nurse = await house.as('service-manager', { name: '李健管' })
  const answer = await nurse.call(me)
  expect(answer.name).toBe('李健管')
  expect(answer.permissions).toContain('follow-up.do')
  expect(answer.permissions).not.toContain('plan.sign')
})

test('without a session nothing is told', async () => {
  const answer = await nobody(house).try(me)
  expect(answer.status).toBe(401)
  expect(answer.code).toBe('NotSignedIn')
})
