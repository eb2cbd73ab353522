import react from '@vitejs/plugin-react'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { usedAntdStyles } from './src/platform/web/look/antd-styles.ts'

const source = join(import.meta.dirname, 'src')
// Where `npm start` serves; the development server hands calls on to it.
const api = process.env['PEIBAN_API'] ?? 'http://127.0.0.1:3000'

// `vite build` makes the pages of staff, `vite build --mode patient` those of patients: two small sites, so that no phone
// waits for the tables of an office.
export default defineConfig(({ mode }) => ({
  root: join(source, mode === 'patient' ? 'apps/patient' : 'apps/staff'),
  base: '/',
  publicDir: false,
  cacheDir: join(import.meta.dirname, 'node_modules/.vite'),
  plugins: [react(), usedAntdStyles(), precompress(), ...(mode === 'patient' ? [onlyForPatients()] : [])],
  server: { host: '127.0.0.1', proxy: { '/api': api, '/healthz': api } },
  build: {
    outDir: join(import.meta.dirname, mode === 'kit' ? 'build/kit' : mode === 'patient' ? 'dist/patient' : 'dist/staff'),
    emptyOutDir: true,
    assetsDir: mode === 'patient' ? 'p' : 'assets',
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      treeshake: {
        // Without this the first page would wait for every component that the kit's index names, and a page that asks
        // for the name of one indicator would carry every instrument: 77 kB in place of 22 (gzip).
        moduleSideEffects: (id: string) =>
          !/\/(?:platform\/web\/.*\.tsx?|src\/clinical\/instrument\/.*|antd\/es\/.*|@ant-design\/icons\/.*)$/.test(id),
      },
      output: {
        // antd is cut by what pages use: as one chunk of its own the sign-in page weighed 470 kB instead of 310 (gzip).
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(?:react|react-dom|scheduler)\// },
            { name: 'router', test: /node_modules\/(?:@tanstack|i18next|seroval)/ },
            // Chunks run before what imports them: the setting must stand in the one that every schema waits for.
            { name: 'zod', test: /node_modules\/zod\/|apps\/staff\/without-eval/ },
            { name: 'echarts', test: /node_modules\/(?:echarts|zrender)\// },
            { name: 'icons', test: /node_modules\/@ant-design\/icons\/es\/icons\// },
            // What a dozen pages share travels as one: the first page asked for 98 files, and now for 43 of the same weight
            // together. With a higher number there are more files, with a lower one the sign-in page carries what it never
            // shows.
            ...(mode === 'patient' ? [] : [{ name: 'shared', minShareCount: 12, test: (id: string) => !/\.css$|\/locales\/|\/texts\./.test(id) }]),
            // What every day begins with: the frame, and a patient's file with its overview. Fetched in one piece beside the
            // rest it is there when it is asked for; as twenty pieces it came a tenth of a second later.
            ...(mode === 'patient' ? [] : [{ name: 'daily', test: DAILY }]),
            // The texts of the rooms that have a card on the home page of patients, half a kilobyte each: one file a language.
            ...(mode === 'patient' ? ['en', 'zh-CN'].map((locale) => ({ name: `texts-${locale}`, test: homeTexts(locale) })) : []),
          ],
        },
      },
    },
  },
}))

const DAILY =
  /apps\/staff\/signed-in|rooms\/(?:patient\/staff\/patient-(?:page|header)|observation\/staff\/(?:overview-tab|allergy-part)|alert\/staff\/header-part|card\/staff\/card-state|lifecycle\/staff\/stage-chip|tag\/staff\/tags-part|media\/staff\/send-part|patient-access\/staff\/access-part)\.tsx/

/** Rooms that have a card on the home page of patients. */
const homeRooms = readdirSync(join(source, 'rooms')).filter((room) => {
  const described = join(source, 'rooms', room, 'patient/pages.ts')
  return existsSync(described) && readFileSync(described, 'utf8').includes('homeCards')
})
const homeTexts = (locale: string) => new RegExp(`[/\\\\]rooms[/\\\\](?:${homeRooms.join('|')})[/\\\\]locales[/\\\\]${locale}\\.json$`)

/** Groups of a locale file that patients' pages read: their own of the rooms, and of the kit what those are made with. */
const FOR_PATIENTS = { rooms: ['my', 'fill'], web: ['patient', 'problem'] }

/** Leaves out of the site of patients what only staff read: nine tenths of all texts. */
function onlyForPatients(): Plugin {
  return {
    name: 'peiban-only-for-patients',
    enforce: 'pre',
    transform(code, id) {
      const kept = /[/\\]rooms[/\\][^/\\]+[/\\]locales[/\\][\w-]+\.json$/.test(id)
        ? FOR_PATIENTS.rooms
        : /[/\\]platform[/\\]web[/\\]locales[/\\][\w-]+\.json$/.test(id)
          ? FOR_PATIENTS.web
          : undefined
      if (!kept) return undefined
      const texts = JSON.parse(code) as Record<string, unknown>
      return JSON.stringify(Object.fromEntries(kept.filter((group) => group in texts).map((group) => [group, texts[group]])))
    },
  }
}

/** Writes `.br` and `.gz` beside each text file of the build, so that the server never compresses while somebody waits. */
function precompress(): Plugin {
  let folder = ''
  return {
    name: 'peiban-precompress',
    apply: 'build',
    configResolved: (config) => void (folder = join(config.root, config.build.outDir)),
    writeBundle(options) {
      const root = options.dir ?? folder
      for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(?:js|css|html|svg|json)$/.test(path)) continue
        const content = readFileSync(join(root, path))
        const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }
        writeFileSync(join(root, `${path}.br`), brotliCompressSync(content, brotli))
        writeFileSync(join(root, `${path}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}
