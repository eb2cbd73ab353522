import { createContext, lazy, Suspense, useContext, type ComponentType } from 'react'
import type { PagePart } from './page.ts'
import { Apart } from './states.tsx'
import { isFor, useWhose } from './whose.ts'

/** What rooms give to pages of other rooms, as the app has collected it. */
export const PagePartsContext = createContext<readonly PagePart[]>([])

const made = new WeakMap<PagePart, ComponentType<{ parameter: string }>>()
/** React keeps what it has fetched by the component: one is made per part, once. */
function componentOf(part: PagePart): ComponentType<{ parameter: string }> {
  const known = made.get(part)
  if (known) return known
  const component = lazy(async () => ({ default: await part.load() }))
  made.set(part, component)
  return component
}

/** What other rooms have to say on this page, in their order; one that fails leaves the page as it is. */
export function PageParts({ of, parameter }: { of: PagePart['of']; parameter: string }) {
  const whose = useWhose()
  const parts = useContext(PagePartsContext)
    .filter((part) => part.of === of && isFor(whose, part))
    .toSorted((a, b) => a.order - b.order)
  return parts.map((part, n) => {
    const Part = componentOf(part)
    return (
      <Apart key={n}>
        <Suspense fallback={null}>
          <Part parameter={parameter} />
        </Suspense>
      </Apart>
    )
  })
}
