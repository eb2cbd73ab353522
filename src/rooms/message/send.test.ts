import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { sendDue, sendMessage, sendMessages } from './server/index.ts'
import { aPatient, aTemplate, keepingTransport, ledger, mailingBy, mailRow, publish, setWebAddress } from './sample.ts'

const house = await aHouse()
const tell = (patientId: string, over: object = {}) =>
  house.write((ctx) => sendMessage(ctx, { patientId, template: 'report-ready', touch: 'report:1', ...over }))
const send = async (answer?: Parameters<typeof keepingTransport>[0]) => {
  const { mails, transport } = keepingTransport(answer)
  await sendDue(mailingBy(house.house, transport), house.tenant)
  return mails
}

describe('into the ledger', () => {
  test('one row per channel; the message centre at once, the mail waits for the sender', async () => {
    const patientId = await aPatient(house)
    const rows = await tell(patientId)
    expect(rows.map((row) => [row.channel, row.state, row.created])).toEqual([
      ['in-app', 'accepted', true],
      ['email', 'planned', true],
    ])
    const mails = await send()
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({
      subject: '您的体检报告已出',
      messageId: expect.stringMatching(/^<[0-9a-f-]{36}@test-\d+-[0-9a-f]+\.peiban>$/),
    })
    const [inApp, mail] = await ledger(house, patientId)
    expect([inApp!.state, mail!.state, mail!.attempts, mail!.possible_doubles]).toEqual(['accepted', 'accepted', 1, 0])
    expect(mail!.to_masked).toMatch(/^p\*\*\*@example\.com$/)
  })

  test('the same touch is told once, also when many ask at once', async () => {
    const patientId = await aPatient(house)
    const answers = await Promise.all(Array.from({ length: 8 }, () => tell(patientId, { touch: 'report:same' })))
    expect(answers.flat().filter((row) => row.created)).toHaveLength(2)
    expect(new Set(answers.flat().map((row) => row.id)).size).toBe(2)
    expect(await ledger(house, patientId)).toHaveLength(2)
    expect(await send()).toHaveLength(1)
  })

  test('hundreds in one go, and nobody twice when asked again', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => aPatient(house)))
    const wanted = ids.map((patientId) => ({ patientId, template: 'card-activated', touch: 'card:bulk' }))
    expect(
      (await house.write((ctx) => sendMessages(ctx, [...wanted, ...wanted]))).filter((row) => row.created),
    ).toHaveLength(120)
    expect((await house.write((ctx) => sendMessages(ctx, wanted))).filter((row) => row.created)).toHaveLength(0)
    expect(await send()).toHaveLength(60)
  })

  test('a template that nobody knows is refused, and nothing is kept', async () => {
    const patientId = await aPatient(house)
    await expect(tell(patientId, { template: 'no-such-template' })).rejects.toMatchObject({ code: 'TemplateUnknown' })
    expect(await ledger(house, patientId)).toEqual([])
  })

  test('mails of one kind come once a day, the message centre lists them all', async () => {
    const patientId = await aPatient(house)
    await tell(patientId, { touch: 'report:a' })
    await tell(patientId, { touch: 'report:b' })
    const rows = await ledger(house, patientId)
    expect(rows.map((row) => [row.touch, row.channel, row.state, row.reason])).toEqual([
      ['report:a', 'in-app', 'accepted', null],
      ['report:a', 'email', 'planned', null],
      ['report:b', 'in-app', 'accepted', null],
      ['report:b', 'email', 'suppressed', 'too-soon'],
    ])
    await send()
  })
})

describe('what is in it', () => {
  test('names the person, says to sign in, holds no result; the copy is sealed', async () => {
    await setWebAddress(house, 'https://care.example.org')
    const patientId = await aPatient(house, { name: '欧阳若曦' })
    await tell(patientId)
    const [mail] = await send()
    expect(mail!.text).toContain('欧阳若曦，您好')
    expect(mail!.text).toContain('https://care.example.org/my')
    expect(mail!.html).toContain('登录查看报告')
    const row = await mailRow(house, patientId)
    expect(row.content_sealed!.toString('utf8')).not.toContain('欧阳')
    expect(row.values_sealed).toBeNull()
  })

  test.each([
    [
      "the organization's own address",
      'https://own.example.org/',
      'https://care.example.org',
      'https://own.example.org',
    ],
    ['else the address of the house', '', 'https://care.example.org', 'https://care.example.org'],
    ['no link to the own machine of whoever reads', '', 'http://localhost:3000', null],
    ['no link where the address of the house is none', '', 'care.example.org', null],
  ])('links lead to %s', async (_what, own, publicUrl, expected) => {
    await setWebAddress(house, own)
    const patientId = await aPatient(house)
    await tell(patientId)
    const { mails, transport } = keepingTransport()
    await sendDue({ ...mailingBy(house.house, transport), publicUrl }, house.tenant)
    const links = [...mails[0]!.text.matchAll(/https?:\S+/g)].map(([link]) => link)
    expect(links).toEqual(expected ? [`${expected}/my`] : [])
    expect(mails[0]!.from).toContain(`<no-reply@${expected ? new URL(expected).hostname : 'localhost'}>`)
  })

  test('in the language of the person; a name is escaped in HTML and cannot begin a header', async () => {
    const code = await publish(
      house,
      aTemplate({
        purpose: 'service',
        zh: { subject: '{{ name }} 您好', text: '好', html: '<p>{{ greeting }}</p>' },
        en: { subject: 'To {{ what }}', text: 'x' },
        variables: [
          { name: 'what', dataClass: 'plain', label: { zh: '什么', en: 'What' }, example: { zh: 'x', en: 'x' } },
        ],
      }),
    )
    const [one, other] = [await aPatient(house, { name: "O'Neill & 王" }), await aPatient(house, { locale: 'en' })]
    await tell(one, { template: code })
    await tell(other, { template: code, values: { what: 'you\r\nBcc: all@example.com' } })
    const mails = await send()
    expect(mails.map((mail) => mail.subject).toSorted()).toEqual(
      ["O'Neill & 王 您好", 'To you Bcc: all@example.com'].toSorted(),
    )
    expect(mails.find((mail) => mail.subject.includes('Neill'))!.html).toContain('O&#39;Neill &amp; 王，您好')
  })

  test('a value that is missing fails the one message, and says so', async () => {
    const code = await publish(
      house,
      aTemplate({
        zh: { subject: '{{ day }}', text: 'x' },
        variables: [
          { name: 'day', dataClass: 'date', label: { zh: '日', en: 'Day' }, example: { zh: '3月', en: 'March' } },
        ],
      }),
    )
    const patientId = await aPatient(house)
    await tell(patientId, { template: code })
    expect(await send()).toEqual([])
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'failed', reason: 'render' })
  })

  test('a child is written to through the guardian', async () => {
    const child = await aPatient(house, {
      name: '小满',
      birthDate: '2018-01-01',
      guardian: { relation: 'mother', name: '妈妈', phone: '13911112222', email: 'mother@example.com' },
    })
    await tell(child)
    const [mail] = await send()
    expect(mail).toMatchObject({ to: 'mother@example.com', text: expect.stringContaining('小满的家长，您好') })
    expect(await mailRow(house, child)).toMatchObject({ via_guardian: true, state: 'accepted' })
  })
})
