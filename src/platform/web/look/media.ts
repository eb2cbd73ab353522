import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 767px)')
const calm = matchMedia('(prefers-reduced-motion: reduce)')

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => query.matches,
  )
}

/** A phone, or a window as narrow as one. */
export function useNarrow(): boolean {
  return useMedia(narrow)
}

/** The system asks for less motion. */
export function useCalm(): boolean {
  return useMedia(calm)
}
