import { beforeEach, describe, expect, test } from 'vitest'
import { CORP } from '../wechat/sample.ts'
import { aDesk } from '../../../test/wechat-desk.ts'

/** Each code of WeCom's that is said of first words to a new contact and of temporary talks, by the stand-in over HTTP. */
const desk = await aDesk('wecom')
const { wecom, house, db } = desk
beforeEach(() => desk.begin())

const OF_WELCOMES: Record<string, string> = {
  41049: 'code-spent',
  41050: 'code-spent',
  41051: 'code-spent',
  41053: 'code-spent',
}
const OF_WAYS: Record<string, string> = {
  41037: 'content',
  41038: 'content',
  41039: 'content',
  41040: 'content',
  41041: 'limit-reached',
  41043: 'gone',
  41044: 'gone',
  41045: 'limit-reached',
}

describe('the first words to a new contact', () => {
  const WORDS = 'send_welcome_msg'
  let count = 0
  const welcomed = async () => {
    const externalId = `wmWelcome${(count += 1)}`
    await wecom.adds(externalId, 'wang')
    const act = await db.selectFrom('wechat_act').select('welcome').orderBy('id', 'desc').executeTakeFirstOrThrow()
    await house.settle()
    return {
      came: act.welcome,
      heard: wecom.customers.get(externalId)!.got.filter(({ kind }) => kind === 'welcome').length,
    }
  }

  test.each(['-1', '6000', '41096', '45033'])('%s: said a moment later', async (code) => {
    wecom.fail(Number(code), 1, WORDS)
    expect(await welcomed()).toEqual({ came: 'ok', heard: 1 })
  })

  test.each<[string, string]>([
    ...Object.entries(OF_WELCOMES),
    ['45002', 'content'],
    ['84061', 'not-following'],
    ['85002', 'risky-content'],
    ['88888', 'other'],
  ])('%s: noted as %s, and not said again', async (code, refusal) => {
    wecom.fail(Number(code), 1, WORDS)
    expect(await welcomed()).toEqual({ came: refusal, heard: 0 })
    expect(await desk.alarms()).toEqual([])
  })

  test.each(['60020', '48002', '84074'])('%s: people are told', async (code) => {
    wecom.fail(Number(code), 1, WORDS)
    expect((await welcomed()).heard).toBe(0)
    expect([await desk.accountFault(), await desk.alarms()]).toEqual([code, ['wechat-fault']])
    // What is taken next ends the alarm.
    await desk.tell(await desk.somebody('wecom-mass'), ['wecom-mass'])
    expect(await desk.accountFault()).toBeNull()
  })

  test('no answer: it may have been said, and is not said twice', async () => {
    wecom.fail('taken-and-hang-up', 1, WORDS)
    expect(await welcomed()).toEqual({ came: 'unreachable', heard: 1 })
  })
})

describe('a temporary talk', () => {
  const { ways } = house.house.wechat.corp(house.tenant.id, { ...CORP })
  test.each([...Object.entries(OF_WAYS), ['45033', 'busy'], ['45009', 'minute-quota'], ['60020', 'credential']])(
    '%s is %s',
    async (code, refusal) => {
      wecom.fail(Number(code), 1, 'add_contact_way')
      const answer = await ways.addTemporary({ staffUserId: 'wang' })
      expect(answer).toMatchObject({ kind: 'refused', code: Number(code), refusal })
    },
  )

  test('is for medical institutions, one person, fourteen days', async () => {
    expect(await ways.addTemporary({ staffUserId: 'wang', codeSeconds: 15 * 86_400 })).toMatchObject({
      kind: 'held-back',
    })
    expect(await ways.addTemporary({ staffUserId: 'nobody' })).toMatchObject({ code: 40003, refusal: 'not-following' })
    expect(await ways.addTemporary({ staffUserId: 'wang' })).toMatchObject({ kind: 'ok' })
    expect(await ways.remove('unknown')).toMatchObject({ code: 41044, refusal: 'gone' })
  })
})
