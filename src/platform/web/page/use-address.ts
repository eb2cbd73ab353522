import { useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { z } from 'zod'
import { readSearch } from './address.ts'

export type Change<T> = Partial<{ [K in keyof T]: T[K] | undefined }>

/**
 * State that lives in the address, so that a view can be sent to a colleague and found again.
 * `const [filter, change] = useAddress(z.object({ q: z.string().optional(), state: listOf(z.enum([...])) }))`
 * Declare the schema outside of the component. `change({ q: undefined })` takes a value away.
 */
export function useAddress<S extends z.ZodType<object>>(
  schema: S,
): [z.output<S>, (change: Change<z.output<S>>, options?: { push?: boolean }) => void] {
  const raw = useLocation({ select: (location) => location.search as Record<string, unknown> })
  const navigate = useNavigate()
  const state = useMemo(() => readSearch(schema, raw), [schema, raw])
  const change = useCallback(
    (changed: Change<z.output<S>>, { push = false } = {}) =>
      void navigate({
        to: '.',
        search: ((before: object) => ({ ...before, ...changed })) as never,
        replace: !push,
        resetScroll: false,
      } as never),
    [navigate],
  )
  return [state, change]
}

/** A parameter of the page's path. */
export function usePathParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  const value = params[name]
  if (!value) throw new Error(`the path has no ${name}`)
  return value
}

/** Goes to an address of ours: `go('/patients/1?tab=results')`. */
export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback((to, { replace = false } = {}) => void navigate({ ...splitAddress(to), replace } as never), [navigate])
}

/** The router takes path and search apart. */
export function splitAddress(to: string): { to: string; search: Record<string, string> } {
  const [path = '/', search = ''] = to.split('?')
  return { to: path, search: Object.fromEntries(new URLSearchParams(search)) }
}
