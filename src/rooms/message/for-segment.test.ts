import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { Condition } from '../../platform/condition/index.ts'
import { createSegment, retireSegment, saveSegment } from '../segment/contract/segment.ts'
import { aDefinition, highPressure, look, measured } from '../segment/sample-clinic.ts'
import type { Block } from './contract/block.ts'
import { listBlockAudiences, previewAsPerson } from './contract/block-mail.ts'
import * as contract from './contract/template.ts'
import { aPatient, aTemplate, keepingTransport, ledger, mailingBy, publish, setWebAddress } from './sample.ts'
import { openContent } from './server/content-seal.ts'
import { compileBlocks } from './server/compile/compile.ts'
import { sendDue, sendMessages } from './server/index.ts'

/** Blocks that only some people read: decided when a message is filled, for mails, the message centre, and who looks ahead. */

const house = await aHouse()
await setWebAddress(house, 'https://care.example.org')
const db = house.house.databases.of(house.tenant.id)
const both = (zh: string, en = zh) => ({ zh, en })
let editor: Caller
let reviewer: Caller
let manager: Caller
let elders: string
let pressed: string
const people: Record<'young' | 'old' | 'pressed', string> = { young: '', old: '', pressed: '' }

async function segmentOf(zh: string, condition: Condition): Promise<string> {
  const definition = aDefinition({ name: both(zh), condition })
  const { id } = await editor.call(createSegment, { body: { definition } })
  await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  await house.settle()
  return id
}

beforeAll(async () => {
  editor = await house.as('content-editor')
  reviewer = await house.as('medical-reviewer')
  manager = await house.as('service-manager')
  people.young = await aPatient(house, { name: '赵小满', birthDate: '2000-01-01' })
  people.old = await aPatient(house, { name: '林若兰', birthDate: '1950-01-01' })
  people.pressed = await aPatient(house, { name: '周建国', birthDate: '1990-01-01' })
  await measured(house, people.pressed, 168)
  elders = await segmentOf('六十岁以上', { age: { op: '>=', years: 60 } })
  pressed = await segmentOf('血压高的人', highPressure)
  await look(house)
  await db
    .updateTable('patient')
    .set({ manager_id: manager.staffId })
    .where('id', 'in', Object.values(people))
    .execute()
})

const greeting: Block = {
  kind: 'text',
  id: 'text',
  words: both('{{ greeting }}：天凉了。', '{{ greeting }}, it is cold.'),
}
const forOld = (): Block => ({
  kind: 'text',
  id: 'olds',
  words: both('请家人陪着出门。', 'Go out in company.'),
  onlyFor: elders,
})
const forPressed = (over: object = {}): Block =>
  ({
    kind: 'text',
    id: 'bloo',
    words: both('早晚各量一次，记下来。', 'Measure twice a day.'),
    onlyFor: pressed,
    ...over,
  }) as Block
const last: Block = { kind: 'button', id: 'butt', words: both('登录看看', 'Sign in'), to: 'link' }
const letter = (): Block[] => [greeting, forOld(), forPressed(), last]

async function inForce(blocks: Block[], over: object = {}): Promise<string> {
  const template = contract.templateDefinition.parse(aTemplate({ blocks, channels: ['in-app', 'email'], ...over }))
  return publish(house, await compileBlocks(template))
}

async function sendTo(template: string, patientIds: string[], touch: string) {
  await house.write((ctx) =>
    sendMessages(
      ctx,
      patientIds.map((patientId) => ({ patientId, template, touch })),
    ),
  )
  const { mails, transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), house.tenant)
  return mails
}

async function copyOf(patientId: string, touch: string, channel: string) {
  const row = (await ledger(house, patientId)).find((one) => one.touch === touch && one.channel === channel)
  return openContent({ sealer: house.house.sealer, organizationId: house.tenant.id } as never, row!.content_sealed!)
}
const inCentre = async (patientId: string, touch: string) => (await copyOf(patientId, touch, 'in-app')).text
const kept = async (patientId: string, touch: string) => ({
  centre: await inCentre(patientId, touch),
  mail: await copyOf(patientId, touch, 'email'),
})

const OLD = '请家人陪着出门'
const PRESSED = '早晚各量一次'
const POINTER = '请登录后再看'

