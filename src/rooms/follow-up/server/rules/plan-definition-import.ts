import { protocolDefinition, type ProtocolDefinition } from '../../contract/protocol.ts'
import { codeIn, intervalOf, listOf, restOf, SYSTEM, wordsOf, type Json } from './plan-definition.ts'

/** An element that was not understood, by its path in the resource. */
export interface NotUnderstood {
  path: string
  why: 'not-supported' | 'no-time' | 'shortened'
}

export interface Imported {
  definition: ProtocolDefinition
  notUnderstood: NotUnderstood[]
}

/** Elements that are read, or say nothing about what happens to a person. */
const READ_TOP = [
  'resourceType',
  'id',
  'meta',
  'url',
  'version',
  'name',
  'title',
  '_title',
  'type',
  'status',
  'description',
  '_description',
  'purpose',
  '_purpose',
  'copyright',
  'relatedArtifact',
  'extension',
  'goal',
  'action',
  'date',
  'publisher',
  'contact',
  'text',
  'language',
  'experimental',
  'subtitle',
  'identifier',
  'author',
  'approvalDate',
  'lastReviewDate',
  'effectivePeriod',
  'jurisdiction',
]
const READ_ACTION = [
  'id',
  'prefix',
  'title',
  '_title',
  'description',
  '_description',
  'textEquivalent',
  'code',
  'priority',
  'timingDuration',
  'timingRange',
  'relatedAction',
  'participant',
  'definitionCanonical',
  'extension',
  'action',
  'groupingBehavior',
  'documentation',
]
const OWNERS = ['manager', 'doctor', 'counsellor', 'front-desk', 'desk-agent', 'quality-lead']

/**
 * Reads a PlanDefinition as the draft of a pathway. One of ours comes back equal; of another's, what stands in our subset is
 * read and all the rest is named by its path: nothing is lost without a word.
 * @throws TypeError when it is no PlanDefinition, or nothing of it can be done @throws ZodError when ours was bent
 */
export function fromPlanDefinition(resource: Json): Imported {
  if (resource['resourceType'] !== 'PlanDefinition') throw new TypeError('not a PlanDefinition')
  const notUnderstood: NotUnderstood[] = []
  const miss = (path: string, why: NotUnderstood['why'] = 'not-supported') => void notUnderstood.push({ path, why })
  for (const key of Object.keys(resource)) if (!READ_TOP.includes(key)) miss(key)
  const rest = restOf(resource)
  const name = wordsOf(resource, 'title') ?? wordsOf(resource, 'name') ?? { zh: '导入的路径', en: 'Imported pathway' }
  const about = wordsOf(resource, 'description') ?? name
  const steps = listOf(resource['action']).flatMap((action, index) => stepsOf(action, `action[${index}]`, '', miss))
  if (steps.length === 0) throw new TypeError('no action')
  if (!rest) begin(steps, miss)
  const goals = listOf(resource['goal']).flatMap((goal, index) => goalOf(goal, `goal[${index}]`, miss))
  const citation = listOf(resource['relatedArtifact']).find(({ type }) => type === 'citation')?.['citation']
  const code = slug(resource['name']) ?? slug(resource['id']) ?? 'imported'
  const definition = protocolDefinition.parse({
    entry: { hand: true },
    anchor: 'enrolment',
    ...rest,
    code,
    name,
    goal: wordsOf(resource, 'purpose') ?? about,
    population: about,
    source: typeof citation === 'string' ? citation : String(resource['url'] ?? 'FHIR PlanDefinition'),
    licence: typeof resource['copyright'] === 'string' ? resource['copyright'] : 'unknown',
    ...(goals.length > 0 ? { goals } : {}),
    steps,
    ...(rest ? {} : { reviewer: null }),
  })
  return { definition, notUnderstood }
}

