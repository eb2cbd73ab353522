import { useEffect, useState } from 'react'
import { call } from '../../../platform/patient-web/index.ts'
import { myMediaIndex, type MyMediaIndex } from '../contract/my.ts'

/** Fetched once for all links of all pages; both languages are in it. */
let fetched: Promise<MyMediaIndex> | undefined

function fetchIndex(): Promise<MyMediaIndex> {
  fetched ??= call(myMediaIndex).catch((error: unknown) => {
    // The next link asks again.
    fetched = undefined
    throw error
  })
  return fetched
}

/** What there is to look at; undefined until it is known, and where it cannot be known: a link less, nothing else. */
export function useMediaIndex(): MyMediaIndex | undefined {
  const [index, setIndex] = useState<MyMediaIndex>()
  useEffect(() => {
    let isHere = true
    fetchIndex().then(
      (found) => isHere && setIndex(found),
      () => {},
    )
    return () => void (isHere = false)
  }, [])
  return index
}
