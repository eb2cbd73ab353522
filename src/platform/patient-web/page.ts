import type { ComponentType } from 'react'
import type { ProxyScope } from '../contract/endpoint.ts'

/**
 * A page of patients. `path` may end in one parameter: `/my/report/:id`. Without one, `parameter` is empty.
 */
export interface PatientPage {
  path: `/${string}`
  /** What somebody whom the person has let in must be let in for to see it; left out, it is for the person alone. */
  proxy?: ProxyScope | 'any'
  /** Fetched when it is opened. */
  load: () => Promise<ComponentType<{ parameter: string }>>
}

/**
 * A card on the home page 我的健康. It fetches for itself and renders nothing when it has nothing to say. What waits for
 * the person stands first: below 20 things to do, 20 to 39 what is new, from 40 on what can be looked up.
 */
export interface HomeCard {
  order: number
  /** As of a page. */
  proxy?: ProxyScope | 'any'
  load: () => Promise<ComponentType>
}

/**
 * Something that a room says on a page of a room below it: a way to ask about the report that is read. It gets the page's
 * parameter, and the page has `<PageParts of="/my/report/:id" parameter={…} />` where it stands.
 */
export interface PagePart {
  of: PatientPage['path']
  order: number
  /** As of a page. */
  proxy?: ProxyScope | 'any'
  load: () => Promise<ComponentType<{ parameter: string }>>
}

/** The page of an address, with its last part. */
export function findPage(
  pages: readonly PatientPage[],
  address: string,
): { page: PatientPage; parameter: string } | undefined {
  const parts = address.split('/').filter(Boolean)
  for (const page of pages) {
    const wanted = page.path.split('/').filter(Boolean)
    const hasParameter = wanted.at(-1)?.startsWith(':') ?? false
    const fixed = hasParameter ? wanted.slice(0, -1) : wanted
    if (parts.length !== wanted.length || fixed.some((part, n) => part !== parts[n])) continue
    return { page, parameter: hasParameter ? decode(parts.at(-1)!) : '' }
  }
  return undefined
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
