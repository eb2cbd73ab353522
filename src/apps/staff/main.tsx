import './without-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient, language, Look, session, splitAddress, theme } from '../../platform/web/index.ts'
import '../../platform/web/look/web.css'
import { createStaffRouter } from './router.tsx'
import { signInAddress } from './sign-in-address.ts'
import { loadTexts } from './texts.ts'

theme.start()
await language.start(loadTexts)
const router = createStaffRouter()
const client = createQueryClient()
session.onEnd(() => {
  const { pathname, searchStr } = router.state.location
  const to = signInAddress({ pathname, search: searchStr })
  if (to) void router.navigate({ ...splitAddress(to), replace: true } as never)
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Look>
        <RouterProvider router={router} />
      </Look>
    </QueryClientProvider>
  </StrictMode>,
)
