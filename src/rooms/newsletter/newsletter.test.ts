import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { installShippedAdviceCards } from '../advice/server/shipped.ts'
import { readCampaign } from '../campaign/contract/campaign.ts'
import { enterDue, stepDue } from '../campaign/server/index.ts'
import { previewAsPerson } from '../message/contract/block-mail.ts'
import { aPatient, keepingTransport, ledger, mailingBy, setWebAddress } from '../message/sample.ts'
import { sendDue } from '../message/server/index.ts'
import { createSegment, saveSegment } from '../segment/contract/segment.ts'
import * as contract from './contract/newsletter.ts'
import { issueDefinition, type IssueDefinition } from './contract/words.ts'

/** The newsletter from the first word to the message centre, by the hands of two, one issue a month. */

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const both = (zh: string, en = zh) => ({ zh, en })
let editor: Caller
let reviewer: Caller
let runner: Caller
let elders: string
let [old, young, child] = ['', '', '']

beforeAll(async () => {
  await setWebAddress(house, 'https://care.example.org')
  await house.write(installShippedAdviceCards)
  editor = await house.as('content-editor', { name: '内容小周' })
  reviewer = await house.as('medical-reviewer', { name: '审核王主任' })
  runner = await house.as('quality-lead')
  old = await aPatient(house, { name: '林若兰', birthDate: '1950-01-01' })
  young = await aPatient(house, { name: '赵小满', birthDate: '1999-01-01' })
  child = await aPatient(house, { name: '小豆', birthDate: '2010-01-01' })
  const condition = { age: { op: '>=' as const, years: 60 } }
  const definition = { name: both('六十岁以上'), purpose: '多说一句', mode: 'dynamic' as const, condition }
  const { id } = await editor.call(createSegment, { body: { definition } })
  await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  await house.settle()
  elders = id
})

const CARDS = ['diet-salt', 'exercise-walk', 'diet-alcohol']

/** Written by whoever edits: no English name of that source is known. */
const SALT = 'Food as care for adults with hypertension (2023), National Health Commission'

async function whole(over: object = {}): Promise<IssueDefinition> {
  const { articles } = await editor.call(contract.listArticles, {})
  const chosen = CARDS.map((card) => articles.find((one) => one.card === card)!).map(
    ({ kind: _k, before: _b, source: { zh, en }, ...one }) => ({ ...one, source: { zh, en: en || SALT } }),
  )
  return issueDefinition.parse({
    title: both('三月，出门走走', 'March: go for a walk'),
    lead: both('天暖了，这个月说三件小事。', 'Warmer days, and three small things.'),
    articles: chosen,
    aside: {
      title: both('给年长的您', 'For you who are older'),
      words: both('出门带上拐杖。', 'Take your stick along.'),
      onlyFor: elders,
    },
    ...over,
  })
}

async function begun(over: object = {}) {
  const { next } = await editor.call(contract.listIssues, {})
  const made = await editor.call(contract.createIssue, { body: next })
  const params = { issueId: made.id }
  const saved = await editor.call(contract.saveIssue, {
    params,
    body: { definition: await whole(over), revision: made.revision },
  })
  return { ...saved, params }
}
async function approved(over: object = {}) {
  const { params, revision } = await begun(over)
  await editor.call(contract.submitIssue, { params, body: { revision } })
  return { ...(await reviewer.call(contract.decideIssue, { params, body: { revision, approve: true } })), params }
}

