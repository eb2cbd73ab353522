import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { FONT_PATHS } from './fonts.ts'

export interface Typeset {
  pdf: Uint8Array
  pageCount: number
}

/** How many papers a memoised layout outlives without being used; keeps memory level over a long batch. */
const CACHE_AGE_MAX = 1

/**
 * Sets papers from the Typst templates of one folder, as PDF/A-2b. Holds up its process (about 0.1 s a paper): servers
 * draw in a child, see `render-pool.ts`. No network, no clock: the same inputs give the same bytes.
 * @param folder whence the templates are read, nothing outside of it; ends with a slash
 * @param main file of the folder that is set
 * @returns a function that throws what the compiler has to say of a template or inputs that break it
 */
export function createTypesetter(folder: URL, main: string): (inputs: Record<string, string>) => Typeset {
  const mainFilePath = fileURLToPath(new URL(main, folder))
  let compiler: NodeCompiler | undefined
  return (inputs) => {
    compiler ??= NodeCompiler.create({ workspace: fileURLToPath(folder), fontArgs: [{ fontPaths: FONT_PATHS }] })
    try {
      const compilation = compiler.compile({ mainFilePath, inputs })
      const compiled = compilation.result
      if (!compiled) throw new Error(JSON.stringify(compilation.takeDiagnostics()?.shortDiagnostics ?? []))
      return { pdf: new Uint8Array(compiler.pdf(compiled, { pdfStandard: 'a-2b' })), pageCount: compiled.numOfPages }
    } finally {
      compiler.evictCache(CACHE_AGE_MAX)
    }
  }
}
