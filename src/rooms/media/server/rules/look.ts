import type { Look } from '../../contract/look.ts'

/**
 * What drawings look like. They carry no style of their own: they name colours and movements by class, and one sheet of
 * ours is put in when they are served. So one palette holds for all, day and night, and a picture that stands still is
 * the same picture without its movements.
 */
type Colours = Record<string, string>

/** After `src/platform/patient-web/patient.css` and the staff web's palette; words have a contrast of 4.5 at least. */
const LIGHT: Colours = {
  ground: '#f3eee5',
  paper: '#ffffff',
  white: '#ffffff',
  ink: '#24403d',
  soft: '#566664',
  line: '#cfc8ba',
  teal: '#0b7a75',
  'teal-soft': '#cfe6e2',
  red: '#c5574b',
  'red-2': '#a8453a',
  'red-soft': '#f4d9d3',
  amber: '#e3aa4a',
  'amber-2': '#a8731a',
  'amber-soft': '#f9e9c9',
  blue: '#4a7fb5',
  'blue-soft': '#dbe7f3',
  grey: '#b5bfbc',
  'grey-soft': '#e3e6e2',
  skin: '#f1cfb3',
  'skin-2': '#dfae8c',
  hair: '#3b4146',
  organ: '#d98f86',
  bone: '#f3ead6',
  wood: '#c9a883',
}

const DARK: Colours = {
  ground: '#1b2524',
  paper: '#2a3634',
  white: '#f2f5f4',
  ink: '#dfe9e7',
  soft: '#a9b9b6',
  line: '#4a5a57',
  teal: '#4db6ae',
  'teal-soft': '#1f4f4b',
  red: '#d9776b',
  'red-2': '#b85c51',
  'red-soft': '#55302b',
  amber: '#e3b25c',
  'amber-2': '#f0cc8a',
  'amber-soft': '#4d3d1d',
  blue: '#7eabdb',
  'blue-soft': '#263b53',
  grey: '#7c8a87',
  'grey-soft': '#3a4745',
  skin: '#d9ae8b',
  'skin-2': '#b98a67',
  hair: '#11181a',
  organ: '#c27a71',
  bone: '#e2d7bd',
  wood: '#8d7154',
}

const FIXED = `
text{font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',sans-serif}
.b{font-weight:600}
.w1{stroke-width:1.2}.w2{stroke-width:2}.w3{stroke-width:3}.w4{stroke-width:4.5}
.w1,.w2,.w3,.w4{stroke-linecap:round;stroke-linejoin:round}
.dash{stroke-dasharray:4 5}.faint{opacity:.45}`

/**
 * Movements are small and slow and say one thing: it flows, it presses, it falls. Each rests in its first position, so
 * that the still picture tells the same. They stop for whoever has asked the system for less movement.
 */
const MOVEMENTS = `
.m-flow{animation:flow 5s linear infinite}.m-flow-slow{animation:flow 11s linear infinite}
.m-pulse{animation:pulse 1.5s ease-in-out infinite;transform-box:fill-box;transform-origin:center}
.m-press{animation:press 3.2s ease-in-out infinite}.m-lift{animation:lift 3.2s ease-in-out infinite}
.m-fall{animation:fall 2.6s ease-in infinite}.m-rise{animation:rise 3s ease-out infinite}
.m-dash{stroke-dasharray:7 6;animation:dash 1.4s linear infinite}
.m-glow{animation:glow 2.4s ease-in-out infinite}
.m-scan{animation:scan 6s ease-in-out infinite}
.m-breathe{animation:breathe 4s ease-in-out infinite;transform-box:fill-box;transform-origin:center}
.m-spin{animation:spin 9s linear infinite;transform-box:fill-box;transform-origin:center}
.d1{animation-delay:-.7s}.d2{animation-delay:-1.4s}.d3{animation-delay:-2.1s}
@keyframes flow{to{transform:translateX(60px)}}
@keyframes pulse{50%{transform:scale(1.08)}}
@keyframes press{50%{transform:translateY(5px)}}
@keyframes lift{50%{transform:translateY(-5px)}}
@keyframes fall{70%{opacity:1}to{transform:translateY(26px);opacity:0}}
@keyframes rise{70%{opacity:1}to{transform:translateY(-22px);opacity:0}}
@keyframes dash{to{stroke-dashoffset:-13}}
@keyframes glow{50%{opacity:.4}}
@keyframes scan{50%{transform:translateX(34px)}}
@keyframes breathe{50%{transform:scale(1.035)}}
@keyframes spin{to{transform:rotate(360deg)}}
@media (prefers-reduced-motion:reduce){*{animation:none!important}}`

/** The sheet for one look. */
export function styleFor({ theme, language, moves }: Look): string {
  const colours = Object.entries(theme === 'dark' ? DARK : LIGHT)
  const paints = colours.map(([name, value]) => `.f-${name}{fill:${value}}.s-${name}{stroke:${value}}`).join('')
  const words = colours.find(([name]) => name === 'ink')![1]
  const soft = colours.find(([name]) => name === 'soft')![1]
  const other = language === 'zh' ? 'en' : 'zh'
  const texts = `.t{fill:${words}}.t-soft{fill:${soft}}.${other}{display:none}`
  return `${paints}${texts}${FIXED}${moves ? MOVEMENTS : ''}`.replaceAll('\n', '')
}

/** A drawing as it is shown: its own lines with our sheet before them. */
export function dressed(svg: string, look: Look): string {
  return svg.replace('>', `><style>${styleFor(look)}</style>`)
}

/** Whether a drawing has anything that moves: only then is there something to stop. */
export function canMove(svg: string): boolean {
  return /class="[^"]*\bm-/.test(svg)
}
