import type { Declaration } from './declarations.ts'
import { Edits } from './edits.ts'
import { stripTypes } from './strip-types.ts'
import { SyntaxKind as K } from './typescript-api.ts'
import type { Checker, Identifier, Node, NodeArray, SourceFile } from './typescript-api.ts'

/** Names by which a compiled cell reaches the session; chosen so that no cell uses them. */
export const SCOPE = '$clv'
export const RESOLVE = '$clvResolve'
export const IMPORT_META = '$clvMeta'

export interface TransformParts {
  readonly source: SourceFile
  readonly checker: Checker
  /** The cell's own statements, and where its text begins and ends within the source. */
  readonly statements: readonly Node[]
  readonly start: number
  readonly end: number
  readonly declared: readonly Declaration[]
  /** Identifiers in front of the cell that stand for bindings of earlier cells. */
  readonly carried: readonly Node[]
}

export interface Transformed {
  /** Statements to run before the cell's first: imports and hoisted functions. */
  readonly head: string
  /** The cell as JavaScript, line for line. */
  readonly body: string
  readonly edits: Edits
}

interface Shape {
  readonly name?: Node
  readonly propertyName?: Node
  readonly expression?: Node
  readonly initializer?: Node
  readonly declarationList?: Node & { readonly declarations: NodeArray<Node> }
  readonly elements?: NodeArray<Node>
  readonly importClause?: Node & { readonly name?: Identifier; readonly phaseModifier?: K; readonly namedBindings?: Node & Shape }
  readonly moduleSpecifier?: Node
  readonly attributes?: Node
  readonly isTypeOnly?: boolean
  readonly modifiers?: NodeArray<Node>
  readonly body?: Node
  readonly tag?: Node
  readonly text?: string
}

/**
 * Turns a checked cell into the body of an async function over the session's scope object: a name that belongs to the
 * session is a property of that object, so a closure sees whatever a later cell assigns or declares anew.
 */
export function transform(parts: TransformParts): Transformed {
  const { source, statements, end } = parts
  const edits = new Edits(source.text)
  const head: string[] = []
  const last = statements.at(-1)
  stripTypes(source, edits)
  for (const node of statements) closeAwaits(node, edits)
  for (const node of statements) liftStatement(node as Node & Shape, edits, head)
  if (last?.kind === K.ExpressionStatement) {
    const expression = (last as Node & Shape).expression as Node
    edits.insert(expression.getStart(), ';return (')
    edits.insert(expression.end, ')')
  }
  redirect(parts, edits, last)
  return { head: head.join(''), body: edits.apply(parts.start, end), edits }
}

/** An interrupted cell does not go on behind an await: each is inside a call, whose end comes before all else that is put there. */
function closeAwaits(node: Node, edits: Edits): void {
  if (node.kind === K.AwaitExpression) edits.insert(node.end, ')')
  node.forEachChild(child => closeAwaits(child, edits))
}

function liftStatement(node: Node & Shape, edits: Edits, head: string[]): void {
  if (node.modifiers?.some(({ kind }) => kind === K.DeclareKeyword) === true) return
  switch (node.kind) {
    case K.ImportDeclaration: {
      const code = importCode(node, head.length)
      if (code === undefined) return
      head.push(code)
      return edits.blank(node.getStart(), node.end, ';')
    }
    case K.ExportDeclaration:
      return edits.blank(node.getStart(), node.end, ';')
    case K.FunctionDeclaration: {
      blankExport(node, edits)
      if (node.body !== undefined && node.name !== undefined)
        head.unshift(`${SCOPE}.${(node.name as Identifier).text}=${(node.name as Identifier).text};`)
      return
    }
    case K.ClassDeclaration: {
      blankExport(node, edits)
      edits.insert(node.getStart(), `;${SCOPE}.${(node.name as Identifier).text}=`)
      return edits.insert(node.end, ';')
    }
    case K.VariableStatement:
      return liftVariables(node, edits)
  }
}

