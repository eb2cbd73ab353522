import { createElement, lazy, Suspense } from 'react'
import { Loading } from '../feedback/loading.tsx'
import type { ConditionBuilderProps } from './condition-builder.tsx'
import type { WhyViewProps } from './why-view.tsx'

// Fetched where one is shown: most pages never do.
const Builder = lazy(async () => ({ default: (await import('./condition-builder.tsx')).ConditionBuilder }))
const Why = lazy(async () => ({ default: (await import('./why-view.tsx')).WhyView }))

/** Puts a condition together; see `ConditionBuilderProps`. Within a form: `<Form.Item name="condition"><ConditionBuilder … /></Form.Item>`. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  return createElement(Suspense, { fallback: createElement(Loading, { lines: 3 }) }, createElement(Builder, props))
}

/** Why a person is in or not: what `explainInWords` answers, shown. */
export function WhyView(props: WhyViewProps) {
  return createElement(Suspense, { fallback: createElement(Loading, { lines: 3 }) }, createElement(Why, props))
}
export { FactLines } from './fact-lines.tsx'
export type { ConditionBuilderProps } from './condition-builder.tsx'
export type { Count, Counted } from './reading-panel.tsx'
export type { WhyViewProps } from './why-view.tsx'
