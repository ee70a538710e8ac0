import { expect, test } from 'vitest';
import { InOrder } from './in-order';

test('an answer that was overtaken is not shown, and each other one is, though later ones are still asked for', async () => {
  const order = new InOrder();
  const shown: number[] = [];
  const answers: ((answer: number) => void)[] = [];
  const asked = [1, 2, 3].map(() =>
    order.ask(
      () => new Promise<number>((answer) => answers.push(answer)),
      (answer) => shown.push(answer),
    ),
  );
  answers[1]!(2);
  await asked[1];
  answers[0]!(1);
  await asked[0];
  answers[2]!(3);
  await asked[2];
  expect(shown).toEqual([2, 3]);
});
