/**
 * The answer of a call to AWS; undefined where what it asks for does not exist.
 *
 * @param error beginning of the name by which the service says so
 */
export const unlessMissing = <T>(error: string, answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((thrown: Error) => {
    if (!thrown.name.startsWith(error)) throw thrown;
    return undefined;
  });
