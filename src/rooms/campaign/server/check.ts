import { checkCondition, forAudience, leaves, type Condition } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { expiredTemplates, templatesBehindLogin, templatesInForce } from '../../message/server/index.ts'
import type { CampaignFault } from '../contract/campaign.ts'
import { stepsOf, type CampaignDefinition, type SendStep } from '../contract/definition.ts'
import { calendarDay } from './rules/calendar.ts'

/** What the engine fills by itself, where a template declares it. */
const OWN_VALUES = new Set(['when', 'whenEn', 'link'])
/** Of whom a day of mind or HIV may choose: nobody by what they suffer from (norms of this house). */
const GENERAL = new Set(['age', 'ageInMonths', 'sex', 'level', 'card', 'source', 'carer'])

/** All that keeps a campaign from being handed in, approved and started; empty for a sound one. */
export async function checkCampaign(ctx: ReadContext, definition: CampaignDefinition): Promise<CampaignFault[]> {
  return [
    ...checkShape(definition),
    ...(await checkConditions(ctx, definition)),
    ...(await checkTexts(ctx, definition)),
  ]
}

function checkShape({ trigger, path, goal, sources, audience }: CampaignDefinition): CampaignFault[] {
  const steps = stepsOf(path)
  const faults: CampaignFault[] = []
  const fault = (code: CampaignFault['code'], step: string | null = null, value = '') =>
    faults.push({ code, step, value })
  if (!steps.some(({ kind }) => kind === 'send')) fault('NothingToSend')
  if (steps.length > 60) fault('TooManySteps')
  const seen = new Set<string>()
  for (const { id } of steps) if (seen.size === seen.add(id).size) fault('StepTwice', id)
  if (goal === 'knowledge' && sources.length === 0) fault('SourceMissing')
  if (trigger.kind === 'begins' && !audience) fault('AudienceMissing')
  const anchored = trigger.kind === 'fact' || trigger.kind === 'date'
  for (const step of steps) {
    if (step.kind === 'wait' && 'anchor' in step.until && !anchored) fault('AnchorMissing', step.id)
    if (step.kind === 'trial' && step.arms.reduce((sum, { share }) => sum + share, 0) !== 100)
      fault('SharesNot100', step.id)
    if (step.kind === 'trial' && new Set(step.arms.map(({ name }) => name)).size < step.arms.length)
      fault('ArmTwice', step.id)
  }
  if (trigger.kind === 'calendar') {
    const day = calendarDay(trigger.day)
    if (!day) fault('DayUnknown', null, trigger.day)
    const chosen = day?.generalOnly && audience ? leaves(audience).map((leaf) => Object.keys(leaf)[0]!) : []
    for (const code of chosen) if (!GENERAL.has(code)) fault('GeneralOnly', null, code)
  }
  return faults
}

async function checkConditions(ctx: ReadContext, definition: CampaignDefinition): Promise<CampaignFault[]> {
  const asked: [string | null, Condition | null][] = [
    [null, definition.audience],
    [null, definition.leaveWhen],
    [null, 'condition' in definition.success ? definition.success.condition : null],
    ...stepsOf(definition.path).flatMap((step): [string, Condition][] => {
      if (step.kind === 'split') return [[step.id, step.condition]]
      return step.kind === 'wait' && 'condition' in step.until ? [[step.id, step.until.condition]] : []
    }),
  ]
  const faults: CampaignFault[] = []
  for (const [step, condition] of asked) {
    if (!condition) continue
    const found = await checkCondition(ctx, condition)
    const barred = found.length > 0 ? { faults: [] } : await forAudience(ctx, condition)
    const all = [...found, ...('faults' in barred ? barred.faults : [])]
    faults.push(
      ...all.map(({ code, value }): CampaignFault => ({
        code: code === 'BarredFromAudience' ? 'Barred' : 'ConditionFaulty',
        step,
        value: code === 'BarredFromAudience' ? value : `${code} ${value}`,
      })),
    )
  }
  return faults
}

async function checkTexts(ctx: ReadContext, { path, success }: CampaignDefinition): Promise<CampaignFault[]> {
  const sends = stepsOf(path).filter((step): step is SendStep => step.kind === 'send')
  const codes = sends.map(({ template }) => template)
  const templates = await templatesInForce(ctx, codes)
  const expired = await expiredTemplates(ctx, codes)
  const behindLogin = await templatesBehindLogin(ctx, templates)
  // Where no mail counts its links, nobody could ever be counted.
  const counts = sends.some(({ template, channels }) => {
    const used = templates.get(template)?.definition
    return used?.countsReading === true && (channels ?? used.channels).includes('email')
  })
  const uncounted: CampaignFault[] =
    success.measure === 'clicked' && !counts ? [{ code: 'ClickNotCounted', step: null, value: '' }] : []
  const faults = sends.flatMap((step): CampaignFault[] => {
    const template = templates.get(step.template)?.definition
    if (!template)
      return [
        {
          code: expired.has(step.template) ? 'TemplateExpired' : 'TemplateUnknown',
          step: step.id,
          value: step.template,
        },
      ]
    const strange = (step.channels ?? []).filter((channel) => !template.channels.includes(channel))
    const unfilled = template.variables.filter(
      ({ name, optional }) => !optional && !OWN_VALUES.has(name) && !step.values[name]?.trim(),
    )
    const nowhere = behindLogin.has(step.template) && !(step.channels ?? template.channels).includes('in-app')
    return [
      ...(nowhere ? [{ code: 'LoginCopyMissing' as const, step: step.id, value: template.name.zh }] : []),
      ...strange.map((value): CampaignFault => ({ code: 'ChannelForeign', step: step.id, value })),
      ...unfilled.map(({ name }): CampaignFault => ({ code: 'ValueMissing', step: step.id, value: name })),
    ]
  })
  return [...uncounted, ...faults]
}