describe('an issue', () => {
  test('is one a month, with a number of its own; a draft thrown away gives both back', async () => {
    const { next } = await editor.call(contract.listIssues, {})
    expect(next).toEqual({ month: '2026-03', number: 1 })
    const { params } = await begun()
    const again = (body: object) => editor.try(contract.createIssue, { body: { ...next, ...body } })
    expect((await again({ number: 9 })).code).toBe('IssueMonthTaken')
    expect((await again({ month: '2026-09' })).code).toBe('IssueNumberTaken')
    const racing = await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        editor.try(contract.createIssue, { body: { month: '2027-01', number: 50 + n } }),
      ),
    )
    expect(racing.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    await db.deleteFrom('newsletter_issue').where('month', '=', '2027-01').execute()
    expect((await editor.call(contract.dropIssue, { params })).dropped).toBe(true)
    expect((await editor.call(contract.listIssues, {})).next).toEqual(next)
  })

  test('offers articles of the house with their sources, none on mood and mind', async () => {
    const { articles } = await editor.call(contract.listArticles, {})
    expect(articles.length).toBeGreaterThan(10)
    expect(articles.find(({ card }) => card === 'diet-salt')).toMatchObject({
      date: '2023',
      title: both('盐少一点', 'A little less salt'),
      // Named in English only where it is known how.
      source: both('成人高血压食养指南（2023年版），国家卫生健康委', ''),
    })
    expect(articles.find(({ card }) => card === 'exercise-walk')!.source.en).toBe(
      'Physical Activity Guidelines for Chinese (2021)',
    )
    expect(articles.filter(({ source }) => /\p{Script=Han}/u.test(source.en))).toEqual([])
    expect(articles.some(({ kind }) => kind === 'mind')).toBe(false)
  })

  test('says what is lacking, and is not handed in before', async () => {
    const ask = async (over: object) => {
      const body = { month: '2026-03', number: 1, definition: await whole(over) }
      return editor.call(contract.previewIssue, { body })
    }
    const sound = await ask({})
    expect([sound.faults, sound.findings]).toEqual([[], []])
    for (const words of [
      '第 1 期',
      '三件小事',
      '盐少一点',
      '出处：成人高血压食养指南（2023年版），国家卫生健康委',
      '给年长的您',
      '只给“六十岁以上”里的人看',
      '您自己的下一步',
    ])
      expect(sound.zh!.text, words).toContain(words)
    const { articles } = await whole()
    const codes = async (over: object) =>
      (await ask(over)).faults.map(({ code, article }) => `${code} ${article ?? ''}`.trim())
    expect(await codes({ articles: articles.slice(0, 2) })).toEqual(['ArticlesFew'])
    expect(await codes({ articles: [...articles, articles[0]] })).toEqual(['ArticleTwice 4'])
    expect(await codes({ articles: articles.with(1, { ...articles[1]!, date: '' }) })).toEqual([
      'ArticleSourceMissing 2',
    ])
    // Empty, or the Chinese name, as issues began once.
    const { zh } = articles[0]!.source
    for (const en of ['', ' ', zh])
      expect(await codes({ articles: articles.with(0, { ...articles[0]!, source: { zh, en } }) })).toEqual([
        'ArticleSourceInEnglish 1',
      ])
    expect(await codes({ articles: articles.with(2, { ...articles[2]!, card: 'gone-card' }) })).toEqual([
      'ArticleGone 3',
    ])
    expect(await codes({ title: both('只有中文', '') })).toContain('TitleMissing')
    // The words are read as those of every mail.
    expect((await ask({ lead: both('治愈率很高。', 'Hello.') })).findings).toMatchObject([
      { kind: 'forbidden-phrase', block: 'lead' },
    ])
    const { params, revision } = await begun({ articles: articles.slice(0, 2) })
    expect((await editor.try(contract.submitIssue, { params, body: { revision } })).code).toBe('IssueUnfit')
    expect((await editor.call(contract.readIssue, { params })).state).toBe('draft')
    await editor.call(contract.dropIssue, { params })
  })

  test('needs another hand, and what was read; given back it is a draft with a word', async () => {
    const { params, revision } = await begun()
    const decide = (who: Caller, body: object) =>
      who.try(contract.decideIssue, { params, body: { revision, approve: true, ...body } as never })
    expect((await decide(reviewer, {})).code).toBe('IssueNotSubmitted')
    await editor.call(contract.submitIssue, { params, body: { revision } })
    expect((await editor.try(contract.saveIssue, { params, body: { definition: await whole(), revision } })).code).toBe(
      'IssueNotDraft',
    )
    expect((await decide(editor, {})).status).toBe(403)
    expect((await decide(reviewer, { revision: revision + 1 })).code).toBe('ChangedMeanwhile')
    await db
      .updateTable('newsletter_issue')
      .set({ edited_by: [editor.staffId, reviewer.staffId] })
      .where('id', '=', params.issueId)
      .execute()
    expect((await decide(reviewer, {})).code).toBe('IssueOwnHand')
    expect((await editor.call(contract.readIssue, { params })).campaign).toBe(null)
    await db
      .updateTable('newsletter_issue')
      .set({ edited_by: [editor.staffId] })
      .where('id', '=', params.issueId)
      .execute()
    expect((await decide(reviewer, { approve: false, note: '' })).status).toBe(400)
    expect((await decide(reviewer, { approve: false, note: '第二篇太长' })).body).toMatchObject({
      state: 'draft',
      note: '第二篇太长',
    })
    await editor.call(contract.dropIssue, { params })
  })

  test('goes out as a campaign of its topic, and stands in the message centre; only once', async () => {
    const { params, campaign } = await approved()
    expect(campaign!.state).toBe('preparing')
    expect((await editor.try(contract.sendIssue, { params })).status).toBe(200)
    const twice = await runner.try(contract.sendIssue, { params })
    expect(twice.code).toBe('IssueNotApproved')
    expect((await editor.try(contract.reopenIssue, { params })).code).toBe('IssueNotApproved')
    await enterDue(house.house, house.tenant)
    await stepDue(house.house, house.tenant)
    const { mails, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    expect(mails).toHaveLength(2)
    const mailTo = (name: string) => mails.find(({ text }) => text.includes(name))!
    expect(mailTo('林若兰').html).toContain('出门带上拐杖')
    expect(mailTo('赵小满').html).not.toContain('出门带上拐杖')
    expect(mailTo('赵小满').headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
    expect(
      (await ledger(house, old)).map(({ channel, topic, state, campaign: of }) => [channel, topic, state, of]),
    ).toEqual([
      ['in-app', 'knowledge', 'accepted', campaign!.id],
      ['email', 'knowledge', 'accepted', campaign!.id],
    ])
    expect(await ledger(house, child)).toEqual([])
    expect((await ledger(house, young)).length).toBe(2)
    const shown = await editor.call(readCampaign, { params: { campaignId: campaign!.id } })
    expect(shown.inForce!.definition).toMatchObject({
      name: both('月刊 2026-03', 'Newsletter 2026-03'),
      goal: 'knowledge',
    })
    const { rows } = await editor.call(contract.listIssues, {})
    expect(rows[0]).toMatchObject({ month: '2026-03', number: 1, state: 'sent', articles: 3 })
    expect(rows[0]!.sentAt).not.toBe(null)
    expect(
      (await editor.call(contract.listArticles, {})).articles.find(({ card }) => card === 'diet-salt')!.before,
    ).toEqual(['2026-03'])
  })

  test('is taken up again until it goes: its campaign ends, and it is approved anew', async () => {
    const { params, campaign, revision } = await approved()
    const again = await editor.call(contract.reopenIssue, { params })
    expect(again).toMatchObject({ state: 'draft', campaign: null, revision: revision + 1 })
    expect((await editor.call(readCampaign, { params: { campaignId: campaign!.id } })).state).toBe('cancelled')
    expect((await runner.try(contract.sendIssue, { params })).code).toBe('IssueNotApproved')
    // It was approved once, so it is not thrown away.
    expect((await editor.try(contract.dropIssue, { params })).code).toBe('IssueNotDraft')
    await editor.call(contract.submitIssue, { params, body: { revision: again.revision } })
    const anew = await reviewer.call(contract.decideIssue, {
      params,
      body: { revision: again.revision, approve: true },
    })
    expect(anew.campaign!.id).not.toBe(campaign!.id)
  })

  test('is written, approved and sent by who may, and by nobody else', async () => {
    const { params, revision } = await begun()
    const manager = await house.as('service-manager')
    for (const who of [manager, reviewer]) {
      expect((await who.try(contract.createIssue, { body: { month: '2028-01', number: 99 } })).status).toBe(403)
      expect((await who.try(contract.submitIssue, { params, body: { revision } })).status).toBe(403)
      expect((await who.try(contract.dropIssue, { params })).status).toBe(403)
    }
    expect((await manager.try(contract.sendIssue, { params })).status).toBe(403)
    expect((await manager.try(contract.readIssue, { params })).status).toBe(200)
    expect((await (await house.as('front-desk')).try(contract.listIssues, {})).status).toBe(403)
    expect((await editor.call(contract.readIssue, { params })).state).toBe('draft')
    const patientId = await aPatient(house, { name: '周建国', managerId: manager.staffId } as never)
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
    const body = { month: '2026-05', number: 3, definition: await whole() }
    const { template } = await manager.call(contract.previewIssue, { body })
    const seen = await manager.call(previewAsPerson, {
      params: { patientId: patientId as never },
      body: { definition: template },
    })
    expect(seen.blocks.map(({ shown }) => shown)).toEqual(['hidden', 'hidden'])
  })
})
