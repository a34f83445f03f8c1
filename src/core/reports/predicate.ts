/**
 * Functions that a slice may call: they look at one row's values and at nothing else. Comparison, arithmetic, AND, OR,
 * IN, BETWEEN, CASE, LIKE and IS NULL are no functions, or are named here by the names that the parser gives them.
 */
const allowed: ReadonlySet<string> = new Set([
  'lower',
  'upper',
  'trim',
  'ltrim',
  'rtrim',
  'length',
  'strlen',
  'substring',
  'substr',
  'left',
  'right',
  'contains',
  'prefix',
  'suffix',
  'starts_with',
  'ends_with',
  'replace',
  'concat',
  '||',
  '~~',
  '!~~',
  '~~*',
  '!~~*',
  'like_escape',
  'not_like_escape',
  'ilike_escape',
  'not_ilike_escape',
  'regexp_matches',
  'regexp_full_match',
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  'mod',
  'abs',
  'floor',
  'ceil',
  'ceiling',
  'round',
  'sqrt',
  'ln',
  'log',
  'exp',
  'power',
  'pow',
  'greatest',
  'least',
  'nullif',
  'coalesce',
  'ifnull',
  'isnan',
  'isfinite',
  'year',
  'month',
  'day',
  'hour',
  'date_part',
  'date_trunc',
]);

/** Kinds of expressions that a predicate may be built of, by the class that DuckDB's parser gives them. */
const classes: ReadonlySet<string> = new Set([
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'COLUMN_REF',
  'OPERATOR',
  'CAST',
  'BETWEEN',
  'CASE',
  'FUNCTION',
]);

type Tree = { readonly [key: string]: unknown };

/**
 * Why the parsed form of `SELECT 1 WHERE (…)` is not one boolean expression over the columns of a row, or null where it
 * is. Looks at the parser's tree, never at the text: what text seems to say and what a parser makes of it differ.
 *
 * @param parsed what DuckDB's `json_serialize_sql` gives
 */
export function predicateProblem(parsed: unknown): string | null {
  const top = parsed as {
    readonly error?: boolean;
    readonly error_message?: string;
    readonly statements?: readonly { readonly node?: Tree }[];
  };
  if (top.error !== false)
    return `it is not an SQL expression: ${top.error_message ?? 'it cannot be parsed'}`;
  const node = top.statements?.[0]?.node;
  if (top.statements?.length !== 1 || node?.['type'] !== 'SELECT_NODE')
    return 'it must be one expression, and not a query';
  if (!isBare(node)) return 'it must be one expression, and nothing after it';
  return expressionProblem(node['where_clause']);
}

/** Whether a SELECT holds nothing but its constant and its WHERE. */
function isBare(node: Tree): boolean {
  const list = node['select_list'];
  const empty = (value: unknown): boolean =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  return (
    Array.isArray(list) &&
    list.length === 1 &&
    (list[0] as Tree)['class'] === 'CONSTANT' &&
    (node['from_table'] as Tree | null)?.['type'] === 'EMPTY' &&
    empty(node['modifiers']) &&
    empty((node['cte_map'] as Tree | undefined)?.['map']) &&
    empty(node['group_expressions']) &&
    empty(node['group_sets']) &&
    empty(node['having']) &&
    empty(node['sample']) &&
    empty(node['qualify'])
  );
}

/**
 * The conditions that a predicate joins by AND, each as a whole `SELECT 1 WHERE …` in the parser's form, and the columns
 * that it looks at.
 *
 * @param parsed what `json_serialize_sql` gives of a predicate that has no problem
 */
export function predicateConditions(
  parsed: unknown,
): readonly { readonly tree: unknown; readonly columns: readonly string[] }[] {
  const top = parsed as { readonly statements: readonly [{ readonly node: Tree }] };
  const [statement] = top.statements;
  const conditions = (tree: Tree): readonly Tree[] =>
    tree['type'] === 'CONJUNCTION_AND' ? (tree['children'] as Tree[]).flatMap(conditions) : [tree];
  return conditions(statement.node['where_clause'] as Tree).map((condition) => ({
    tree: {
      ...top,
      statements: [{ ...statement, node: { ...statement.node, where_clause: condition } }],
    },
    columns: [...new Set(columnsIn(condition))],
  }));
}

function columnsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(columnsIn);
  if (typeof value !== 'object' || value === null) return [];
  const tree = value as Tree;
  if (tree['class'] === 'COLUMN_REF') return (tree['column_names'] as string[]).slice(-1);
  return tree['class'] === 'CONSTANT' ? [] : Object.values(tree).flatMap(columnsIn);
}

function expressionProblem(value: unknown): string | null {
  if (Array.isArray(value)) return first(value.map(expressionProblem));
  if (typeof value !== 'object' || value === null) return null;
  const tree = value as Tree;
  const kind = tree['class'];
  if (typeof kind === 'string' && !classes.has(kind))
    return `${kind.toLowerCase().replaceAll('_', ' ')} is not allowed in a slice`;
  if (kind === 'FUNCTION') {
    const name = String(tree['function_name']).toLowerCase();
    if (
      !allowed.has(name) ||
      (tree['schema'] ?? '') !== '' ||
      (tree['catalog'] ?? '') !== '' ||
      (tree['filter'] ?? null) !== null
    )
      return `the function ${name} is not allowed in a slice`;
  }
  // A column alone: with a dot it could name another table, or a field that only looks like one.
  if (
    kind === 'COLUMN_REF' &&
    Array.isArray(tree['column_names']) &&
    tree['column_names'].length !== 1
  )
    return `${tree['column_names'].join('.')} must be a column's own name`;
  // A constant's value is data: nothing in it is an expression.
  if (kind === 'CONSTANT') return null;
  return first(Object.values(tree).map(expressionProblem));
}

function first(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null;
}