/** An action and those nested in it: a group without anything of its own is not a step. */
function stepsOf(
  action: Json,
  path: string,
  above: string,
  miss: (path: string, why?: NotUnderstood['why']) => void,
): Json[] {
  const rest = restOf(action)
  if (!rest) for (const key of Object.keys(action)) if (!READ_ACTION.includes(key)) miss(`${path}.${key}`)
  const nested = listOf(action['action'])
  const inner = nested.flatMap((one, index) => stepsOf(one, `${path}.action[${index}]`, path, miss))
  if (nested.length > 0 && !action['definitionCanonical']) return inner
  const code = slug(action['id']) ?? slug(path)!
  const name = wordsOf(action, 'title') ?? wordsOf(action, 'description') ?? { zh: code, en: code }
  const goal = action['title'] ? wordsOf(action, 'description') : undefined
  const canonical = typeof action['definitionCanonical'] === 'string' ? action['definitionCanonical'] : undefined
  const first = intervalOf(action['timingDuration'])
  if (action['timingDuration'] && !first) miss(`${path}.timingDuration`, 'no-time')
  if (rest) return [ownStep(action, rest, { code, name, goal, canonical, first }), ...inner]
  const related = listOf(action['relatedAction'])[0]
  const after = related && intervalOf(related['offsetDuration'])
  if (related && !after) miss(`${path}.relatedAction[0]`, 'no-time')
  if (action['timingRange']) miss(`${path}.timingRange`)
  const isForm = canonical !== undefined && /Questionnaire/i.test(canonical)
  if (canonical && !isForm) miss(`${path}.definitionCanonical`)
  const owner = codeIn((listOf(action['participant'])[0] ?? {})['role'])
  if (action['participant'] && !OWNERS.includes(owner ?? '')) miss(`${path}.participant`)
  return [
    {
      code,
      name,
      ...(goal ? { goal } : {}),
      track: code,
      kind: isForm ? 'questionnaire' : 'task',
      ...(isForm ? { questionnaire: canonical.split('|')[0]!.split('/').at(-1)!.split(':').at(-1) } : {}),
      first: first ?? null,
      after: after ?? null,
      follows: related && after ? slug(related['actionId']) : undefined,
      window: { before: { days: 0 }, after: { days: 7 } },
      way: isForm ? 'message' : 'any',
      owner: owner && OWNERS.includes(owner) ? owner : 'manager',
      rank: { stat: 0, asap: 1, urgent: 1 }[String(action['priority'])] ?? 2,
    },
    ...inner,
  ]
}

function ownStep(
  action: Json,
  rest: Json,
  read: {
    code: string
    name: object
    goal: object | undefined
    canonical: string | undefined
    first: object | undefined
  },
): Json {
  const [kindOf, at] = read.canonical?.startsWith(`${SYSTEM}:`)
    ? read.canonical.slice(SYSTEM.length + 1).split(/:(.*)/s)
    : []
  return {
    ...rest,
    code: read.code,
    name: read.name,
    ...(read.goal ? { goal: read.goal } : {}),
    kind: codeIn(listOf(action['code'])[0]),
    rank: ['stat', 'urgent', 'routine'].indexOf(String(action['priority'])),
    first: read.first ?? null,
    owner: codeIn((listOf(action['participant'])[0] ?? {})['role']),
    form: kindOf === 'form' ? at : (rest['form'] ?? null),
    ...(kindOf === 'questionnaire' ? { questionnaire: at } : {}),
  }
}

/** Steps of another's definition: what follows another joins its track; what says no time begins on the first day. */
function begin(steps: Json[], miss: (path: string, why?: NotUnderstood['why']) => void): void {
  const byCode = new Map(steps.map((step) => [step['code'], step]))
  for (const step of steps) {
    const before = step['follows'] ? byCode.get(step['follows'] as string) : undefined
    delete step['follows']
    if (before && before !== step && !before['next']) {
      before['next'] = step['code']
      step['track'] = before['track']
      step['first'] = null
    } else if (!step['first']) {
      miss(`action ${String(step['code'])}`, 'no-time')
      step['first'] = { days: 0 }
    }
  }
  // A chain may have been named backwards: each follower stands in the track of what it follows.
  for (let turn = 0; turn < steps.length; turn++)
    for (const step of steps) {
      const next = step['next'] ? byCode.get(step['next']) : undefined
      if (next) next['track'] = step['track']
    }
}

function goalOf(goal: Json, path: string, miss: (path: string) => void): Json[] {
  const rest = restOf(goal)
  const name = wordsOf((goal['description'] as Json | undefined) ?? {}, 'text')
  if (!rest || !name) {
    miss(path)
    return []
  }
  const [target] = listOf(goal['target'])
  const due = intervalOf(target?.['due'])
  const source = listOf(goal['documentation'])[0]?.['citation']
  return [{ ...rest, code: goal['id'], name, ...(due ? { due } : {}), ...(source ? { source } : {}) }]
}

/** A code of ours from an id of theirs. */
function slug(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const code = value
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 58)
  return code.length >= 2 ? code : code.length === 1 ? `step-${code}` : undefined
}
