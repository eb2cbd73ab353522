import { useEffect, useReducer, useSyncExternalStore } from 'react'
import { currentCall, type CallState } from './current-call.ts'

/** The call that is being recorded in this browser, if there is one. */
export function useCall(): CallState | undefined {
  return useSyncExternalStore(currentCall.watch, currentCall.get)
}

/** How long it has lasted; told again each half second while it runs. */
export function useElapsedMs(running: boolean): number {
  const [, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(again, 500)
    return () => clearInterval(timer)
  }, [running])
  return currentCall.elapsedMs()
}
