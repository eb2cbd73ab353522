import type { ProtocolDefinition, Step } from '../../contract/protocol.ts'
import { stable } from '../../contract/stable.ts'

/** What another definition has besides, lacks, and has otherwise: steps by name, all else as one. */
export function compare(
  before: ProtocolDefinition,
  after: ProtocolDefinition,
): { added: Step[]; removed: Step[]; changed: Step[]; isWhole: boolean } {
  const same = (a: unknown, b: unknown) => stable(a) === stable(b)
  const old = new Map(before.steps.map((step) => [step.code, step]))
  const now = new Map(after.steps.map((step) => [step.code, step]))
  return {
    added: after.steps.filter(({ code }) => !old.has(code)),
    removed: before.steps.filter(({ code }) => !now.has(code)),
    changed: after.steps.filter((step) => old.has(step.code) && !same(old.get(step.code), step)),
    isWhole: !same({ ...before, steps: [], reviewer: null }, { ...after, steps: [], reviewer: null }),
  }
}
