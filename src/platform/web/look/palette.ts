/** Every colour of the staff web, light and dark; text on its ground has a contrast of 4.5 at least. */
export interface Palette {
  primary: string
  primaryHover: string
  /** Words on a ground of the primary colour. */
  onPrimary: string
  /** Page ground, card ground, ground of a hovered or chosen row. */
  ground: string
  card: string
  raised: string
  /** What lies over the page: menus, dialogs. */
  over: string
  text: string
  lighter: string
  line: string
  strongLine: string
  danger: string
  dangerHover: string
  dangerGround: string
  due: string
  dueGround: string
  low: string
  lowGround: string
  good: string
  goodGround: string
}

export const LIGHT: Palette = {
  primary: '#0B7A75',
  primaryHover: '#086460',
  onPrimary: '#FFFFFF',
  ground: '#F6F8F8',
  card: '#FFFFFF',
  raised: '#EEF4F3',
  over: '#FFFFFF',
  text: '#1B2726',
  lighter: '#566664',
  line: '#E3E9E8',
  strongLine: '#C6D1CF',
  danger: '#B3261E',
  dangerHover: '#8F1D17',
  dangerGround: '#FCEDEB',
  due: '#8A5A00',
  dueGround: '#FDF3DE',
  low: '#2A5BA8',
  lowGround: '#EAF1FB',
  good: '#1C6B3C',
  goodGround: '#E8F4EC',
}

export const DARK: Palette = {
  primary: '#4DB6AE',
  primaryHover: '#5FC4BC',
  onPrimary: '#06201E',
  ground: '#101615',
  card: '#171F1E',
  raised: '#202B29',
  over: '#1E2725',
  text: '#E3EBE9',
  lighter: '#9FB0AD',
  line: '#2A3533',
  strongLine: '#41504D',
  danger: '#FF9A90',
  dangerHover: '#FFB1A9',
  dangerGround: '#3A1E1B',
  due: '#F0BC5E',
  dueGround: '#35290F',
  low: '#93BBF5',
  lowGround: '#1B2A42',
  good: '#7CCB98',
  goodGround: '#172C1E',
}

/** As CSS variables: `--pb-strong-line`. */
export function paletteVariables(palette: Palette): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palette).map(([name, value]) => [`--pb-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value]),
  )
}
