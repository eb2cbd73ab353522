import { useState } from 'react'

/** Which columns this reader wants to see in this list; remembered by this browser. */
export function useChosenColumns(list: string): [string[] | undefined, (keys: string[] | undefined) => void] {
  const kept = `peiban.columns.${list}`
  const [chosen, setChosen] = useState<string[] | undefined>(() => read(kept))
  const choose = (keys: string[] | undefined) => {
    if (keys) localStorage.setItem(kept, keys.join(','))
    else localStorage.removeItem(kept)
    setChosen(keys)
  }
  return [chosen, choose]
}

function read(key: string): string[] | undefined {
  return localStorage.getItem(key)?.split(',').filter(Boolean)
}
