import { createRootRoute, createRoute, createRouter, Outlet, type RouteComponent } from '@tanstack/react-router'
import {
  lazyPage,
  NotFound,
  NotPermitted,
  parseSearch,
  PlainLayout,
  readSearch,
  RouteFault,
  useCan,
  writeSearch,
  type RoomPage,
  type StaffPage,
} from '../../platform/web/index.ts'
import { lazy } from 'react'
import { FirstPage } from './first-page.tsx'
import { pages } from './pages.ts'

const SessionGate = lazy(async () => ({ default: (await import('./session-gate.tsx')).SessionGate }))
const SignedIn = lazyPage(async () => (await import('./signed-in.tsx')).SignedIn)

/** Puts the rooms' pages into one tree: inside the shell, or alone. */
export function createStaffRouter() {
  const root = createRootRoute({ component: Outlet, errorComponent: RouteFault })
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: SignedIn, notFoundComponent: NotFound })
  const plain = createRoute({ getParentRoute: () => root, id: 'plain', component: PlainLayout })
  const home = pages.some(({ path }) => path === '/') ? [] : [{ path: '/', room: 'web', component: FirstPage }]
  const all: RoomPage[] = [...pages, ...home, ...devPages()]
  const inside = (parent: typeof shell | typeof plain, page: RoomPage) =>
    createRoute({
      getParentRoute: () => parent as typeof shell,
      path: page.path,
      component: (page.open ? page.component : guarded(page, parent !== shell)) as RouteComponent,
      errorComponent: RouteFault,
      // Another person's page begins afresh: nothing typed for one may stand at the next.
      remountDeps: ({ params }) => params as unknown,
      ...(page.validateSearch ? { validateSearch: (raw: Record<string, unknown>) => readSearch(page.validateSearch!, raw) as object } : {}),
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

/** @param alone outside of the shell, which else sees to it that somebody is signed in */
function guarded({ path, permission, component: Component }: RoomPage, alone: boolean) {
  const Refused = path === '/' ? FirstPage : NotPermitted
  const Guarded = () => (useCan(permission) ? <Component /> : <Refused />)
  if (!alone) return Guarded
  return () => (
    <SessionGate>
      <Guarded />
    </SessionGate>
  )
}

/** The kit's gallery, for looking at components; no part of what is released. */
function devPages(): RoomPage[] {
  if (import.meta.env.DEV || import.meta.env.MODE === 'kit') {
    const component = lazyPage(async () => (await import('../../platform/web/gallery/gallery-page.tsx')).GalleryPage)
    return ['/dev/kit', '/dev/kit/list'].map((path) => ({ path, room: 'web', layout: 'bare', open: true, component }))
  }
  return []
}
