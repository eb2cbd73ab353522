import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { CallOf, Endpoint, OutputOf } from '../../contract/endpoint.ts'
import { language } from '../language/language.ts'
import { useLocale } from '../language/use-t.ts'
import type { ApiProblem } from './api-problem.ts'
import { call, type InputArgument } from './call.ts'
import type { CallInput } from './address.ts'

export interface ReadOptions {
  enabled?: boolean
  /** Asks again every so many milliseconds while the page is looked at: for jobs under way. */
  everyMs?: number
  /** Keeps showing the former answer while a new filter loads (default true). */
  keep?: boolean
}

/** What an endpoint answers; asked again when the input or the language changes. */
export function useApi<E extends Endpoint>(
  endpoint: E,
  ...[input, options = {}]: InputArgument<E, [options: ReadOptions]>
): UseQueryResult<OutputOf<E>, ApiProblem> {
  const locale = useLocale()
  return useQuery<OutputOf<E>, ApiProblem>({
    ...readOf<E>(endpoint, input, locale),
    enabled: options.enabled ?? true,
    ...(options.everyMs ? { refetchInterval: options.everyMs } : {}),
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  })
}

/** Whoever asks the same, ahead or on the page, shares one answer. */
function readOf<E extends Endpoint>(endpoint: E, input: CallOf<E> | undefined, locale: string) {
  return {
    queryKey: [endpoint.name, input ?? {}, locale],
    queryFn: ({ signal }: { signal: AbortSignal }) => ask(endpoint, input, signal),
  }
}

/** Asks ahead what `useApi` will ask with the same input; what goes wrong is asked again there. */
export async function prefetch<E extends Endpoint>(
  client: QueryClient,
  endpoint: E,
  ...[input]: InputArgument<E>
): Promise<void> {
  await client.prefetchQuery(readOf<E>(endpoint, input, language.current()))
}

/** What an endpoint answered before, or answers now. */
export function remembered<E extends Endpoint>(
  client: QueryClient,
  endpoint: E,
  ...[input]: InputArgument<E>
): Promise<OutputOf<E>> {
  return client.ensureQueryData(readOf<E>(endpoint, input, language.current()))
}

export interface Rows<Row> {
  rows: Row[]
  next: string | null
  total: number | null
}
export type RowOf<E> = OutputOf<E> extends Rows<infer Row> ? Row : never
export type PagesResult<Row> = UseInfiniteQueryResult<{ rows: Row[]; total: number | null }, ApiProblem>

/** A list by keyset paging (`pageQuery`, `pageOf`): the pages so far as one list, `fetchNextPage` for more. */
export function useApiPages<E extends Endpoint>(
  endpoint: E,
  ...[input, options = {}]: InputArgument<E, [options: ReadOptions]>
): PagesResult<RowOf<E>> {
  const locale = useLocale()
  const { query, ...rest } = (input ?? {}) as CallInput
  return useInfiniteQuery({
    queryKey: [endpoint.name, 'pages', input ?? {}, locale],
    queryFn: async ({ pageParam, signal }) => {
      const page = { ...rest, query: { ...(query as object), ...(pageParam ? { cursor: pageParam } : {}) } }
      return (await ask(endpoint, page as unknown as CallOf<E>, signal)) as Rows<RowOf<E>>
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => ({ rows: pages.flatMap((page) => page.rows), total: pages[0]?.total ?? null }),
    enabled: options.enabled ?? true,
    ...(options.everyMs ? { refetchInterval: options.everyMs } : {}),
    placeholderData: keepPreviousData,
  }) as unknown as PagesResult<RowOf<E>>
}

export interface ActionOptions<E extends Endpoint> {
  onDone?: (answer: OutputOf<E>, input: CallOf<E>) => unknown
  /** Endpoints whose answers this act changes: they are asked again. */
  invalidates?: readonly Pick<Endpoint, 'name'>[]
  /**
   * Endpoints whose kept answers name what this act takes away. The page that `onDone` leads to waits for the new answer:
   * for a moment it would offer what is no more. For acts that take away and leave; others keep the place in their list.
   */
  forgets?: readonly Pick<Endpoint, 'name'>[]
}

/** An act: `const close = useAction(closeTask, { invalidates: [listTasks] })`, then `close.mutate({ params })`. */
export function useAction<E extends Endpoint>(
  endpoint: E,
  { onDone, invalidates = [], forgets = [] }: ActionOptions<E> = {},
): UseMutationResult<OutputOf<E>, ApiProblem, CallOf<E>> {
  const client = useQueryClient()
  return useMutation<OutputOf<E>, ApiProblem, CallOf<E>>({
    mutationFn: (input) => ask(endpoint, input),
    onSuccess: async (answer, input) => {
      for (const { name } of forgets) client.removeQueries({ queryKey: [name], type: 'inactive' })
      const again = (names: ActionOptions<E>['invalidates'] = []) =>
        Promise.all(names.map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
      // What stands on this page stays until it is answered anew; what the next page asks is asked once.
      const kept = again(forgets)
      await onDone?.(answer, input)
      await Promise.all([kept, again(invalidates)])
    },
  })
}

// The tuple that `call` takes cannot be told from a generic endpoint; the types of the hooks above have checked it.
function ask<E extends Endpoint>(
  endpoint: E,
  input: CallOf<E> | undefined,
  signal?: AbortSignal,
): Promise<OutputOf<E>> {
  return (call as (e: E, i?: CallOf<E>, o?: { signal?: AbortSignal }) => Promise<OutputOf<E>>)(
    endpoint,
    input,
    signal ? { signal } : {},
  )
}

/** Only what never arrived is tried again by itself; a refusal is an answer. */
export function createQueryClient(): QueryClient {
  const retry = (failures: number, error: Error): boolean => (error as ApiProblem).status === 0 && failures < 2
  return new QueryClient({
    defaultOptions: {
      queries: { retry, staleTime: 15_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
