import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import type { HistoryReader, Tree } from './read-history.ts';

export type Need = {
  readonly role: string;
  readonly presence?: 'touch' | 'verify';
  readonly accept?: readonly string[];
  readonly count?: number;
  readonly independent?: boolean;
  readonly from_risk?: string;
  readonly phase?: string;
};

/** What a rule wants to see before it lets something land. */
export type Demand = {
  readonly kind: string;
  readonly status?: readonly string[];
  readonly covers?: string;
  readonly count?: number;
  readonly scope?: readonly string[];
  readonly kinds?: readonly string[];
  readonly rehearsed_within_days?: number;
  readonly max_age_days?: number;
  readonly from_risk?: string;
  readonly phase?: string;
};

export type PlainRule = {
  readonly id: string;
  readonly paths: readonly string[];
  readonly except?: readonly string[];
  readonly checklist?: string;
  readonly require: readonly Need[];
  readonly evidence?: readonly Demand[];
  readonly max_age_days?: number;
  readonly up_to_date?: boolean;
  readonly builtIn?: true;
};

export type PlainPolicy = {
  readonly repository: string;
  readonly people: Readonly<
    Record<
      string,
      {
        readonly emails: readonly string[];
        readonly principals?: readonly string[];
        readonly forge?: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly agents?: readonly string[];
  readonly platforms?: readonly string[];
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly PlainRule[];
  readonly exceptions?: {
    readonly role: string;
    readonly count?: number;
    readonly max_days: number;
    readonly follow_up_days: number;
  };
  readonly policy_change?: { readonly count?: number };
  readonly repository_settings?: string;
  readonly landing?: string;
  readonly identity?: string;
  readonly attestors?: readonly { readonly forge: string; readonly principal: string }[];
};

type Item = {
  readonly id: string;
  readonly must: boolean;
  readonly by: 'author' | 'signer' | 'both';
  readonly roles?: readonly string[];
};

/** Whose key a base-64 blob is, for what, and from when until when. */
type Key = {
  readonly principal: string;
  readonly namespaces: readonly string[];
  readonly after: number;
  readonly before: number;
};

/** The policy of a tree with the keys and questions beside it. */
export type Terms = {
  readonly policy: PlainPolicy;
  readonly keys: ReadonlyMap<string, Key>;
  readonly revoked: ReadonlySet<string>;
  readonly questions: (name: string | undefined) => readonly Item[];
  readonly questionsDigest: (name: string | undefined) => string | null;
};

export async function termsOf(reader: HistoryReader, tree: Tree): Promise<Terms | null> {
  const text = await reader.text(tree, '.countersign/policy.yaml');
  if (text === null) return null;
  const signers = (await reader.text(tree, '.countersign/allowed_signers')) ?? '';
  const revoked = (await reader.text(tree, '.countersign/revoked_keys')) ?? '';
  const lists = new Map<string, string>();
  for (const path of tree.keys()) {
    const name = /^\.countersign\/checklists\/([^/]+)\.yaml$/.exec(path)?.[1];
    if (name !== undefined) lists.set(name, (await reader.text(tree, path)) ?? '');
  }
  return {
    policy: parse(text) as PlainPolicy,
    keys: new Map(
      signers
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [principal = ''] = line.split(' ');
          const at = (option: string, otherwise: number): number => {
            const [, year, month, day, hour = '00', minute = '00', second = '00'] =
              new RegExp(
                `${option}="(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})(\\d{2})?)?Z"`,
              ).exec(line) ?? [];
            return year === undefined
              ? otherwise
              : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
          };
          return [
            line.split(' ').at(-1) ?? '',
            {
              principal,
              namespaces: (/namespaces="([^"]*)"/.exec(line)?.[1] ?? 'git,model-signoff').split(
                ',',
              ),
              after: at('valid-after', 0),
              before: at('valid-before', Number.POSITIVE_INFINITY),
            },
          ] as const;
        }),
    ),
    revoked: new Set(revoked.split('\n').map((line) => line.split(' ')[1] ?? '')),
    questions: (name) =>
      name === undefined
        ? []
        : ((parse(lists.get(name) ?? '') as { items?: readonly Item[] } | null)?.items ?? []),
    questionsDigest: (name) =>
      name === undefined || !lists.has(name)
        ? null
        : `sha256:${createHash('sha256')
            .update(lists.get(name) as string)
            .digest('hex')}`,
  };
}

