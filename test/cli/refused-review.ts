export const refused: readonly (readonly [args: readonly string[], code: string, says: RegExp])[] =
  [
    [
      ['add', 'DR-0001', '--at', '/rolback/plan', '--body', 'x'],
      'review/place',
      /there is no \/rolback\/plan in DR-0001[^]*did you mean \/rollback\?/,
    ],
    [
      ['add', 'DR-0001', '--at', 'risk', '--body', 'x'],
      'review/place',
      /"risk" is not a place in a record[^]*write it like \/risk, or/,
    ],
    [
      ['add', 'DR-0001', '--at', '/risk', '--quote', 'low', '--body', 'x'],
      'review/quote',
      /\/risk does not say “low”[^]*it says “high”/,
    ],
    [
      ['add', 'DR-0001', '--at', '/risk', '--body', ' \n'],
      'review/no-words',
      /a comment needs words/,
    ],
    [
      ['add', 'DR-0001', '--at', '/risk', '--body', '…'],
      'review/no-words',
      /a comment needs words/,
    ],
    [
      ['add', 'DR-0001', '--at', '/risk', '--body', '<words>'],
      'review/no-words',
      /stands for what you have to say/,
    ],
    [
      ['add', 'DR-0001', '--at', '/risk', '--body', 'x', '--severity', 'high'],
      'usage/finding',
      /only a finding has a severity/,
    ],
    [
      ['add', 'DR-0001', '--at', '/risk', '--body', 'x', '--type', 'finding', '--due', 'soon'],
      'record/date',
      /is neither a date nor a time/,
    ],
    [
      ['add', 'DR-0001', '--at', '/risk', '--body', 'x', '--type', 'shout'],
      'usage/type',
      /there is no type "shout"/,
    ],
    [['add', 'DR-0404', '--body', 'x'], 'record/none', /there is no record DR-0404/],
    [['add', '../../x', '--body', 'x'], 'record/none', /there is no record/],
    [['add'], 'usage/arguments', /this needs a record/],
    [['reply', 'nobody', '--body', 'x'], 'review/unknown-thread', /there is no thread "nobody"/],
    [['list', 'DR0001'], 'usage/record', /"DR0001" is not the id of a record/],
    [['pull'], 'usage/action', /there is no action "pull"/],
    [['constructor'], 'usage/action', /there is no action "constructor"/],
  ];
