export const STAGES = ['types', 'lint', 'unit', 'simulation', 'browser'] as const
export type StageName = (typeof STAGES)[number]

export interface Wanted {
  stages: readonly StageName[]
  /** Handed on to Vitest: paths and its own options. */
  rest: string[]
}

/**
 * All stages, or those of `--only`. Without `--only`, paths run the tests stages that they lie in and nothing else.
 * @throws RangeError for a stage that does not exist
 */
export function parseArguments(args: readonly string[]): Wanted {
  const only: StageName[] = []
  const rest: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg !== '--only' && !arg.startsWith('--only=')) {
      rest.push(arg)
      continue
    }
    const names = arg === '--only' ? (args[++i] ?? '') : arg.slice('--only='.length)
    only.push(...names.split(',').map(stageNamed))
  }
  if (only.length > 0) return { stages: STAGES.filter((stage) => only.includes(stage)), rest }
  return { stages: rest.length > 0 ? stagesOf(rest) : STAGES, rest }
}

function stageNamed(name: string): StageName {
  const stage = STAGES.find((known) => known === name)
  if (!stage) throw new RangeError(`没有 ${name} 这个阶段。 There is no stage “${name}”: ${STAGES.join(', ')}.`)
  return stage
}

function stagesOf(rest: readonly string[]): readonly StageName[] {
  const paths = rest.filter((arg) => arg.includes('/'))
  const touches = (folder: string) => paths.some((path) => path.replace(/^\.\//, '').startsWith(folder))
  const found = STAGES.filter((stage) => (stage === 'simulation' || stage === 'browser') && touches(`test/${stage}`))
  return found.length > 0 ? found : ['unit']
}
