import type { PagePart } from '../../../platform/patient-web/index.ts'

export const pageParts: PagePart[] = [
  { of: '/my/plan', order: 10, load: () => import('./praise-part.tsx').then((m) => m.PraisePart) },
]