function blankExport(node: Shape, edits: Edits): void {
  for (const { kind, end, ...modifier } of [...(node.modifiers ?? [])].map(at => ({
    kind: at.kind,
    start: at.getStart(),
    end: at.end,
  }))) {
    if (kind === K.ExportKeyword || kind === K.DefaultKeyword) edits.blank(modifier.start, end)
  }
}

const USING = 4

function liftVariables(node: Node & Shape, edits: Edits): void {
  const list = node.declarationList as NonNullable<Shape['declarationList']>
  const first = list.declarations[0]
  if (first === undefined) return
  if ((list.flags & USING) !== 0) {
    for (const declaration of list.declarations as NodeArray<Node & Shape>) {
      if (declaration.initializer !== undefined)
        edits.insert(declaration.initializer.getStart(), `${SCOPE}.${(declaration.name as Identifier).text}=`)
    }
    return
  }
  edits.blank(node.getStart(), first.getStart(), ';')
  for (const declaration of list.declarations as NodeArray<Node & Shape>) liftDeclaration(declaration, edits)
  edits.insert(node.end, ';')
}

function liftDeclaration(declaration: Node & Shape, edits: Edits): void {
  const { name, initializer } = declaration
  if (name === undefined) return
  if (name.kind !== K.Identifier) {
    edits.insert(name.getStart(), '(')
    edits.insert(declaration.end, ')')
    liftPattern(name, edits)
    return
  }
  const { text } = name as Identifier
  edits.replace(name.getStart(), name.end, `${SCOPE}.${text}`)
  if (initializer === undefined) edits.insert(declaration.end, '=void 0')
  else if (isAnonymous(initializer)) {
    // An anonymous function takes the name of the variable it is assigned to, but not that of a property.
    edits.insert(initializer.getStart(), `{${text}:`)
    edits.insert(initializer.end, `}.${text}`)
  }
}

function liftPattern(pattern: Node, edits: Edits): void {
  for (const element of (pattern as Node & Shape).elements as NodeArray<Node & Shape>) {
    if (element.name === undefined) continue
    if (element.name.kind !== K.Identifier) {
      liftPattern(element.name, edits)
      continue
    }
    const { text } = element.name as Identifier
    const isShorthand =
      pattern.kind === K.ObjectBindingPattern &&
      element.propertyName === undefined &&
      element.getStart() === element.name.getStart()
    edits.replace(element.name.getStart(), element.name.end, isShorthand ? `${text}:${SCOPE}.${text}` : `${SCOPE}.${text}`)
  }
}

function isAnonymous(node: Node & Shape): boolean {
  if (node.kind === K.ArrowFunction) return true
  return (node.kind === K.FunctionExpression || node.kind === K.ClassExpression) && node.name === undefined
}

/** An import as statements over the scope object; its bindings stay live, also when the module is loaded anew. Undefined where only types are imported. */
function importCode(node: Node & Shape, count: number): string | undefined {
  const clause = node.importClause
  if (clause?.phaseModifier === K.TypeKeyword) return undefined
  const module = `$clvImport${count}`
  const options = node.attributes === undefined ? '' : `,{with:${node.attributes.getText().replace(/^with\s*/, '')}}`
  const specifier = (node.moduleSpecifier as Node).getText()
  const bindings = clause?.namedBindings
  const names: [string, string][] = clause?.name === undefined ? [] : [[clause.name.text, `${module}.default`]]
  if (bindings?.kind === K.NamespaceImport) names.push([(bindings.name as Identifier).text, module])
  else {
    for (const element of (bindings?.elements ?? []) as NodeArray<Node & Shape>) {
      if (element.isTypeOnly === true) continue
      const property = (element.propertyName ?? element.name) as Node & { readonly text: string }
      names.push([(element.name as Identifier).text, `${module}[${JSON.stringify(property.text)}]`])
    }
  }
  const define = names.map(([name, value]) => `${RESOLVE}.bind(${JSON.stringify(name)},()=>${value});`).join('')
  const keep =
    names.length === 0
      ? ''
      : `${RESOLVE}.keep(${specifier},${JSON.stringify(names.map(([name]) => name).join())},m=>{${module}=m});`
  return `let ${module}=await import(${RESOLVE}(${specifier})${options});${define}${keep}`
}

