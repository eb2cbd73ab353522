import { indicatorByCode } from '../../../clinical/index.ts'
import { checkPlain } from '../../../clinical/plain-language/index.ts'
import { checkCondition } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { CHANNELS } from '../../message/contract/words.ts'
import { templatesInForce } from '../../message/server/index.ts'
import { versionsInForce } from '../../questionnaire/server/index.ts'
import type { Condition } from '../../tag/contract/condition.ts'
import texts from '../content/pathway-faults.json' with { type: 'json' }
import { checkPathway, PATHWAY_FAULTS, type KnownContent, type PathwayFault } from '../contract/check.ts'
import { questionsOf } from '../contract/form.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { findForm, newestForms } from './forms.ts'
import { goalCondition } from './rules/goal.ts'

/** What is wrong with a definition in this house, with what only the server knows: conditions, templates, plain words. */
export async function checkInHouse(ctx: ReadContext, definition: ProtocolDefinition) {
  const faults = [
    ...checkPathway(definition, await knownContent(ctx, definition)),
    ...(await faultsOfConditions(ctx, definition)),
    ...faultsOfWords(definition),
  ]
  return faults.map((fault) => ({ ...fault, text: textOf(definition, fault) }))
}

/** A fault in words, in both languages, with the names of the definition itself. */
export function textOf({ steps, phases = [] }: ProtocolDefinition, { code, step, value }: PathwayFault) {
  const at = steps.find((one) => one.code === step)
  const named = [...steps, ...phases].find((one) => one.code === value)
  const fill = (language: 'zh' | 'en') => {
    const nameOf = ({ name }: { name: { zh: string; en: string } }) => name[language].trim() || NAMELESS[language]
    return texts[code][language]
      .replaceAll('{step}', () => (at ? nameOf(at) : WHOLE[language]))
      .replaceAll('{value}', () => (NAMED_BY_CODE.has(code) && named ? nameOf(named) : value))
  }
  return { zh: fill('zh'), en: fill('en') }
}
const WHOLE = { zh: '整条路径', en: 'the pathway' }
const NAMELESS = { zh: '还没有名字的一步', en: 'the step without a name' }
/** Their value is the code of a step or a phase. */
const NAMED_BY_CODE: ReadonlySet<string> = new Set(['NoWayOut', 'PhaseEmpty'])

async function knownContent(
  ctx: ReadContext,
  { steps, exits = [], goals = [] }: ProtocolDefinition,
): Promise<KnownContent> {
  const templates = [...steps, ...exits].flatMap(({ message }) => message ?? [])
  const forms = steps.flatMap(({ form }) => (form ? (findForm(form) ?? []) : []))
  const asked = steps.flatMap(({ questionnaire }) => questionnaire ?? [])
  const measured = goals.flatMap(({ measure }) => ('indicator' in measure ? [measure.indicator.code] : []))
  return {
    forms: new Map(forms.map((form) => [form.code, questionsOf(form).map(({ linkId }) => linkId)])),
    templates: new Set((await templatesInForce(ctx, templates)).keys()),
    questionnaires: new Set((await versionsInForce(ctx, asked)).keys()),
    indicators: new Set(measured.filter((code) => indicatorByCode(code))),
    channels: new Set(CHANNELS),
  }
}

/** Every condition of a definition with the step it stands at. */
function conditionsIn({ entry, steps, exits = [], goals = [] }: ProtocolDefinition): [string | null, Condition][] {
  return [
    ...('condition' in entry ? [[null, entry.condition] as [null, Condition]] : []),
    ...steps.flatMap((step): [string, Condition][] => [
      ...step.branches.flatMap((branch): [string, Condition][] => ('when' in branch ? [[step.code, branch.when]] : [])),
      ...(step.onlyIf ? [[step.code, step.onlyIf.condition] as [string, Condition]] : []),
    ]),
    ...exits.flatMap(({ when }): [null, Condition][] => ('condition' in when ? [[null, when.condition]] : [])),
    ...goals.flatMap((goal): [null, Condition][] => {
      const condition = goalCondition(goal)
      return condition ? [[null, condition]] : []
    }),
  ]
}

async function faultsOfConditions(ctx: ReadContext, definition: ProtocolDefinition): Promise<PathwayFault[]> {
  const faults: PathwayFault[] = []
  for (const [step, condition] of conditionsIn(definition))
    for (const { value } of await checkCondition(ctx, condition))
      faults.push({ code: 'UnknownFact', severity: PATHWAY_FAULTS.UnknownFact, step, value })
  return faults
}

/** What the person reads, held to plain language. */
function faultsOfWords({ steps, phases = [], exits = [], goals = [], forPatient }: ProtocolDefinition): PathwayFault[] {
  const read: [string | null, { zh: string; en: string }][] = [
    ...(forPatient ? [forPatient.title, forPatient.text, forPatient.leave] : []).flatMap((one) =>
      one ? [[null, one] as [null, typeof one]] : [],
    ),
    ...[...phases, ...exits].flatMap((one) =>
      one.forPatient
        ? [one.forPatient.title, one.forPatient.text].map((text) => [null, text] as [null, typeof text])
        : [],
    ),
    ...goals.flatMap((one) => (one.forPatient ? [[null, one.forPatient] as [null, typeof one.forPatient]] : [])),
    ...steps.flatMap((step) =>
      step.forPatient
        ? [step.forPatient.title, step.forPatient.text].map((text) => [step.code, text] as [string, typeof text])
        : [],
    ),
  ]
  return read.flatMap(([step, { zh, en }]) =>
    [zh, en]
      .flatMap((text) => checkPlain(text))
      .slice(0, 1)
      .map(({ text }): PathwayFault => ({ code: 'NotPlain', severity: PATHWAY_FAULTS.NotPlain, step, value: text })),
  )
}

/** What the designer may choose from. */
export function listContent() {
  return {
    forms: newestForms().map((form) => ({
      code: form.code,
      name: form.name,
      items: questionsOf(form).map((question) => ({
        linkId: question.linkId,
        text: question.text,
        type: question.type,
        unit: 'unit' in question ? question.unit : '',
        options: 'options' in question ? question.options.map(({ code, text }) => ({ code, text })) : [],
      })),
    })),
    channels: [...CHANNELS],
  }
}
