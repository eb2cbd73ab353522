import type { Provider } from '../pace/provider.ts'
import type { WireContent } from './dot-stuff.ts'
import type { Letter, LetterOutcome } from './letter.ts'

/** A mail inside the pool. */
export interface Job {
  letter: Letter
  provider: Provider
  /** Its bucket; '' where nothing is paced. */
  key: string
  settle: (outcome: LetterOutcome) => void
  /** So many connections have died with it before its dot. */
  givenBack: number
  /** The journal says that its dot is about to go. */
  isMarked: boolean
  /** Made once, also when it changes connections. */
  wire?: WireContent
}
