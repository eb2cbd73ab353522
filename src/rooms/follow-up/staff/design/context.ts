import { createContext, useContext } from 'react'
import type { Axis } from '../../contract/axis.ts'
import type { ProtocolDefinition, Step } from '../../contract/protocol.ts'
import type { Edit } from '../../../../platform/web/index.ts'
import type { OutputOf } from '../../../../platform/contract/index.ts'
import type { pathwayContent } from '../../contract/walk.ts'

export type Content = OutputOf<typeof pathwayContent>

/** Something to look at, with the step it stands at. */
export interface Fault {
  severity: 'error' | 'warning' | 'hint'
  step: string | null
  text: string
}

/** What every part of the designer works with. */
export interface Designing {
  definition: ProtocolDefinition
  /** `key` joins edits of one field into one step back. */
  edit: Edit<ProtocolDefinition>
  readOnly: boolean
  axis: Axis
  faults: readonly Fault[]
  content: Content
  selected: string | undefined
  select: (code: string | undefined) => void
}

export const DesignContext = createContext<Designing | undefined>(undefined)

export function useDesign(): Designing {
  const design = useContext(DesignContext)
  if (!design) throw new Error('not within the designer')
  return design
}

/** The chosen step with a way to change it. */
export function useStep(): { step: Step; set: (changed: { [K in keyof Step]?: Step[K] | undefined }) => void } {
  const { definition, edit, selected } = useDesign()
  const step = definition.steps.find(({ code }) => code === selected) ?? definition.steps[0]!
  return {
    step,
    set: (changed) =>
      edit(
        (before) => ({
          ...before,
          steps: before.steps.map((one) =>
            one.code === step.code ? (withoutUndefined({ ...one, ...changed }) as Step) : one,
          ),
        }),
        `${step.code} ${Object.keys(changed).join()}`,
      ),
  }
}

const withoutUndefined = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))
