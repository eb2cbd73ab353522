import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { alone } from '../bin/launcher/lock.mjs'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '..')

/** For a browser without a screen that talks to nobody but our server, also as root. */
export const CHROMIUM_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The path of a Chromium that runs: `CHROMIUM_PATH`, the system's, Playwright's; where there is none it is installed,
 * by apt-get as root on Debian, else by Playwright.
 * @throws Error with one sentence of what to install
 */
export async function findChromium(): Promise<string> {
  return present() ?? alone(join(ROOT, 'build/chromium.lock'), () => present() ?? install())
}

/**
 * The environment to launch it with: the fonts of the machine and the Chinese one that Peiban prints reports with, so
 * that a screenshot shows characters and not boxes on a machine without Chinese fonts.
 */
export function chromiumEnvironment(): Record<string, string> {
  const file = join(ROOT, 'build/fonts.conf')
  const fonts = join(ROOT, 'node_modules/@expo-google-fonts/noto-sans-sc')
  const content = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${['400Regular', '700Bold'].map((weight) => `<dir>${escapeXml(join(fonts, weight))}</dir>`).join('\n')}
<cachedir>${escapeXml(join(ROOT, 'build/font-cache'))}</cachedir></fontconfig>\n`
  // Another Chromium may be reading it just now.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
    mkdirSync(join(ROOT, 'build'), { recursive: true })
    writeFileSync(file, content)
  }
  return { ...definedEnvironment(), FONTCONFIG_FILE: file }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function present(): string | undefined {
  const given = process.env['CHROMIUM_PATH']
  if (given) {
    if (!runs(given)) throw new Error(`CHROMIUM_PATH (${given}) 不能运行。 CHROMIUM_PATH (${given}) does not run.`)
    return given
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', chromium.executablePath()]
  return [...onPath, ...elsewhere].find((path) => existsSync(path) && runs(path))
}

/** Tried, since the `chromium-browser` of Ubuntu is a script that asks for snap. */
function runs(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  return spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

async function install(): Promise<string> {
  const attempts = process.getuid?.() === 0 && isDebian() ? [byApt, byPlaywright] : [byPlaywright]
  const reasons: string[] = []
  for (const attempt of attempts) {
    try {
      await attempt()
      const path = present()
      if (path) return path
      reasons.push('it does not run')
    } catch (error) {
      reasons.push((error as Error).message.trim().split('\n').slice(0, 3).join(' '))
    }
  }
  throw new Error(
    '浏览器测试需要 Chromium：请安装 chromium 或 Google Chrome，或把 CHROMIUM_PATH 设为它的路径。 ' +
      'The browser tests need Chromium: install chromium or Google Chrome, or set CHROMIUM_PATH to its path. ' +
      `(${reasons.join('; ')})`,
  )
}

async function byApt(): Promise<void> {
  console.log('正在安装 Chromium（apt-get）…… Installing Chromium with apt-get …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 }
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  await run('apt-get', ['update', '-q', ...wait], options)
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...wait, 'chromium'], options)
}

async function byPlaywright(): Promise<void> {
  console.log('正在安装 Chromium（Playwright）…… Installing Chromium with Playwright …')
  const cli = join(ROOT, 'node_modules/playwright-core/cli.js')
  const libraries = process.getuid?.() === 0 && process.platform === 'linux' ? ['--with-deps'] : []
  await run(process.execPath, [cli, 'install', ...libraries, '--no-shell', 'chromium'], { timeout: 900_000, maxBuffer: 64 * 1024 * 1024 })
}

/** Debian proper: on Ubuntu the package of this name only fetches a snap. */
function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}
