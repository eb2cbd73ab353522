import { createContext, lazy, Suspense, useContext, type ComponentType } from 'react'
import type { HomeCard } from './page.ts'
import { Apart } from './states.tsx'
import { isFor, useWhose } from './whose.ts'

/** The cards of all rooms, as the app has collected them. */
export const HomeCardsContext = createContext<readonly HomeCard[]>([])

const made = new WeakMap<HomeCard, ComponentType>()
/** React keeps what it has fetched by the component: one is made per card, once. */
function componentOf(card: HomeCard): ComponentType {
  const known = made.get(card)
  if (known) return known
  const component = lazy(async () => ({ default: await card.load() }))
  made.set(card, component)
  return component
}

/** The cards of all rooms in their order; each comes when it is there, and one that fails leaves the others be. */
export function HomeCards() {
  const whose = useWhose()
  const cards = useContext(HomeCardsContext)
    .filter((card) => isFor(whose, card))
    .toSorted((a, b) => a.order - b.order)
  return cards.map((card, n) => {
    const Part = componentOf(card)
    return (
      <Apart key={n}>
        <Suspense fallback={null}>
          <Part />
        </Suspense>
      </Apart>
    )
  })
}