describe('a block for a segment', () => {
  test('is read by who is in it, in HTML, as text and in what is kept; by nobody else', async () => {
    const mails = await sendTo(await inForce(letter()), Object.values(people), 'first')
    const mailTo = (name: string) => mails.find(({ text }) => text.includes(name))!
    for (const part of ['text', 'html'] as const) {
      expect(mailTo('赵小满')[part]).not.toContain(OLD)
      expect(mailTo('赵小满')[part]).not.toContain(POINTER)
      expect(mailTo('林若兰')[part]).toContain(OLD)
      for (const { [part]: words } of mails) {
        expect(words).not.toMatch(/\{%|only_|zqx/)
        expect(words).toContain('天凉了')
      }
    }
    expect((await kept(people.old, 'first')).centre).toContain(OLD)
    expect((await kept(people.old, 'first')).mail.html).toContain(OLD)
    expect((await kept(people.young, 'first')).centre).not.toContain(OLD)
  })

  test('that tells of health stands behind the login: a mail says where to read it, the message centre says it', async () => {
    const [mail] = await sendTo(await inForce(letter()), [people.pressed], 'second')
    for (const words of [mail!.text, mail!.html]) {
      expect(words).not.toContain(PRESSED)
      expect(words).toContain(POINTER)
      expect(words).toContain('https://care.example.org/my')
    }
    expect((await kept(people.pressed, 'second')).centre).toContain(PRESSED)
    expect((await kept(people.pressed, 'second')).centre).not.toContain(POINTER)
    // Two such blocks, one line.
    const twice = [greeting, forPressed(), last, forPressed({ id: 'more', words: both('少吃盐。', 'Less salt.') })]
    const [other] = await sendTo(await inForce(twice), [people.pressed], 'third')
    expect(other!.text.split(POINTER)).toHaveLength(2)
  })

  test('is decided for a whole batch at once, and not at all where no template has one', async () => {
    const asked: string[] = []
    const { facts } = house.house
    const find = (code: string) => {
      asked.push(code)
      return facts.find(code)
    }
    const { transport } = keepingTransport()
    const looks = async (template: string, patientIds: string[], touch: string) => {
      await house.write((ctx) =>
        sendMessages(
          ctx,
          patientIds.map((patientId) => ({ patientId, template, touch })),
        ),
      )
      asked.length = 0
      await sendDue(mailingBy({ ...house.house, facts: { ...facts, find } }, transport), house.tenant)
      return asked.length
    }
    expect(await looks(await inForce([greeting, last]), Object.values(people), 'plain')).toBe(0)
    const some = await inForce(letter())
    const forOne = await looks(some, [people.pressed], 'one')
    expect(forOne).toBeGreaterThan(0)
    const others = await Promise.all(Array.from({ length: 12 }, () => aPatient(house)))
    expect(await looks(some, [people.pressed, ...others], 'many')).toBe(forOne)
  })

  test('follows the segment: who has left it by then does not read it', async () => {
    const template = await inForce(letter(), { channels: ['in-app'] })
    await measured(house, people.pressed, 118)
    await look(house)
    await house.write((ctx) => sendMessages(ctx, [{ patientId: people.pressed, template, touch: 'left' }]))
    expect(await inCentre(people.pressed, 'left')).not.toContain(PRESSED)
    await measured(house, people.pressed, 170)
    await look(house)
  })
})

describe('who writes it', () => {
  const save = (blocks: Block[], over: object = {}) => {
    const definition = aTemplate({ blocks, channels: ['in-app', 'email'], ...over })
    return editor.call(contract.saveDraft, { params: { code: definition.code }, body: { definition, revision: null } })
  }
  const kinds = async (blocks: Block[], over: object = {}) =>
    (await save(blocks, over)).findings.map(({ kind }) => kind)

  test('is offered what there is, in words, and told which tells of health', async () => {
    const { audiences } = await editor.call(listBlockAudiences, {})
    expect(audiences.find(({ id }) => id === elders)).toMatchObject({
      name: both('六十岁以上'),
      behindLogin: false,
      isBarred: false,
    })
    expect(audiences.find(({ id }) => id === pressed)).toMatchObject({ behindLogin: true })
    expect(audiences.find(({ id }) => id === elders)!.sentence.zh).toContain('60')
    expect((await (await house.as('front-desk')).try(listBlockAudiences, {})).status).toBe(403)
  })

  test('hears of what nobody could read, and of letters that would be empty for the others', async () => {
    expect(await kinds(letter())).toEqual([])
    expect(await kinds([greeting, { ...forOld(), onlyFor: crypto.randomUUID() } as Block])).toEqual([
      'audience-unknown',
    ])
    expect(await kinds([forOld(), forPressed()])).toContain('only-for-some')
    // Behind the login there has to be something.
    expect(await kinds(letter(), { channels: ['email'] })).toEqual(['audience-nowhere'])
    const quote = {
      kind: 'quote',
      id: 'quot',
      words: both('少吃盐', 'Less salt'),
      source: both('世卫组织', 'WHO'),
      date: '2023',
    } as Block
    expect(await kinds([greeting, { ...quote, onlyFor: elders } as Block], { knowledge: true })).toEqual([
      'citation-missing',
    ])
  })

  test('reads every block in the preview, and whom it is for', async () => {
    const definition = contract.templateDefinition.parse(aTemplate({ blocks: letter(), channels: ['in-app', 'email'] }))
    const { zh, findings } = await editor.call(contract.previewTemplate, { body: { definition } })
    for (const words of [OLD, PRESSED, '只给“六十岁以上”里的人看', '只给“血压高的人”里的人看；邮件里只写']) {
      expect(zh!.text).toContain(words)
      expect(zh!.html).toContain(words)
    }
    expect(findings).toEqual([])
  })

  test('cannot ask for a segment that tells of mind and mood, by no way; one that came to tell of it holds nobody (R2)', async () => {
    const mental = await editor.try(createSegment, {
      body: { definition: aDefinition({ name: both('情绪'), condition: { condition: { codes: ['F32'] } } }) },
    })
    expect(mental.code).toBe('SegmentFaulty')
    const turned = await segmentOf('会变的', { age: { op: '>=', years: 18 } })
    const block = { ...forOld(), onlyFor: turned } as Block
    const template = await inForce([greeting, block], { channels: ['in-app'] })
    const told = async (touch: string) => {
      await house.write((ctx) => sendMessages(ctx, [{ patientId: people.old, template, touch }]))
      return inCentre(people.old, touch)
    }
    expect(await told('before')).toContain(OLD)
    await db
      .updateTable('segment_version')
      .set({ definition: JSON.stringify(aDefinition({ condition: { condition: { codes: ['F32'] } } })) as never })
      .where('segment_id', '=', turned)
      .execute()
    expect(await told('after')).not.toContain(OLD)
    expect(await kinds([greeting, block])).toEqual(['audience-barred'])
  })

  test('keeps a segment from being retired while a template in force or a draft has a block for it', async () => {
    const short = await segmentOf('临时人群', { sex: 'female' })
    const { name } = aTemplate()
    const definition = aTemplate({
      blocks: [greeting, { ...forOld(), onlyFor: short } as Block],
      channels: ['in-app', 'email'],
    })
    await editor.call(contract.saveDraft, { params: { code: definition.code }, body: { definition, revision: null } })
    const refused = await editor.try(retireSegment, { params: { segmentId: short } })
    expect(refused).toMatchObject({ status: 409, code: 'SegmentInUse' })
    expect(JSON.stringify(refused.body)).toContain(name!.zh)
    await reviewer.call(contract.publishTemplate, { params: { code: definition.code }, body: { revision: 1 } })
    expect((await editor.try(retireSegment, { params: { segmentId: short } })).code).toBe('SegmentInUse')
    await db.updateTable('message_template').set({ state: 'retired' }).where('code', '=', definition.code).execute()
    expect((await editor.call(retireSegment, { params: { segmentId: short } })).retired).toBe(true)
  })
})

test('as one of one’s own people: what they would read, and by what', async () => {
  const definition = contract.templateDefinition.parse(aTemplate({ blocks: letter(), channels: ['in-app', 'email'] }))
  const ask = (who: Caller, patientId: string) =>
    who.try(previewAsPerson, { params: { patientId: patientId as never }, body: { definition } })
  const shown = (await ask(manager, people.pressed)).body as Awaited<
    ReturnType<typeof manager.call<typeof previewAsPerson>>
  >
  expect(shown.text).not.toContain(PRESSED)
  expect(shown.text).toContain(POINTER)
  expect(shown.blocks).toMatchObject([
    { number: 2, shown: 'hidden', segment: both('六十岁以上') },
    { number: 3, shown: 'login', segment: both('血压高的人') },
  ])
  expect((await ask(await house.as('service-manager'), people.pressed)).status).toBe(404)
})