const settings = [
  '**/.gitattributes',
  '**/.gitmodules',
  '**/.lfsconfig',
  '**/.dvc/config',
  '**/.dvc/config.local',
  '**/.dvcignore',
  '.github/workflows/**',
  '.github/actions/**',
  '.github/CODEOWNERS',
  'CODEOWNERS',
  '.gitlab-ci.yml',
  '.gitlab/**',
  '.gitea/workflows/**',
  '.forgejo/workflows/**',
  '.circleci/**',
  '**/Jenkinsfile',
  'azure-pipelines.yml',
  '**/.husky/**',
  '**/.pre-commit-config.yaml',
  '**/.pre-commit-hooks.yaml',
  '**/lefthook.yml',
  '**/lefthook.yaml',
  '**/.lefthook.yml',
  '**/lefthook-local.yml',
];

/** The rules of a policy and those that hold in every repository. */
export function rulesOf({
  rules,
  policy_change,
  repository_settings,
}: PlainPolicy): readonly PlainRule[] {
  const admins = policy_change?.count ?? 2;
  const change: readonly Need[] =
    admins === 1
      ? [{ role: 'policy-admin' }]
      : [
          { role: 'policy-admin', independent: true },
          { role: 'policy-admin', count: admins - 1 },
        ];
  return [
    ...rules,
    {
      id: 'policy-change',
      builtIn: true,
      paths: [
        '.countersign/policy.yaml',
        '.countersign/allowed_signers',
        '.countersign/revoked_keys',
        '.countersign/checklists/**',
      ],
      require: change,
    },
    ...(repository_settings === 'off'
      ? []
      : [
          {
            id: 'repository-settings',
            builtIn: true as const,
            paths: settings,
            require: [{ role: 'policy-admin', independent: true }],
          },
        ]),
  ];
}

/** `*` is anything but a slash, `**` anything. */
export function globMatches(glob: string, path: string): boolean {
  const source = glob
    .split('**')
    .map((part) =>
      part
        .split('*')
        .map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^/]*'),
    )
    .join('.*');
  return new RegExp(
    `^${source.replace(/^\.\*\//, '(.*/)?').replace(/\/\.\*$/, '(/.*)?')}$`,
    's',
  ).test(path);
}

const folded = (text: string): string =>
  [...text.normalize('NFC').toUpperCase()].map((letter) => letter.toLowerCase()).join('');

/** Whether a rule governs a path, one character a byte. */
export function governs(rule: PlainRule, rules: readonly PlainRule[], raw: string): boolean {
  const bytes = Buffer.from(raw, 'latin1');
  const path = bytes.toString('utf8');
  if (!Buffer.from(path).equals(bytes))
    return rule.id !== 'repository-settings' || !rules.some(({ builtIn }) => !builtIn);
  if (isSignedName(path)) return false;
  const inside = rule.paths.some(
    (glob) => globMatches(glob, path) || globMatches(folded(glob), folded(path)),
  );
  if (!inside || (rule.except ?? []).some((glob) => globMatches(glob, path))) return false;
  return (
    rule.id !== 'repository-settings' ||
    !rules.some((other) => !other.builtIn && governs(other, rules, raw))
  );
}

export function isSignedName(path: string): boolean {
  return (
    /^\.countersign\/signoffs\/[^/]+\/[^/]+\.[0-9a-f]{12}\.[0-9a-f]{4}\.yaml$/.test(path) ||
    /^\.countersign\/exceptions\/EX-[0-9A-Z]{4,16}\.yaml$/.test(path)
  );
}
