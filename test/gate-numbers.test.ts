import { describe, expect, test } from 'vitest'
import { approveMessage, sendByHand } from '../src/rooms/message/contract/message.ts'
import * as contract from '../src/rooms/message/contract/template.ts'
import type { TemplateDefinitionInput } from '../src/rooms/message/contract/template.ts'
import { CHANNELS, type Channel } from '../src/rooms/message/contract/words.ts'
import { aTemplate } from '../src/rooms/message/sample.ts'
import { sendMessages, sendPush } from '../src/rooms/message/server/index.ts'
import { sendNoticeMails } from '../src/rooms/message/server/notice-mail.ts'
import { aWorld, CODE, inForce, PAGE, type Somebody, type World } from './gate/world.ts'

/**
 * An identity number leaves by no channel, wherever in a template it stands and however it is written. Templates are put in
 * force past their own check here, so that it is the last wall that is asked.
 */
const ID = '51343620000320711X'
const [plain, mini] = [await aWorld(), await aWorld('mini')]
const of = (channel: Channel) => (channel === 'mini-notice' ? mini : plain)
let count = 0

/** Everything open to one channel: whoever has done all that opens one. */
async function somebody(world: World): Promise<Somebody> {
  const who = await world.someone()
  const consent: Record<string, 'accept'> = world === mini ? { MINIONE: 'accept' } : { REPORT: 'accept' }
  await world.wechat.does(who.openId, { act: 'consent', answers: consent })
  if (world === plain) await world.wechat.does(who.openId, { act: 'say', text: '在吗' })
  await world.house.settle()
  return who
}

/** A template by one channel alone. */
function by(channel: Channel, over: Partial<TemplateDefinitionInput> & { say?: string; subject?: string } = {}) {
  const isPush = channel.startsWith('w') || channel === 'mini-notice'
  // A ladder alone would leave a template without a channel: the message centre, which is refused likewise.
  return { channels: (isPush ? ['in-app'] : [channel]) as Channel[], ladder: isPush ? [channel] : [], ...over }
}

async function tell(world: World, who: Somebody, values: Record<string, string> = {}): Promise<void> {
  count += 1
  await world.house.write((ctx) =>
    sendMessages(ctx, [{ patientId: who.id, template: CODE, touch: `number:${count}`, values }]),
  )
  await world.send()
}

const stated = async (world: World, who: Somebody, channel: Channel) =>
  (await world.ledger(who, CODE)).filter((row) => row.channel === channel).map(({ state, reason }) => [state, reason])

const variable = (dataClass: 'plain' | 'link', name = 'what'): NonNullable<TemplateDefinitionInput['variables']> => [
  { name, dataClass, label: { zh: '事项', en: 'What' }, example: { zh: '复诊', en: 'A visit' } },
]

describe.each(CHANNELS)('by %s', (channel) => {
  const world = of(channel)

  test('a template that holds one does not leave, and the same without it does', async () => {
    await inForce(world, 'care', by(channel, { say: ID }))
    const who = await somebody(world)
    await tell(world, who)
    expect(await stated(world, who, channel)).toEqual([['blocked', 'national-id']])
    expect(await world.received(who)).toEqual({})
    await inForce(world, 'care', by(channel, { say: '带好证件' }))
    await tell(world, who)
    expect((await world.received(who))[channel]).toBe(1)
  })

  test('nor does one that is filled in, by a room or by hand, and nobody can let it go', async () => {
    const filled: Partial<TemplateDefinitionInput> = {
      variables: variable('plain'),
      zh: { subject: '问候您', text: '{{ greeting }}：{{ what }}' },
      en: { subject: 'Greetings', text: '{{ greeting }}: {{ what }}' },
      sms: [{ provider: 'aliyun', code: 'SMS_FILLED', text: '您好，${what}', values: { what: 'what' } }],
      wechat: [
        {
          channel: 'wechat-template',
          templateId: 'REVISIT',
          values: { thing1: '{{ what }}', time2: '2026-03-05 09:00' },
        },
        { channel: 'wechat-notice', templateId: 'REPORT', values: { thing1: '{{ what }}', phrase2: '可查看' } },
        { channel: 'mini-notice', templateId: 'MINIONE', values: { thing1: '{{ what }}' }, page: PAGE },
      ],
    }
    await inForce(world, 'care', by(channel, filled))
    const who = await somebody(world)
    await tell(world, who, { what: ID })
    expect(await stated(world, who, channel)).toEqual([['blocked', 'national-id']])
    const carer = await world.carerOf(who.id)
    const params = { patientId: who.id as never }
    const byHand = await carer.try(sendByHand, { params, body: { template: CODE, values: { what: ID } } })
    expect(byHand.code).toBe('TemplateUnfit')
    const doctor = await world.carerOf(who.id, 'physician')
    for (const { id } of await world.ledger(who, CODE)) {
      const answer = await doctor.try(approveMessage, { params: { messageId: id as never }, body: { because: '急用' } })
      expect(answer.code).toBe('MessageNotApprovable')
    }
    await world.send()
    expect(await world.received(who)).toEqual({})
  })
})

