import { createContext, useContext, useEffect, useMemo, useState, type ComponentType } from 'react'
import type { HomeCard } from './page.ts'
import { Apart } from './states.tsx'
import { isFor, useWhose } from './whose.ts'

/** The cards of all rooms, as the app has collected them. */
export const HomeCardsContext = createContext<readonly HomeCard[]>([])

/** What has been fetched, once for a visit; null where it could not be. */
const fetched = new Map<HomeCard, ComponentType | null>()

async function fetchCard(card: HomeCard): Promise<void> {
  if (fetched.has(card)) return
  const component = await card.load().catch(() => null)
  if (!fetched.has(card)) fetched.set(card, component)
}

/**
 * The cards of all rooms in their order, once their scripts are there: drawn together, what they ask travels as one call.
 * A page that knows it will show them calls this before it knows anything else, and their scripts are on their way.
 */
export function useHomeCards(): readonly (ComponentType | null)[] | undefined {
  const whose = useWhose()
  const all = useContext(HomeCardsContext)
  const cards = useMemo(
    () => all.filter((card) => isFor(whose, card)).toSorted((a, b) => a.order - b.order),
    [all, whose],
  )
  const [, setRound] = useState(0)
  useEffect(() => {
    let isLeft = false
    void Promise.all(cards.map(fetchCard)).then(() => isLeft || setRound((n) => n + 1))
    return () => void (isLeft = true)
  }, [cards])
  return cards.every((card) => fetched.has(card)) ? cards.map((card) => fetched.get(card) ?? null) : undefined
}

/** One that fails leaves the others be. */
export function HomeCards({ cards }: { cards: readonly (ComponentType | null)[] | undefined }) {
  return cards?.map(
    (Part, n) =>
      Part && (
        <Apart key={n}>
          <Part />
        </Apart>
      ),
  )
}