/** Leads every use of a session name to the scope object, and dynamic imports and `import.meta` to the session. */
function redirect(parts: TransformParts, edits: Edits, last: Node | undefined): void {
  const { checker, statements } = parts
  const values = parts.declared.filter(({ kind }) => kind !== 'type').map(({ node }) => node)
  const tops = [...values, ...parts.carried]
  const names = new Set(tops.map(node => (node as Identifier).text))
  const uses: (Node & { readonly text: string })[] = []
  const declaring = new Set(tops)
  const visit = (node: Node & Shape): void => {
    if (node.kind === K.Identifier && names.has(node.text as string) && !declaring.has(node)) uses.push(node as Identifier)
    if (node.kind === K.MetaProperty && node.getText().startsWith('import')) edits.replace(node.getStart(), node.end, IMPORT_META)
    if (node.kind === K.CallExpression && node.expression?.kind === K.ImportKeyword) wrapSpecifier(node, edits)
    if (node.kind === K.AwaitExpression) edits.insert(node.getStart(), `${RESOLVE}.alive(`)
    node.forEachChild(child => visit(child))
  }
  for (const node of statements) {
    if (node.kind !== K.ImportDeclaration && node.kind !== K.ExportDeclaration) visit(node)
  }
  const symbols = checker.getSymbolAtLocation([...tops, ...uses])
  const own = new Set(symbols.slice(0, tops.length).map(symbol => symbol?.id))
  own.delete(undefined)
  uses.forEach((node, i) => {
    const isShorthand = node.parent.kind === K.ShorthandPropertyAssignment && (node.parent as Node & Shape).name === node
    const symbol = isShorthand ? checker.getShorthandAssignmentValueSymbol(node.parent) : symbols[tops.length + i]
    if (symbol !== undefined && own.has(symbol.id) && !isOwnClass(node)) redirectUse(node, isShorthand, edits, last)
  })
}

/** Inside a class its name is the class, which the session has only when all of it has run. */
function isOwnClass(node: Node & { readonly text: string }): boolean {
  for (let at: (Node & Shape) | undefined = node.parent; at !== undefined; at = at.parent) {
    if (at.kind === K.ClassDeclaration && (at.name as Identifier | undefined)?.text === node.text) return true
  }
  return false
}

function redirectUse(node: Node & { readonly text: string }, isShorthand: boolean, edits: Edits, last: Node | undefined): void {
  const parent = node.parent as Node & Shape
  if ((parent.kind === K.ClassDeclaration || parent.kind === K.FunctionDeclaration) && parent.name === node) return
  if (isShorthand) return edits.insert(node.end, `:${SCOPE}.${node.text}`)
  const isCalled =
    (parent.kind === K.CallExpression && parent.expression === node) ||
    (parent.kind === K.TaggedTemplateExpression && parent.tag === node)
  if (!isCalled) return edits.replace(node.getStart(), node.end, `${SCOPE}.${node.text}`)
  edits.replace(node.getStart(), node.end, `${startsStatement(node, last) ? ';' : ''}(0,${SCOPE}.${node.text})`)
}

/** Does this identifier open a statement of a list, so that a parenthesis in its place could continue the line above? */
function startsStatement(node: Node, last: Node | undefined): boolean {
  const start = node.getStart()
  let at: Node | undefined = node.parent
  while (at !== undefined && at.getStart() === start) {
    if (at === last) return false
    if (at.kind === K.ExpressionStatement)
      return (
        at.parent.kind === K.SourceFile ||
        at.parent.kind === K.Block ||
        at.parent.kind === K.CaseClause ||
        at.parent.kind === K.DefaultClause
      )
    at = at.parent
  }
  return false
}

function wrapSpecifier(call: Node & Shape, edits: Edits): void {
  const argument = (call as Node & { readonly arguments: NodeArray<Node> }).arguments[0]
  if (argument === undefined) return
  edits.insert(argument.getStart(), `${RESOLVE}(`)
  edits.insert(argument.end, ')')
}
