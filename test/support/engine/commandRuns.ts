/** `npm run up` and its like as a user calls them, on the real engine, with RDS and an account that stand in. */
import { expect } from "chai";
import { type RdsStandIn, rdsStandIn, type RdsStandInState } from "../../tools/deploy/rdsStandIn";
import { deletedTooEarly, refusals } from "./accounts";
import { type Ended, ProjectCopy } from "./commands";
import { EngineWorkspace, type State } from "./workspace";

/** A copy of the project, whose commands run against an engine of their own. */
export class CommandRuns {
    private constructor(
        readonly workspace: EngineWorkspace,
        readonly rds: RdsStandIn,
        readonly copy: ProjectCopy,
    ) {}

    static async open(database: RdsStandInState): Promise<CommandRuns> {
        const workspace = await EngineWorkspace.open();
        const rds = await rdsStandIn(database);
        const copy = new ProjectCopy(workspace, {
            AWS_ENDPOINT_URL: rds.url,
            AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
            AWS_SECRET_ACCESS_KEY: "example",
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        });
        return new CommandRuns(workspace, rds, copy);
    }

    async close(): Promise<void> {
        await this.rds.close();
        this.workspace.close();
    }

    /** A command that is to go well. */
    async well(script: string, ...args: readonly string[]): Promise<Ended> {
        const started = performance.now();
        const ended = await this.copy.run(script, ...args);
        expect(ended.stderr, ended.stdout).to.equal("");
        expect(ended.status, ended.stdout).to.equal(0);
        const seconds = (performance.now() - started) / 1000;
        process.stdout.write(`      npm run ${[script, ...args].join(" ")}: ${seconds.toFixed(1)} s\n`);
        return ended;
    }

    /** Expects that nothing is left but what the states say is kept, and that it went in an order that AWS accepts. */
    expectGone(before: readonly State[]): void {
        const { world } = this.workspace;
        const left = world.existing().map(({ urn }) => urn);
        expect(left).to.have.members(before.flatMap(kept));
        expect(before.flatMap((state) => deletedTooEarly(world, state))).to.deep.equal([]);
        expect(refusals(world)).to.deep.equal([]);
    }
}

/** A line that a command printed. */
export function printed(text: string, beginning: string, ending = ""): string {
    const lines = text.split("\n").map((line) => line.trim());
    const found = lines.filter((line) => line.startsWith(beginning) && line.endsWith(ending));
    expect(found, text).to.have.length(1);
    return found[0] ?? "";
}

/** What a stack's state says is kept when the stack goes. */
function kept({ resources }: State): readonly string[] {
    return resources.flatMap(({ retainOnDelete, urn }) => (retainOnDelete === true ? [urn] : []));
}
