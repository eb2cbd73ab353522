import { Navigate } from '@tanstack/react-router'
import { language, navOf, NothingYet, useMe } from '../../platform/web/index.ts'
import { pages } from './pages.ts'

/** The house's front door for who has no workbench: the first page that their role opens. */
export function FirstPage() {
  const me = useMe()
  const first = navOf(pages, me, language.text).flatMap(({ entries }) => entries)[0]
  return first && first.path !== '/' ? <Navigate to={first.path} replace /> : <NothingYet />
}
