import { createNodeHost } from "#host/node";
import { leaseBook, giveBack, holderOf } from "#session/leases";
import { nextStep } from "#session/next-step";
import { findPlan } from "#session/plans";
import { openSession } from "#session/session";

/** One of several processes that take units of the plan in ROOT as NAME until each had as many as COUNT; prints what it held and when. */
async function race(root: string, name: string, count: number): Promise<void> {
  const session = await openSession(createNodeHost("0.0.0-race"), root);
  const holder = holderOf(session, { kind: "assistant", name: "racer" }, name);
  const held: { readonly unit: string; readonly from: string; readonly to: string }[] = [];
  let missed = 0;
  while (held.length < count) {
    const found = await nextStep(session, { take: true, holder });
    if (found.state !== "unit" || found.taking !== "taken" || found.lease === undefined) {
      missed += 1;
      continue;
    }
    const from = process.hrtime.bigint().toString();
    const mine = leaseBook(session).live.filter((lease) => lease.holder.id === holder.id);
    if (mine.length !== 1) throw new Error(`${name} holds ${mine.length} units after one was taken`);
    const to = process.hrtime.bigint().toString();
    held.push({ unit: found.lease.unit, from, to });
    const { plan } = found.lease;
    const actor = { kind: "assistant", name: "racer" } as const;
    if (!giveBack(session, found.lease, findPlan(session, plan), actor))
      throw new Error(`${name} lost ${found.lease.unit} while it lived`);
  }
  process.stdout.write(`${JSON.stringify({ name, held, missed })}\n`);
}

await race(process.argv[2] ?? ".", process.argv[3] ?? "", Number(process.argv[4]));
