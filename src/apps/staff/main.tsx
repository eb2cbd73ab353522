import './without-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient, language, Look, prefetch, session, splitAddress, theme } from '../../platform/web/index.ts'
import 'antd/dist/antd.css'
import '../../platform/web/look/web.css'
import { me } from '../../rooms/staff/contract/staff.ts'
import { asksWhoItIs, createStaffRouter } from './router.tsx'
import { signInAddress } from './sign-in-address.ts'
import { loadTexts } from './texts.ts'

theme.start()
const texts = language.start(loadTexts)
const client = createQueryClient()
const router = createStaffRouter(client)
session.onEnd(() => {
  const { pathname, searchStr } = router.state.location
  const to = signInAddress({ pathname, search: searchStr })
  if (to) void router.navigate({ ...splitAddress(to), replace: true } as never)
})
// All at the same time, since each waits for the network. The page's scripts are waited for as well, which spares the
// signs of loading; on a slow line those are better than nothing.
if (asksWhoItIs(router)) void prefetch(client, me)
const scripts = router.load()
await texts
await Promise.race([scripts, new Promise((resolve) => setTimeout(resolve, 400))])

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Look>
        <RouterProvider router={router} />
      </Look>
    </QueryClientProvider>
  </StrictMode>,
)
