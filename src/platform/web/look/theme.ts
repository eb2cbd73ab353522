import { useSyncExternalStore } from 'react'
import { signal } from '../api/signal.ts'
import { DARK, LIGHT, paletteVariables, type Palette } from './palette.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

const KEPT = 'peiban.theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const choice = signal<ThemeChoice>(keptChoice())
const dark = signal(isDark())

function keptChoice(): ThemeChoice {
  const kept = localStorage.getItem(KEPT)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

function isDark(): boolean {
  return choice.get() === 'system' ? system.matches : choice.get() === 'dark'
}

/** Light, dark, or as the system is. */
export const theme = {
  start(): void {
    system.addEventListener('change', apply)
    apply()
  },
  choose(chosen: ThemeChoice): void {
    localStorage.setItem(KEPT, chosen)
    choice.set(chosen)
    apply()
  },
}

function apply(): void {
  dark.set(isDark())
  const root = document.documentElement
  root.style.colorScheme = dark.get() ? 'dark' : 'light'
  for (const [name, value] of Object.entries(paletteVariables(dark.get() ? DARK : LIGHT))) root.style.setProperty(name, value)
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(choice.watch, choice.get)
}

export function useIsDark(): boolean {
  return useSyncExternalStore(dark.watch, dark.get)
}

export function usePalette(): Palette {
  return useIsDark() ? DARK : LIGHT
}
