// The rules of the house that a general linter does not know: floors, file sizes, reproducible arithmetic.
import fs from 'node:fs'
import path from 'node:path'

/** Rooms of lib/ by floor; imports go strictly down. */
const FLOORS = [
  ['errors'],
  ['files', 'numeric', 'schema'],
  ['engine', 'data', 'features', 'metrics', 'notebook'],
  ['nn', 'charts', 'report'],
  ['models', 'kernel'],
  ['compare', 'decide'],
  ['cli', 'index.ts'],
]
const LONGEST = 400

/** Rooms whose results must be the same bytes on every machine: no host transcendental, no ambient randomness or clock. */
const EXACT = ['numeric', 'data/simulator', 'features', 'engine', 'nn', 'models', 'metrics', 'compare', 'decide', 'charts']
const INEXACT =
  /\bMath\.(pow|exp|expm1|log|log2|log10|log1p|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|random)\b|\*\*/
const AMBIENT = /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)/

/** All of the simulator but its index tells what no shop could know; only the public index, for notebooks that judge against it, and the command line's start may see it. */
const SIMULATOR = 'data/simulator/'
const TRUTH_READERS = ['index.ts', 'cli/start.ts']

/** One line for each broken rule; empty when the house is in order. */
export function houseProblems(root) {
  const lib = path.join(root, 'lib')
  const files = [...walk(lib)].filter(file => file.endsWith('.ts') && !file.includes(`${path.sep}assembly${path.sep}`))
  return files.flatMap(file => {
    const name = path.relative(lib, file).split(path.sep).join('/')
    const text = fs.readFileSync(file, 'utf8')
    return [...sizeProblems(name, text), ...importProblems(lib, file, name, text), ...arithmeticProblems(name, text)]
  })
}

function sizeProblems(name, text) {
  const lines = text.split('\n').length
  return lines > LONGEST ? [`lib/${name} has ${lines} lines; more than ${LONGEST} wants to be two files`] : []
}

function importProblems(lib, file, name, text) {
  const problems = []
  const room = roomOf(name)
  const floor = floorOf(room)
  if (floor < 0) return [`lib/${name}: "${room}" is no room of the house; name it in bin/support/house.js`]
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)) {
    const target = path
      .relative(lib, path.resolve(path.dirname(file), specifier))
      .split(path.sep)
      .join('/')
    if (target.startsWith('..')) continue
    if (tellsTruth(target) && !mayKnowTruth(name, target)) {
      problems.push(
        `lib/${name} imports ${target}; only ${TRUTH_READERS.map(reader => `lib/${reader}`).join(' and ')} may see the simulator's truth`,
      )
    }
    const other = roomOf(target)
    if (other === room) {
      if (target === `${room}/index.ts` && name !== target) problems.push(`lib/${name} imports its own room's index`)
      continue
    }
    if (floorOf(other) >= floor)
      problems.push(`lib/${name} (floor ${floor}) imports ${target} (floor ${floorOf(other)}); imports go down`)
    else if (!entrance(other, target))
      problems.push(`lib/${name} imports ${target}; other rooms enter ${other} through an index.ts`)
  }
  return problems
}

/** A room is entered by an index.ts: its own, or that of a folder in it; floor 0 and contracts of rows may be entered directly. */
function entrance(room, target) {
  return target.endsWith('/index.ts') || target === room
}

function arithmeticProblems(name, text) {
  if (!EXACT.some(room => name.startsWith(`${room}/`))) return []
  return withoutCommentsAndStrings(text)
    .split('\n')
    .flatMap((line, i) => {
      if (INEXACT.test(line))
        return [`lib/${name}:${i + 1}: ${line.trim()}: host arithmetic differs between machines; use lib/numeric`]
      if (AMBIENT.test(line)) return [`lib/${name}:${i + 1}: ${line.trim()}: randomness and time are passed in`]
      return []
    })
}

/** Blanks comments and string literals, keeping line numbers. */
function withoutCommentsAndStrings(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, match =>
    match.replace(/[^\n]/g, ' '),
  )
}

const tellsTruth = target => target.startsWith(SIMULATOR) && target !== `${SIMULATOR}index.ts`
const mayKnowTruth = (name, target) =>
  TRUTH_READERS.includes(name) ||
  (name.startsWith(SIMULATOR) && !(name === `${SIMULATOR}index.ts` && target.startsWith(`${SIMULATOR}truth/`)))

const roomOf = name => name.split('/')[0]
const floorOf = room => FLOORS.findIndex(rooms => rooms.includes(room))

function* walk(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(file)
    else yield file
  }
}
