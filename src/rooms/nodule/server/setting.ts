import { instrumentByCode, type InputSpec } from '../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { noduleProblem } from '../contract/problems.ts'
import type { AskedField, listNoduleSettings, putNoduleSetting } from '../contract/setting.ts'
import { ORGANS, type Organ, type System } from '../contract/words.ts'
import { MEASURED_INPUTS } from './propose.ts'
import { findSettings, settingOf, type Setting } from './setting-store.ts'
import { categoriesOf, guidelineOf, instrumentOf, systemsOf } from './systems.ts'

const NO_TITLE = { zh: '', en: '' }

export async function showSettings(ctx: ReadContext): Promise<OutputOf<typeof listNoduleSettings>> {
  const all = await findSettings(ctx.db, ctx.organizationId)
  return {
    organs: ORGANS.map((organ) => {
      const history = all.filter((one) => one.organ === organ)
      return {
        organ,
        current: history[0] ? { ...history[0].definition, ...lineOf(history[0]) } : null,
        guidelines: systemsOf(organ),
        asked: askedFor(organ, history[0]?.definition.system),
        categories: systemsOf(organ).map((one) => ({ system: one.system, title: one.title, codes: categoriesOf(one) })),
        history: history.map(lineOf),
      }
    }),
    can: { set: ctx.actor.permissions.has('nodule.grade') },
  }
}

function lineOf(one: Setting) {
  const title = guidelineOf(one.definition.system)?.title ?? NO_TITLE
  return { version: one.version, title, byName: one.set_by_name, at: one.set_at.toISOString() }
}

/**
 * Sets the guideline of an organ, in the name of who sets it; the former version stays to be read. Rechecks that stand
 * keep their day; nodules that waited for this are planned by the round.
 * @throws Problem NoduleSystemUnfit, NoduleRowsWrong, NoduleGuidelineUnconfirmed, ChangedMeanwhile
 */
export async function putSetting(
  ctx: WriteContext,
  organ: Organ,
  { definition, version, confirmed }: InputOf<typeof putNoduleSetting>['body'],
): Promise<{ version: number }> {
  const guideline = guidelineOf(definition.system)
  if (guideline?.organ !== organ) throw noduleProblem('NoduleSystemUnfit', {}, 'body.definition.system')
  const keys = guideline.rows.map(({ key }) => key)
  const given = Object.keys(definition.rows)
  if (keys.length !== given.length || keys.some((key) => !given.includes(key)) || !inOrder(definition.rows))
    throw noduleProblem('NoduleRowsWrong', {}, 'body.definition.rows')
  if (guideline.unconfirmed && !confirmed) throw noduleProblem('NoduleGuidelineUnconfirmed', {}, 'body.confirmed')
  const added = await ctx.tx
    .insertInto('nodule_setting')
    .values({
      organization_id: ctx.organizationId,
      organ,
      version: version + 1,
      definition: JSON.stringify(definition),
      set_by: ctx.actor.id!,
      set_by_name: ctx.actor.name,
      set_at: ctx.clock.now(),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  const latest = await settingOf(ctx.tx, ctx.organizationId, organ)
  if (added.numInsertedOrUpdatedRows !== 1n || latest?.version !== version + 1)
    throw platformProblem('ChangedMeanwhile')
  await ctx.tx
    .updateTable('nodule')
    .set({ waiting_act_on: ctx.today })
    .where('organization_id', '=', ctx.organizationId)
    .where('organ', '=', organ)
    .where('state', '=', 'open')
    .where('waiting', 'in', ['setting', 'grade'])
    .execute()
  ctx.audit.detail = { organ, system: definition.system, version: version + 1 }
  return { version: version + 1 }
}

/** Times rise, and a window opens before it ends. */
function inOrder(rows: InputOf<typeof putNoduleSetting>['body']['definition']['rows']): boolean {
  return Object.values(rows).every((plan) => {
    if (plan.act !== 'recheck') return true
    const { months, earliest } = plan
    const rising = months.every((month, at) => at === 0 || month > months[at - 1]!)
    return (
      rising && (!earliest || (earliest.length === months.length && earliest.every((one, at) => one <= months[at]!)))
    )
  })
}

const MAYO_BROCK = ['lung-nodule-mayo', 'lung-nodule-brock']
/** What the consensus template sorts by beside the size: the same questions as Fleischner's. */
const CONSENSUS_ASKS = ['type', 'risk']

/** What the form of a scan asks beside sizes: what the clinic's system wants, then what Mayo and Brock want. */
export function askedFor(organ: Organ, system: System | undefined): AskedField[] {
  const category = system ? fieldsOf(system === 'lung-consensus' ? 'fleischner-2017' : system, 'category') : []
  const own = category.filter(({ name }) => system !== 'lung-consensus' || CONSENSUS_ASKS.includes(name))
  const more = organ === 'lung' ? MAYO_BROCK.flatMap((code) => fieldsOf(code, 'probability')) : []
  const all = [...(system === 'bi-rads' ? [] : own), ...more]
  return all.filter(({ name }, at) => all.findIndex((one) => one.name === name) === at)
}

function fieldsOf(code: string, group: AskedField['group']): AskedField[] {
  const instrument = instrumentOf(code) ?? instrumentByCode(code)
  const inputs = (instrument?.forms[0]?.inputs ?? {}) as Record<string, InputSpec>
  return Object.entries(inputs).flatMap(([name, spec]) => {
    if ((MEASURED_INPUTS as readonly string[]).includes(name)) return []
    if (spec.kind === 'items' || spec.kind === 'record') return []
    const isNumber = spec.kind === 'number'
    return [
      {
        name,
        kind: spec.kind,
        of: 'of' in spec ? [...spec.of] : [],
        unit: isNumber ? (spec.unit ?? null) : null,
        min: isNumber ? (spec.min ?? null) : null,
        max: isNumber ? (spec.max ?? null) : null,
        label: { zh: spec.zh, en: spec.en },
        optional: group === 'probability' || spec.optional === true || name === 'status',
        group,
      },
    ]
  })
}
