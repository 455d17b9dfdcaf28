import { SyntaxKind as K } from './typescript-api.ts'
import type { Node, NodeArray, SourceFile } from './typescript-api.ts'

export type BindingKind = 'variable' | 'constant' | 'function' | 'class' | 'import' | 'type'

/** A name that a cell brings into the session. */
export interface Declaration {
  readonly name: string
  readonly kind: BindingKind
  /** The identifier that declares it. */
  readonly node: Node
}

interface Shape {
  readonly name?: Node & { readonly text: string; readonly elements?: NodeArray<Node> }
  readonly declarationList?: Node & { readonly declarations: NodeArray<Node> }
  readonly importClause?: Node & {
    readonly name?: Node & { readonly text: string }
    readonly phaseModifier?: K
    readonly namedBindings?: Node
  }
  readonly elements?: NodeArray<Node>
  readonly isTypeOnly?: boolean
}

const CONST = 2

/** The statements of the cell itself, without what was put before and behind it. */
export function cellStatements(source: SourceFile, start: number, end: number): Node[] {
  return source.statements.filter(node => node.getStart() >= start && node.end <= end)
}

/** Every name that the cell's own statements declare. A name with several declarations comes several times. */
export function declarationsOf(statements: readonly Node[]): Declaration[] {
  return statements.flatMap(node => {
    const shape = node as Node & Shape
    switch (node.kind) {
      case K.VariableStatement: {
        const list = shape.declarationList as NonNullable<Shape['declarationList']>
        const kind = (list.flags & CONST) === 0 ? 'variable' : 'constant'
        return list.declarations
          .flatMap(declaration => boundNames(declaration))
          .map(node => ({ name: node.text, kind, node }) as const)
      }
      case K.FunctionDeclaration:
        return named(shape, 'function')
      case K.ClassDeclaration:
        return named(shape, 'class')
      case K.EnumDeclaration:
        return named(shape, 'class')
      case K.InterfaceDeclaration:
        return named(shape, 'type')
      case K.TypeAliasDeclaration:
        return named(shape, 'type')
      case K.ImportDeclaration:
        return imported(shape)
      default:
        return []
    }
  })
}

/** The identifiers that a declaration or a pattern binds. */
export function boundNames(declaration: Node): (Node & { readonly text: string })[] {
  const { name } = declaration as Node & Shape
  if (name === undefined) return []
  if (name.kind === K.Identifier) return [name]
  return [...(name.elements ?? [])].flatMap(boundNames)
}

function named(shape: Shape, kind: BindingKind): Declaration[] {
  return shape.name === undefined ? [] : [{ name: shape.name.text, kind, node: shape.name }]
}

function imported({ importClause }: Shape): Declaration[] {
  if (importClause === undefined) return []
  const typeOnly = importClause.phaseModifier === K.TypeKeyword
  const bindings = importClause.namedBindings as (Node & Shape) | undefined
  const specifiers =
    bindings === undefined ? [] : bindings.kind === K.NamespaceImport ? [bindings] : [...(bindings.elements ?? [])]
  return [
    ...named(importClause, typeOnly ? 'type' : 'import'),
    ...specifiers.flatMap(node =>
      named(node as Node & Shape, typeOnly || (node as Node & Shape).isTypeOnly === true ? 'type' : 'import'),
    ),
  ]
}
