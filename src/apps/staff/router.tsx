import type { QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, Outlet, type RouteComponent } from '@tanstack/react-router'
import {
  fetchAhead,
  fetched,
  lazyPage,
  lazyPart,
  NotFound,
  NotPermitted,
  parseSearch,
  PlainLayout,
  readSearch,
  RouteFault,
  useCan,
  writeSearch,
  type RoomPage,
  type SlotName,
  type StaffPage,
} from '../../platform/web/index.ts'
import { FirstPage } from './first-page.tsx'
import { openPage } from './open-page.ts'
import { pages, slots } from './pages.ts'

const SessionGate = lazyPart(async () => (await import('./session-gate.tsx')).SessionGate)
const SignedIn = fetched(async () => {
  const [{ SignedIn: component }] = await Promise.all([
    import('./signed-in.tsx'),
    ...componentsOf('topBarParts').map(fetchAhead),
  ])
  return component
})

const componentsOf = (slot: SlotName): unknown[] =>
  slots[slot].map((part) => ('component' in part ? part.component : undefined))

/** Puts the rooms' pages into one tree: inside the shell, or alone. */
export function createStaffRouter(client: QueryClient) {
  const root = createRootRoute({ component: Outlet, errorComponent: RouteFault })
  const shell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    component: SignedIn as RouteComponent,
    notFoundComponent: NotFound,
  })
  const plain = createRoute({ getParentRoute: () => root, id: 'plain', component: PlainLayout })
  const home = pages.some(({ path }) => path === '/') ? [] : [{ path: '/', room: 'web', component: FirstPage }]
  const all: RoomPage[] = [...pages, ...home, ...devPages()]
  const inside = (parent: typeof shell | typeof plain, page: RoomPage) =>
    createRoute({
      getParentRoute: () => parent as typeof shell,
      path: page.path,
      component: (page.open ? page.component : guarded(page, parent !== shell)) as RouteComponent,
      errorComponent: RouteFault,
      ...(page.ahead
        ? {
            loader: ({ params, location }: { params: unknown; location: { search: object } }) =>
              openPage(client, page, params as Record<string, string>, location.search as Record<string, unknown>),
            // Once for an address; what grows old on the page asks again by itself.
            staleTime: Infinity,
          }
        : {}),
      // Another person's page begins afresh: nothing typed for one may stand at the next.
      remountDeps: ({ params }) => params as unknown,
      ...(page.validateSearch
        ? { validateSearch: (raw: Record<string, unknown>) => readSearch(page.validateSearch!, raw) as object }
        : {}),
    })
  const of = (layout: StaffPage['layout']) => all.filter((page) => (page.layout ?? 'shell') === layout)
  // Whatever no room claims: inside the shell, so that the way back is at hand.
  const rest = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })
  root.addChildren([
    shell.addChildren([...of('shell').map((page) => inside(shell, page)), rest]),
    plain.addChildren(of('plain').map((page) => inside(plain, page))),
    ...of('bare').map((page) => inside(root as never, page)),
  ])
  return createRouter({
    routeTree: root,
    parseSearch,
    stringifySearch: writeSearch,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    defaultPreloadStaleTime: 0,
  })
}

/** Whether the page of the address is for somebody who is signed in. */
export function asksWhoItIs(router: ReturnType<typeof createStaffRouter>): boolean {
  const routes: Record<string, { options: { component?: unknown } } | undefined> = router.routesById
  const components = router.matchRoutes(router.latestLocation).map(({ routeId }) => routes[routeId]?.options.component)
  return components.some((component) => component === SignedIn || guards.has(component))
}

/** Pages that ask by themselves who is signed in. */
const guards = new Set<unknown>()

/** @param alone outside of the shell, which else sees to it that somebody is signed in */
function guarded({ path, permission, component: Component, brings = [] }: RoomPage, alone: boolean) {
  const Refused = path === '/' ? FirstPage : NotPermitted
  const Guarded = () => (useCan(permission) ? <Component /> : <Refused />)
  const preload = () =>
    Promise.all(
      [Component, ...(alone ? [SessionGate] : []), ...brings.flatMap((slot) => componentsOf(slot))].map(fetchAhead),
    )
  if (!alone) return Object.assign(Guarded, { preload })
  const Gated = () => (
    <SessionGate>
      <Guarded />
    </SessionGate>
  )
  guards.add(Gated)
  return Object.assign(Gated, { preload })
}

/** The kit's gallery, for looking at components; no part of what is released. */
function devPages(): RoomPage[] {
  if (import.meta.env.DEV || import.meta.env.MODE === 'kit') {
    const component = lazyPage(async () => (await import('../../platform/web/gallery/gallery-page.tsx')).GalleryPage)
    return ['/dev/kit', '/dev/kit/list'].map((path) => ({ path, room: 'web', layout: 'bare', open: true, component }))
  }
  return []
}
