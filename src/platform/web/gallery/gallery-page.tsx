import { Page } from '../page/page.tsx'

export function GalleryPage() {
  return <Page title="Kit">…</Page>
}
