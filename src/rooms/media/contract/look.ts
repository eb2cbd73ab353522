import { z } from 'zod'

/** Raised when the colours or movements of `server/rules/look.ts` change: phones keep a picture for a year. */
const LOOK_VERSION = 1

const LOOK = new RegExp(`^(light|dark)-(zh|en)-(moving|still)-${LOOK_VERSION}$`)

export interface Look {
  theme: 'light' | 'dark'
  language: 'zh' | 'en'
  /** Whether what can move does. */
  moves: boolean
}

/** How a drawing is to be shown, as the last part of its address: `light-zh-moving-1`. */
export const lookName = z.string().regex(LOOK)

export function nameOfLook({ theme, language, moves }: Look): string {
  return `${theme}-${language}-${moves ? 'moving' : 'still'}-${LOOK_VERSION}`
}

export function readLook(name: string): Look {
  const [theme, language, moves] = name.split('-') as [Look['theme'], Look['language'], string]
  return { theme, language, moves: moves === 'moving' }
}
