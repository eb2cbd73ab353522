import { createContext, lazy, Suspense, useContext, type ComponentType } from 'react'
import { Apart } from './states.tsx'
import { useWhose } from './whose.ts'

/** What somebody reads about at the moment: a word, or topics in the codes of the house (`indicator:ldl`). */
export interface MoreAboutAsked {
  topics?: readonly string[]
  word?: string
}

/** A way to learn more that a room offers beside texts of all rooms. It renders nothing where it has nothing on it. */
export interface MoreAboutPart {
  load: () => Promise<ComponentType<MoreAboutAsked>>
}

/** The ways of all rooms, as the app has collected them. */
export const MoreAboutContext = createContext<readonly MoreAboutPart[]>([])

const made = new WeakMap<MoreAboutPart, ComponentType<MoreAboutAsked>>()
/** React keeps what it has fetched by the component: one is made per part, once. */
function componentOf(part: MoreAboutPart): ComponentType<MoreAboutAsked> {
  const known = made.get(part)
  if (known) return known
  const component = lazy(async () => ({ default: await part.load() }))
  made.set(part, component)
  return component
}

/** A quiet way on from here to pictures that explain. On own pages only: a link to a questionnaire has no session. */
export function MoreAbout(asked: MoreAboutAsked) {
  const parts = useContext(MoreAboutContext)
  const whose = useWhose()
  // What the house explains is opened as oneself: the log of it would say that the person had read it.
  if (whose || !location.pathname.startsWith('/my/')) return null
  return parts.map((part, n) => {
    const Part = componentOf(part)
    return (
      <Apart key={n}>
        <Suspense fallback={null}>
          <Part {...asked} />
        </Suspense>
      </Apart>
    )
  })
}
