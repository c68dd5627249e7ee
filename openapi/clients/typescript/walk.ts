// A walk through the API of a running server with the generated client; it ends at the first answer that is not as expected.
import {
    Configuration,
    MembersOrPlan,
    Plan,
    ProblemFromJSON,
    Problem,
    RealsOfAVIPApi,
    ResponseError,
    StatisticsApi,
    VIPsApi,
    Vip,
    VipOrPlan,
    instanceOfPlan,
} from "../../../target/clients/typescript";

declare const process: { argv: string[]; exit(status: number): never };

const ID = "10.200.1.1-80-tcp";
const configuration = new Configuration({ basePath: process.argv[2] });
const vips = new VIPsApi(configuration);
const reals = new RealsOfAVIPApi(configuration);
const statistics = new StatisticsApi(configuration);

async function createVip(): Promise<void> {
    const body: Omit<Vip, "id" | "status"> = {
        address: "10.200.1.1",
        port: 80,
        protocol: "tcp",
        flags: ["NO_LRU"],
        onEmpty: "PASS",
    };
    const answer = await vips.createVipRaw({ body: body as Vip, xChangeMessage: "first VIP" });
    same(201, answer.raw.status);
    same(`/api/v1/vips/${ID}`, answer.raw.headers.get("Location"));

    const problem = await refused(409, vips.createVip({ body: body as Vip }));
    same("tag:makolb.io,2026:problem/already-exists", problem.type);
}

async function setReals(): Promise<void> {
    const answer = await reals.putMembers({
        vip: ID,
        body: { items: [member("10.0.0.1"), member("10.0.0.2")] },
    });
    if (isPlan(answer)) throw new Error("a plan, though nothing was only tried");
    same("10.0.0.1,10.0.0.2", answer?.items.map((real) => real.id).join());
    same(2, (await reals.listMembers({ vip: ID })).items.length);
}

async function changeOnlyWhatWasRead(): Promise<void> {
    const tag = await etag();
    const body = { description: "web shop" };
    const after = await vips.patchVip({ vip: ID, body, ifMatch: tag });
    if (isPlan(after)) throw new Error("a plan, though nothing was only tried");
    same("web shop NO_LRU PASS", `${after?.description} ${after?.flags} ${after?.onEmpty}`);

    const problem = await refused(412, vips.patchVip({ vip: ID, body, ifMatch: tag }));
    same("tag:makolb.io,2026:problem/stale-etag", problem.type);

    const unchanged = await vips.putVipRaw({ vip: ID, body: await vips.getVip({ vip: ID }), ifMatch: await etag() });
    same("false", unchanged.raw.headers.get("Mako-Changed"));

    const reset = await vips.patchVip({ vip: ID, body: { description: null } });
    same(undefined, reset && !isPlan(reset) && reset.description);
}

async function tryWithoutDoing(): Promise<void> {
    const plan = await reals.putMembers({ vip: ID, body: { items: [member("10.0.0.1")] }, dryRun: true });
    if (!isPlan(plan)) throw new Error("no plan");
    same(true, touches(plan, `vips/${ID}/reals/10.0.0.2`));
    same(true, plan.effect.vips[ID].moved > 0);
    same(2, (await reals.listMembers({ vip: ID })).items.length);
    const deletion = await vips.deleteVip({ vip: ID, dryRun: true });
    same(true, isPlan(deletion) && touches(deletion, `vips/${ID}`));
}

async function readProblems(): Promise<void> {
    const problem = await refused(422, reals.patchMember({ vip: ID, address: "10.0.0.1", body: { weight: 1000001 } }));
    same("/weight", problem.errors?.[0].pointer);
    same(422, problem.status);
}

async function turnPages(): Promise<void> {
    await vips.putVip({ vip: "10.200.1.2-80-tcp", body: {} as Vip, ifNoneMatch: "*" });
    await vips.putVip({ vip: "10.200.1.3-80-tcp", body: {} as Vip, ifNoneMatch: "*" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
        const page = await vips.listVips({ limit: 2, cursor, include: "status" });
        page.items.forEach((vip) => seen.push(`${vip.id} ${vip.status?.state}`));
        cursor = page.next;
    } while (cursor);
    same(`${ID} APPLIED,10.200.1.2-80-tcp APPLIED,10.200.1.3-80-tcp APPLIED`, seen.join());
    same(ID, (await statistics.getVipStats({ vip: ID })).id);
}

async function remove(): Promise<void> {
    for (const vip of [ID, "10.200.1.2-80-tcp", "10.200.1.3-80-tcp"]) {
        same(204, (await vips.deleteVipRaw({ vip })).raw.status);
    }
    const problem = await refused(404, vips.getVip({ vip: ID }));
    same("tag:makolb.io,2026:problem/not-found", problem.type);
}

function member(address: string) {
    return { id: address, address, weight: 10 };
}

function isPlan(answer: VipOrPlan | MembersOrPlan | Plan | null | undefined | void): answer is Plan {
    return !!answer && instanceOfPlan(answer);
}

function touches(plan: Plan, resource: string): boolean {
    return plan.changes.some((change) => change.resource === resource);
}

async function etag(): Promise<string> {
    return (await vips.getVipRaw({ vip: ID })).raw.headers.get("ETag") ?? "";
}

async function refused(status: number, answer: Promise<unknown>): Promise<Problem> {
    try {
        await answer;
    } catch (error) {
        if (!(error instanceof ResponseError)) throw error;
        same(status, error.response.status);
        return ProblemFromJSON(await error.response.json());
    }
    throw new Error(`not refused with ${status}`);
}

function same(expected: unknown, actual: unknown): void {
    if (expected !== actual) throw new Error(`expected ${expected}, was ${actual}`);
}

async function walk(): Promise<void> {
    await createVip();
    await setReals();
    await changeOnlyWhatWasRead();
    await tryWithoutDoing();
    await readProblems();
    await turnPages();
    await remove();
    console.log("the TypeScript client walked through");
}

walk().catch((error) => {
    console.error(error);
    process.exit(1);
});
