import type { FactKind } from '../../../../platform/condition/fact.ts'
import { codedKinds } from './coded.ts'
import { courseKinds } from './course.ts'
import { indicatorKind } from './indicator.ts'
import { visitKinds } from './visit.ts'

/** What conditions may ask of the record. */
export const recordFacts: readonly FactKind[] = [indicatorKind, ...courseKinds, ...codedKinds, ...visitKinds]