/** Where else it may stand, and how it may be written. */
const PLACES: [string, Channel, Partial<TemplateDefinitionInput>, Record<string, string>?][] = [
  ['in the subject of a mail', 'email', { zh: { subject: ID, text: '您好' } }],
  ['on its button', 'email', { zh: { subject: '您好', text: '您好', button: ID } }],
  ['in its HTML', 'email', { zh: { subject: '您好', text: '您好', html: `<p>${ID}</p>` } }],
  ['in an attribute', 'email', { zh: { subject: '您好', text: '您好', html: `<p title="${ID}">您好</p>` } }],
  ['in a comment', 'email', { zh: { subject: '您好', text: '您好', html: `<p>您好</p><!-- ${ID} -->` } }],
  [
    'taken apart by tags',
    'email',
    { zh: { subject: '您好', text: '您好', html: '<b>513436</b><b>20000320</b><b>711X</b>' } },
  ],
  ['taken apart by the template', 'email', { zh: { subject: '您好', text: '{{ "513436" }}{{ "20000320711X" }}' } }],
  ['in wide digits', 'email', { zh: { subject: '您好', text: '５１３４３６２００００３２０７１１Ｘ' } }],
  ['with strokes', 'in-app', { zh: { subject: '您好', text: '513436-20000320-711X' } }],
  ['with what nobody sees between', 'in-app', { zh: { subject: '您好', text: [...ID].join('\u200b') } }],
  [
    'in an address that a room brings',
    'email',
    { variables: variable('link', 'link'), zh: { subject: '您好', text: '您好', button: '查看' } },
    { link: `https://care.example.org/my?id=${ID}` },
  ],
  [
    'behind the card of a mini-program',
    'mini-notice',
    {
      wechat: [{ channel: 'mini-notice', templateId: 'MINIONE', values: { thing1: '您好' }, page: `${PAGE}?id=${ID}` }],
    },
  ],
  [
    'behind the card of WeChat',
    'wechat-template',
    { variables: variable('link', 'link') },
    { link: `https://care.example.org/my?id=${ID}` },
  ],
]

test.each(PLACES)('%s it is found as well', async (_where, channel, over, values) => {
  const world = of(channel)
  await inForce(world, 'care', by(channel, over))
  const who = await somebody(world)
  await tell(world, who, values)
  expect(await stated(world, who, channel)).toEqual([['blocked', 'national-id']])
  expect((await world.received(who))[channel]).toBeUndefined()
})

describe('before anybody is told', () => {
  const { house } = plain
  const sayings: [string, Partial<TemplateDefinitionInput>][] = [
    ['the text', { zh: { subject: '您好', text: ID } }],
    [
      'the approved words of a short message',
      { sms: [{ provider: 'aliyun', code: 'SMS_1', text: `您好，${ID}`, values: {} }] },
    ],
    [
      'a field of WeChat',
      { wechat: [{ channel: 'wechat-notice', templateId: 'REPORT', values: { thing1: ID, phrase2: '可查看' } }] },
    ],
    [
      'the page of a mini-program',
      {
        wechat: [
          { channel: 'mini-notice', templateId: 'MINIONE', values: { thing1: '您好' }, page: `${PAGE}?id=${ID}` },
        ],
      },
    ],
    [
      'the example of a variable',
      {
        variables: [
          { name: 'what', dataClass: 'plain', label: { zh: '事项', en: 'What' }, example: { zh: ID, en: 'x' } },
        ],
      },
    ],
  ]

  test.each(sayings)(
    '%s: it is said when the template is saved, and neither published nor tried out',
    async (_where, over) => {
      const editor = await house.as('content-editor')
      const reviewer = await house.as('medical-reviewer')
      await plain.db
        .updateTable('staff')
        .set({ email: 'editor@example.org' })
        .where('id', '=', editor.staffId)
        .execute()
      const definition = aTemplate(over)
      const params = { code: definition.code }
      const { findings, revision } = await editor.call(contract.saveDraft, {
        params,
        body: { definition, revision: null },
      })
      expect(findings.map(({ kind }) => kind)).toContain('personal-data')
      expect((await reviewer.try(contract.publishTemplate, { params, body: { revision } })).code).toBe('TemplateUnfit')
      expect((await editor.try(contract.testTemplate, { params, body: { locale: 'zh-CN' } })).code).toBe(
        'TemplateUnfit',
      )
    },
  )

  test('one that only comes together in the mail is not tried out either', async () => {
    const editor = await house.as('content-editor')
    await plain.db.updateTable('staff').set({ email: 'editor@example.org' }).where('id', '=', editor.staffId).execute()
    const definition = aTemplate({ zh: { subject: '您好', text: '{{ "513436" }}{{ "20000320711X" }}' } })
    const params = { code: definition.code }
    await editor.call(contract.saveDraft, { params, body: { definition, revision: null } })
    expect((await editor.try(contract.testTemplate, { params, body: { locale: 'zh-CN' } })).code).toBe('TemplateUnfit')
  })
})

test('in all that any stand-in was handed there is none', async () => {
  for (const { house, allWords } of [plain, mini]) {
    await house.settle()
    await sendNoticeMails(house.house, house.tenant)
    await sendPush(house.house, house.tenant)
    const words = allWords()
    expect(words).toContain('带好证件')
    expect(words.normalize('NFKC').replace(/[\s\u200b-]/g, '')).not.toMatch(/51343620000320|20000320711X/)
  }
})
