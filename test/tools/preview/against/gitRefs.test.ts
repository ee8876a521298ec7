import { expect } from "chai";
import { spawnSync } from "node:child_process";
import {
    existsSync,
    mkdtempSync,
    readdirSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Changes, type StackChanges } from "../../../../tools/preview/against/changes";
import { renderChangesMarkdown } from "../../../../tools/preview/render/changesMarkdown";
import { type PreviewDocument } from "../../../../tools/preview/types";
import { git } from "../../../support/git";
import { type Outcome } from "../../../support/preview/command";

const ROOT = path.join(__dirname, "../../../..");

/** A project that has all that the branch changes. */
function program(numbers: {
    readonly instances: number;
    readonly zones: readonly string[];
    readonly owner: string;
    readonly engineVersion: string;
    readonly block: string;
}): string {
    return `import * as aws from "@pulumi/aws";
const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16", tags: { owner: "${numbers.owner}" } });
const subnets = ${JSON.stringify(numbers.zones)}.map(
    (zone, index) =>
        new aws.ec2.Subnet("data-" + zone, {
            vpcId: vpc.id,
            availabilityZone: "us-east-1" + zone,
            cidrBlock: index === 0 ? "${numbers.block}" : "10.0." + (10 + index) + ".0/24",
        }),
);
const group = new aws.rds.SubnetGroup("group", { subnetIds: subnets.map(({ id }) => id) });
const cluster = new aws.rds.Cluster("db", {
    clusterIdentifier: "shop-db",
    engine: "aurora-postgresql",
    engineVersion: "${numbers.engineVersion}",
    dbSubnetGroupName: group.name,
    masterUsername: "shop",
    manageMasterUserPassword: true,
    skipFinalSnapshot: true,
}, { protect: true });
for (let index = 1; index <= ${numbers.instances}; index += 1) {
    new aws.rds.ClusterInstance("db-" + index, {
        clusterIdentifier: cluster.id,
        identifier: "shop-db-" + index,
        engine: "aurora-postgresql",
        instanceClass: "db.r8g.large",
    });
}
`;
}

const BEFORE = {
    instances: 1,
    zones: ["a", "b"],
    owner: "shop",
    engineVersion: "18.6",
    block: "10.0.1.0/24",
};
const AFTER = {
    instances: 2,
    zones: ["a", "b", "c"],
    owner: "store",
    engineVersion: "18.7",
    block: "10.0.2.0/24",
};

function previewIn(folder: string, ...args: readonly string[]): Outcome {
    return spawnSync(
        process.execPath,
        [
            "--require=tsx/cjs",
            path.join(ROOT, "tools/preview/index.ts"),
            "--cwd",
            folder,
            "--no-policies",
            ...args,
        ],
        { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024, env: { ...process.env, COLUMNS: "200" } },
    );
}

describe("the comparison with a git ref", function () {
    this.timeout(120_000);
    let folder: string;

    before(() => {
        folder = realpathSync(mkdtempSync(path.join(tmpdir(), "against-")));
        const write = (name: string, text: string): void => {
            writeFileSync(path.join(folder, name), text);
        };
        git(folder, "init", "--quiet", "--initial-branch=main");
        symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
        write(".gitignore", "node_modules\n");
        write("Pulumi.yaml", "name: small\nruntime: nodejs\nmain: index.ts\n");
        write("Pulumi.prod.yaml", "config:\n    aws:region: us-east-1\n");
        write("index.ts", program(BEFORE));
        git(folder, "add", ".");
        git(folder, "commit", "--quiet", "--message", "before");
        git(folder, "switch", "--quiet", "--create", "branch");
        write("index.ts", program(AFTER));
        git(folder, "commit", "--quiet", "--all", "--message", "after");
    });

    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("shows exactly what a branch changes, each with its verdict", () => {
        const { status, stdout, stderr } = previewIn(folder, "--json", "--against", "main");
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        const document = JSON.parse(stdout) as PreviewDocument & { readonly changes: Changes };
        const { stacks, recovery, before: name } = document.changes;
        expect(name).to.match(/^main \([0-9a-f]{7}\)$/);
        const [stack] = stacks as [StackChanges];
        expect(
            stack.resources.flatMap(({ op, name: of, properties }) =>
                properties.length === 0
                    ? [`${op} ${of}`]
                    : properties.map(({ path: where, verdict }) => `${op} ${of}: ${where} ${verdict}`),
            ),
        ).to.have.members([
            "replace data-a: cidrBlock replaces",
            "update net: tags.owner updates",
            "update group: subnetIds updates",
            "update group: subnetIds[${data-c.id}] updates",
            "update db: engineVersion updates",
            "create data-c",
            "create db-2",
        ]);
        expect(stack.same).to.equal(2);
        expect(recovery.map(({ what, before, after }) => `${what}: ${before} → ${after}`)).to.have.members([
            "database instances (db): 1 → 2",
            "zones: 2 → 3",
        ]);
        const comment = renderChangesMarkdown(document, document.changes);
        expect(comment).to.include("## ✅ Preview: 1 to replace, 3 to update, 2 to create");
        expect(comment).to.include("aws&#58;ec2&#58;Subnet data-a is replaced&#58; cidrBlock changes");
        // The second time nothing is previewed but this side; what is kept is nothing to commit.
        const kept = path.join(folder, ".cache/against");
        expect(readdirSync(kept).filter((file) => file.endsWith(".json"))).to.have.length(1);
        expect(git(folder, "status", "--porcelain")).to.equal("");
    });

    it("refuses what is neither a commit nor an exported state, before anything is previewed", () => {
        const { status, stderr } = previewIn(folder, "--against", "nothing");
        expect(status).to.equal(2);
        expect(stderr).to.include(
            "--against nothing must be a commit of this repository, such as main or HEAD~1, or a file that",
        );
        const option = previewIn(folder, "--against=--upload-pack=x");
        expect(option.status).to.equal(2);
        expect(existsSync(path.join(folder, ".cache/against/key"))).to.equal(true);
    });
});
