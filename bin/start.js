#!/usr/bin/env node
// `npm start`: the main job. Installs and builds what is missing, runs the notebooks, exports the reports.
process.argv.splice(2, 0, 'start')
await import('./clvlab.js')
