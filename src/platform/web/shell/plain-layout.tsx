import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { ConnectionBanner } from '../feedback/connection-banner.tsx'
import { Loading } from '../feedback/loading.tsx'
import { language } from '../language/language.ts'
import { useLocale } from '../language/use-t.ts'
import { Mark } from './mark.tsx'

/** A page that stands alone: sign-in, forgotten password, printing. */
export function PlainLayout() {
  const locale = useLocale()
  return (
    <div className="pb-plain">
      <header className="pb-plain-head">
        <Mark />
        <button type="button" className="pb-link" onClick={() => void language.choose(locale === 'en' ? 'zh-CN' : 'en')}>
          {locale === 'en' ? <span lang="zh-CN">中文</span> : <span lang="en">English</span>}
        </button>
      </header>
      <ConnectionBanner />
      <main id="content" className="pb-plain-main">
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
