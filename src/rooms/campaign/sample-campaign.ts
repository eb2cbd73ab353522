import type { TestHouse } from '../../../test/house.ts'
import type { Tenant } from '../../platform/context/context.ts'
import { controlCampaign, createCampaign, decideCampaign, submitCampaign } from './contract/campaign.ts'
import type { CampaignDefinitionInput } from './contract/definition.ts'

/** A sound campaign of one mail to everybody of sixty and older. */
export function aCampaign(over: Partial<CampaignDefinitionInput> = {}): CampaignDefinitionInput {
  return {
    name: { zh: '重阳问候', en: 'Double Ninth greetings' },
    goal: 'after-visit',
    aim: '让久未见面的长辈知道有人惦记',
    success: { measure: 'read', targetPercent: 30 },
    audience: { age: { op: '>=', years: 60 } },
    trigger: { kind: 'once' },
    path: [{ id: 'mail', kind: 'send', template: 'thinking-of-you' } as never],
    ...over,
  }
}

/** Written by one, approved by another; not started. @returns its id */
export async function anApproved(
  test: TestHouse,
  definition: CampaignDefinitionInput,
  tenant?: Tenant,
): Promise<string> {
  const of = tenant ? { tenant } : {}
  const editor = await test.as('content-editor', of)
  const reviewer = await test.as('medical-reviewer', of)
  const { id, revision } = await editor.call(createCampaign, { body: { definition } })
  const params = { campaignId: id }
  await editor.call(submitCampaign, { params, body: { revision } })
  await reviewer.call(decideCampaign, { params, body: { revision, approve: true } })
  return id
}

/** The same, started. */
export async function aRunning(test: TestHouse, definition: CampaignDefinitionInput, tenant?: Tenant): Promise<string> {
  const id = await anApproved(test, definition, tenant)
  await act(test, id, 'start', tenant)
  return id
}

export async function act(
  test: TestHouse,
  campaignId: string,
  what: 'start' | 'pause' | 'resume' | 'cancel',
  tenant?: Tenant,
  missed: 'send' | 'leave-out' = 'leave-out',
) {
  const runner = await test.as('quality-lead', tenant ? { tenant } : {})
  return runner.call(controlCampaign, { params: { campaignId: campaignId as never }, body: { act: what, missed } })
}

/** Where everybody of a campaign stands. */
export function runsOf(test: TestHouse, campaignId: string) {
  return test.house.databases
    .of(test.tenant.id)
    .selectFrom('journey_run')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .orderBy('patient_id')
    .orderBy('occurrence')
    .execute()
}

/** What the ledger has of a campaign, mails before what stands in the message centre. */
export function messagesOf(test: TestHouse, campaignId: string) {
  return test.house.databases
    .of(test.tenant.id)
    .selectFrom('message')
    .selectAll()
    .where('campaign', '=', campaignId)
    .orderBy('patient_id')
    .orderBy('created_at')
    .orderBy('channel')
    .execute()
}
