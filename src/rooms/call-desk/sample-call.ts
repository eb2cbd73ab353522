import { visitor, type Caller, type TestHouse } from '../../../test/house.ts'
import { openSession } from '../staff/server/index.ts'
import { createTask } from '../task/server/index.ts'
import { takeNext, takeOne } from './contract/desk.ts'
import type { CallSession } from './contract/session.ts'
import type { SubjectKind } from './contract/words.ts'

/** The same person with a session of now. */
export async function again(house: TestHouse, { staffId, name }: Caller): Promise<Caller> {
  const browser = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  return { ...visitor(house, await house.write((ctx) => openSession(ctx, staffId, browser))), staffId, name }
}

export const nextOf = async (house: TestHouse, who: Caller): Promise<CallSession | null> =>
  (await who.call(takeNext, { body: { key: house.house.ids.next<string>() } })).session

export function takeBy(
  house: TestHouse,
  who: Caller,
  subject: { kind: SubjectKind; id: string },
  because = '',
): ReturnType<Caller['try']> {
  return who.try(takeOne, { body: { key: house.house.ids.next<string>(), subject, because } })
}

/** A call that a colleague asks somebody to make today. */
export function aCallTask(
  house: TestHouse,
  patientId: string,
  ownerId: string,
  note = '问问头晕好些没有',
): Promise<string> {
  return house.write(async (ctx) => {
    const asked = { type: 'call' as const, title: '电话问一下', note, patientId, ownerId }
    return (await createTask(ctx, { ...asked, dueOn: ctx.today, source: 'test', sourceKey: ctx.ids.next() })).id
  })
}
