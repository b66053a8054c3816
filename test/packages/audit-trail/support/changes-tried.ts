/** Random changes to a trail that its tests try: each kind several times with every commit, and five times as many each night. */
export const changesTried = Number(process.env.TAMPERING ?? 2_000);
