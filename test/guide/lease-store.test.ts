import { describe, expect, test } from "vitest";
import { isLive, type Lease, leaseMs, overlapsOf } from "#guide/lease";
import { leaseBytes, largestLease, type LeasePlace, leaseSlug } from "#guide/lease-file";
import { readLeases, releaseLease, renewLeases, takeLease } from "#guide/lease-store";
import { createMemoryHost, type MemoryHost } from "#host/memory";

const folder = "/repo/.git/iplan/leases";
const place: LeasePlace = { folder, scope: "", key: "aa".repeat(32) };

const worldOf = (): MemoryHost => {
  const host = createMemoryHost();
  host.files.makeDirectory(folder);
  return host;
};

const request = (holder: string, unit = "step:1") => ({
  plan: "IPLAN-001",
  unit,
  title: "Do it",
  files: ["src/a.ts"],
  holder: { id: holder, name: holder, kind: "assistant" as const },
});

const holders = (host: MemoryHost): readonly string[] => readLeases(host, place).live.map((lease) => lease.holder.id);
const take = (host: MemoryHost, holder: string, unit?: string): string => {
  const taking = takeLease(host, place, request(holder, unit));
  return taking.state === "held" ? `held by ${taking.lease.holder.id}` : taking.state;
};
const names = (host: MemoryHost): readonly string[] => host.files.list(folder).map(({ name }) => name);

describe("a lease", () => {
  test("goes to the first who asks, and to nobody else", () => {
    const host = worldOf();
    expect(take(host, "ada")).toBe("taken");
    expect(take(host, "bob")).toBe("held by ada");
    expect(take(host, "bob", "step:2")).toBe("taken");
    expect(holders(host)).toEqual(["ada", "bob"]);
  });

  test("is renewed when its holder asks again, and lasts from then on", () => {
    const host = worldOf();
    take(host, "ada");
    host.clock.advance(leaseMs - 1);
    expect(take(host, "ada")).toBe("renewed");
    host.clock.advance(leaseMs - 1);
    expect(take(host, "bob")).toBe("held by ada");
    host.clock.advance(1);
    expect(readLeases(host, place).expired.map((lease) => lease.holder.id)).toEqual(["ada"]);
    const taking = takeLease(host, place, request("bob"));
    expect(taking).toMatchObject({ state: "taken", former: { holder: { id: "ada" } } });
    expect(holders(host)).toEqual(["bob"]);
  });

  test("lasts as long as its holder gives signs of life", () => {
    const host = worldOf();
    take(host, "ada");
    take(host, "ada", "step:2");
    for (let round = 0; round < 5; round++) {
      host.clock.advance(leaseMs - 1);
      expect(renewLeases(host, place, "ada")).toHaveLength(2);
    }
    expect(renewLeases(host, place, "bob")).toEqual([]);
    host.clock.advance(leaseMs);
    expect(renewLeases(host, place, "ada")).toEqual([]);
    expect(holders(host)).toEqual([]);
  });

  test("is given back by its holder alone", () => {
    const host = worldOf();
    take(host, "ada");
    const [lease] = readLeases(host, place).live as [Lease];
    expect(releaseLease(host, place, { ...lease, holder: { ...lease.holder, id: "bob" } })).toBe(false);
    expect(releaseLease(host, place, lease)).toBe(true);
    expect(releaseLease(host, place, lease)).toBe(false);
    expect(take(host, "bob")).toBe("taken");
  });

  test("leaves few files, however often it changes hands", () => {
    const host = worldOf();
    for (let round = 0; round < 60; round++) {
      take(host, `h${round % 3}`);
      const [lease] = readLeases(host, place).live as [Lease];
      if (round % 2 === 0) releaseLease(host, place, lease);
      else host.clock.advance(leaseMs);
    }
    expect(names(host).length).toBeLessThan(20);
  });

  test("of one unit says nothing of the same unit in another workspace of the repository", () => {
    const host = worldOf();
    take(host, "ada");
    expect(takeLease(host, { ...place, scope: "/other" }, request("bob")).state).toBe("taken");
    expect(holders(host)).toEqual(["ada"]);
  });
});

describe("a clock", () => {
  test.each([
    ["set back a little keeps the lease", -60_000, true],
    ["set back by less than a lease keeps it", -leaseMs, true],
    ["set back by years does not keep it for years", -400 * 24 * 3_600_000, false],
    ["set forward ends it", 2 * leaseMs, false],
  ])("%s", (_name, by, live) => {
    const host = worldOf();
    take(host, "ada");
    const [lease] = readLeases(host, place).live as [Lease];
    expect(isLive(lease, host.clock.now() + by)).toBe(live);
    host.clock.advance(by);
    expect(take(host, "bob")).toBe(live ? "held by ada" : "taken");
  });
});

