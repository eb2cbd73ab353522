import { useEffect, useRef, useState, type RefObject } from 'react'

/** How wide a place is now; 0 until it stands. */
export function useWidthPx(): [RefObject<HTMLDivElement | null>, number] {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  return [place, width]
}
