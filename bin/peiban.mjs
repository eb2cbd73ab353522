#!/usr/bin/env node
// The door of Peiban: `node bin/peiban.mjs COMMAND …` on whatever Node from 20 on is there. It installs and builds what
// is missing and hands over to the pinned Node 24. This file must parse on very old Node too, to say so: no new syntax.
import { readFileSync } from 'fs'

if (Number(process.versions.node.split('.')[0]) < 20) {
  ;['zh-CN', 'en'].forEach(function (language) {
    const texts = JSON.parse(readFileSync(new URL('./locales/' + language + '.json', import.meta.url), 'utf8'))
    console.error(texts.OldNode.replace('{{version}}', process.version))
  })
  process.exitCode = 1
} else {
  void import('./launcher/launcher.mjs').then(function (launcher) {
    return launcher.launch(process.argv.slice(2))
  })
}
