// Predicts whether a person earns more than the median wage. Who is predicted to, is offered the higher entry grade.

const occupations = ['management', 'professional', 'clerical', 'sales', 'service'];

/** What the model knows of a person. Gender and race are not among it. */
export function features(person) {
  const education = Number(person.education) - 13;
  const experience = Number(person.experience) / 10 - 1.8;
  return [1, education, experience, experience * experience, Number(person.union), Number(person.south), ...occupations.map((name) => Number(person.occupation === name))];
}

export function probability(weights, row) {
  return 1 / (1 + Math.exp(-row.reduce((sum, value, index) => sum + value * weights[index], 0)));
}

/** From which probability on a person is offered the higher grade. */
export function threshold() {
  return 0.5;
}

export function predict(weights, person) {
  return Number(probability(weights, features(person)) >= threshold(person));
}
