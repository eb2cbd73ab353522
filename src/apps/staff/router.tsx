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
} from '../../platform/web/index.ts'
import { pages } from './pages.ts'

const SignedIn = lazyPage(async () => (await import('./signed-in.tsx')).SignedIn)

/** Puts the rooms' pages into one tree: inside the shell, or alone. */
export function createStaffRouter() {
  const root = createRootRoute({ component: Outlet, errorComponent: RouteFault })
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: SignedIn, notFoundComponent: NotFound })
  const plain = createRoute({ getParentRoute: () => root, id: 'plain', component: PlainLayout })
  const all = [...pages, ...devPages()]
  const inside = (parent: typeof shell | typeof plain, page: RoomPage) =>
    createRoute({
      getParentRoute: () => parent as typeof shell,
      path: page.path,
      component: (page.open ? page.component : guarded(page)) as RouteComponent,
      errorComponent: RouteFault,
      ...(page.validateSearch ? { validateSearch: (raw: Record<string, unknown>) => readSearch(page.validateSearch!, raw) as object } : {}),
    })
  const isPlain = (page: RoomPage) => page.layout === 'plain'
  // Whatever no room claims: inside the shell, so that the way back is at hand.
  const rest = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })
  root.addChildren([
    shell.addChildren([...all.filter((page) => !isPlain(page)).map((page) => inside(shell, page)), rest]),
    plain.addChildren(all.filter(isPlain).map((page) => inside(plain, page))),
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

function guarded({ permission, component: Component }: RoomPage) {
  return function Guarded() {
    return useCan(permission) ? <Component /> : <NotPermitted />
  }
}

/** The kit's gallery, for looking at components; no part of what is released. */
function devPages(): RoomPage[] {
  if (!import.meta.env.DEV && import.meta.env.MODE !== 'kit') return []
  const component = lazyPage(async () => (await import('../../platform/web/gallery/gallery-page.tsx')).GalleryPage)
  return [{ path: '/dev/kit', room: 'web', layout: 'plain', open: true, component }]
}
