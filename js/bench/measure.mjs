// Times functions against each other by CPU time; knows nothing about what they do.
const KEPT = 1024;

/** CPU microseconds of the whole process: garbage collection and compiler threads are part of the price. */
function cpuMicros() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function runRound(call, count, start, kept) {
  const before = cpuMicros();
  for (let i = 0; i < count; i += 1) {
    // The result stays reachable for a while, so that no work can be optimised away and the collector is paid for.
    kept[i % KEPT] = call(start + i);
  }
  return (cpuMicros() - before) / count;
}

/** The same of calls that resolve: what their promises cost is part of their price. */
async function awaitRound(call, count, start, kept) {
  const before = cpuMicros();
  for (let i = 0; i < count; i += 1) kept[i % KEPT] = await call(start + i);
  return (cpuMicros() - before) / count;
}

/**
 * How many calls make a round of about `roundMs`. The first rounds run cold code, so the count is found again from
 * ever warmer ones until it stays.
 */
async function calibrate(run, call, roundMs, kept) {
  let count = 1;
  for (let step = 0; step < 40; step += 1) {
    const perCall = Math.max(await run(call, count, 0, kept), 0.01);
    const wanted = Math.ceil((roundMs * 1000) / perCall);
    if (wanted <= count * 1.2) return count;
    count = Math.min(wanted, count * 8);
  }
  return count;
}

/**
 * Microseconds of CPU per call for each contestant: the best of `rounds`, the contestants taking turns within each
 * round so that a busy machine slows all of them alike.
 *
 * @param {Array<{name: string, call: (i: number) => unknown}>} contestants
 * @param {{rounds: number, roundMs: number, resolves?: boolean}} how `resolves`: the calls answer promises, which are awaited
 */
export async function measure(contestants, { rounds, roundMs, resolves = false }) {
  const run = resolves ? awaitRound : runRound;
  const kept = new Array(KEPT);
  const state = [];
  for (const { name, call } of contestants) {
    const count = await calibrate(run, call, roundMs, kept);
    state.push({ name, call, count, best: Infinity, next: 0 });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < state.length; turn += 1) {
      const one = state[(turn + round) % state.length];
      one.best = Math.min(one.best, await run(one.call, one.count, one.next, kept));
      one.next += one.count;
    }
  }
  return Object.fromEntries(state.map(({ name, best }) => [name, best]));
}