describe("what somebody else wrote", () => {
  const slugOf = (host: MemoryHost): string => leaseSlug(place, "IPLAN-001", "step:1", host.hash);
  const forged = (host: MemoryHost, over: Partial<LeasePlace> = {}, generation = 9): Uint8Array => {
    const now = host.clock.now();
    const { holder, ...what } = request("mallory");
    const lease = { ...what, holder, takenAt: now, renewedAt: now, expiresAt: now + leaseMs };
    return leaseBytes({ lease, generation, released: false }, { ...place, ...over }, host.hash);
  };
  test.each<[string, (host: MemoryHost) => readonly [string, Uint8Array | string]]>([
    ["under another key", (host) => [`${slugOf(host)}.9.json`, forged(host, { key: "bb".repeat(32) })]],
    ["for another workspace", (host) => [`${slugOf(host)}.9.json`, forged(host, { scope: "/other" })]],
    ["under another generation's name", (host) => [`${slugOf(host)}.8.json`, forged(host)]],
    ["under another unit's name", (host) => [`${"0".repeat(32)}.9.json`, forged(host)]],
    ["as no JSON", (host) => [`${slugOf(host)}.999999999.json`, "{"]],
    ["as JSON of nothing", (host) => [`${slugOf(host)}.1.json`, "null"]],
    ["as an empty file", (host) => [`${slugOf(host)}.1.json`, ""]],
    ["as a file without end", (host) => [`${slugOf(host)}.1.json`, " ".repeat(largestLease + 1)]],
    ["by a name of its own", () => ["mine.json", "{}"]],
  ])("%s holds nothing, and is said", (_name, write) => {
    const host = worldOf();
    const [name, content] = write(host);
    host.files.put(`${folder}/${name}`, content);
    expect(readLeases(host, place)).toMatchObject({ live: [], expired: [], ignored: [name] });
    expect(take(host, "ada")).toBe("taken");
    expect(take(host, "bob")).toBe("held by ada");
    expect(holders(host)).toEqual(["ada"]);
  });

  test("in the place of the folder is not followed", () => {
    const host = createMemoryHost();
    host.files.makeDirectory("/elsewhere");
    host.files.makeDirectory("/repo/.git/iplan");
    host.files.link(folder, "/elsewhere");
    expect(readLeases(host, place)).toEqual({ live: [], expired: [], ignored: [] });
  });

  test("that is cut in the middle frees the unit, and no more", () => {
    const host = worldOf();
    take(host, "ada");
    take(host, "bob", "step:2");
    const name = names(host).find((each) => each.startsWith(slugOf(host))) ?? "";
    host.files.put(`${folder}/${name}`, (host.files.text(`${folder}/${name}`) ?? "").slice(0, 80));
    expect(holders(host)).toEqual(["bob"]);
    expect(take(host, "carl")).toBe("taken");
  });
});

describe("a process that dies while it takes", () => {
  test("at any write leaves a lease of one holder or none", () => {
    for (let nth = 1; nth <= 12; nth++) {
      const host = worldOf();
      take(host, "ada");
      host.clock.advance(leaseMs);
      host.files.failAt(nth, "crash");
      try {
        take(host, "bob");
      } catch {
        // Why: the death of the process.
      }
      host.files.onOperation = undefined;
      const after = holders(host);
      expect(after.length).toBeLessThanOrEqual(1);
      expect(take(host, "bob")).toMatch(/taken|renewed/);
      expect(take(host, "carl")).toBe("held by bob");
    }
  });
});

describe("overlaps", () => {
  test.each([
    ["the same file", ["src/a.ts"], ["src/a.ts"]],
    ["another spelling of it", ["./src/a.ts"], ["./src/a.ts"]],
    ["a folder that holds it", ["src/"], ["src/"]],
    ["a name that only begins alike", ["src/a.tsx"], []],
    ["nothing", [], []],
  ])("%s", (_name, files, met) => {
    const host = worldOf();
    take(host, "ada");
    const book = readLeases(host, place);
    expect(overlapsOf(files, "bob", book).map(({ file }) => file)).toEqual(met);
    expect(overlapsOf(files, "ada", book)).toEqual([]);
  });
});
