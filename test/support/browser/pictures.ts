/** Pages of previews, written for tests that open them in a browser. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { getStack } from "@pulumi/pulumi";

import { composeStack } from "../../../regions/compose";
import { projectWith, shopsOf } from "../../../tools/benchmark/project";
import { type ChangesInput } from "../../../tools/preview/picture/beside";
import { writePicture } from "../../../tools/preview/picture/write";
import { previewStacks } from "../../../tools/preview/stacks";
import { type PreviewDocument } from "../../../tools/preview/types";

const ROOT = join(__dirname, "..", "..", "..");

/** A folder of pages. */
export class Pages {
    readonly #folder = mkdtempSync(join(tmpdir(), "pictures-"));

    /** Writes the page of a preview, and returns its address. */
    async write(document: PreviewDocument, name: string, changes?: ChangesInput): Promise<string> {
        const html = join(this.#folder, `${name}.html`);
        await writePicture(document, { html }, changes);
        return `file://${html}`;
    }

    remove(): void {
        rmSync(this.#folder, { recursive: true });
    }
}

/** A preview of all stacks of a project in the repository. */
export async function previewOf(folder: string, stacks?: readonly string[]): Promise<PreviewDocument> {
    const { document } = await previewStacks({
        projectDir: join(ROOT, folder),
        ...(stacks === undefined ? {} : { stacks }),
    });
    return document;
}

/** A preview of the shop in as many regions. */
export async function previewOfRegions(count: number): Promise<PreviewDocument> {
    const shops = shopsOf(count);
    const folder = projectWith(shops);
    try {
        const catalogueOf = (stack: string) =>
            shops.find(({ environment }) => environment === stack.split("-")[0])?.catalogue;
        const { document } = await previewStacks({
            projectDir: folder,
            program: () => composeStack(catalogueOf(getStack())),
        });
        return document;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** A name that ends elements and attributes, turns the direction of writing, and is longer than any line. */
export const HOSTILE = `</script><script>document.title="taken"</script><img src=x onerror=alert(1)>"'&amp;\u202egpj.\u2069 😀 \u0007{{x}}`;
const LONG = "name-without-an-end-".repeat(250);

/** Somebody's small system: rules by addresses, routes in their table, and names that nobody hopes for. */
export async function hostilePreview(): Promise<PreviewDocument> {
    const { document } = await previewStacks({
        projectDir: ROOT,
        stacks: ["prod-us"],
        program: () => {
            const opts = { provider: new aws.Provider("aws", { region: "us-east-1" }) };
            const vpc = new aws.ec2.Vpc(HOSTILE, { cidrBlock: "10.0.0.0/16" }, opts);
            const subnets = ["a", "b"].map(
                (zone, index) =>
                    new aws.ec2.Subnet(
                        `${HOSTILE}-${zone}`,
                        {
                            vpcId: vpc.id,
                            cidrBlock: `10.0.${index}.0/24`,
                            availabilityZone: `us-east-1${zone}`,
                            tags: { tier: HOSTILE },
                        },
                        opts,
                    ),
            );
            const open = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
            const groups = ["front", "back"].map(
                (name) =>
                    new aws.ec2.SecurityGroup(
                        name,
                        {
                            vpcId: vpc.id,
                            description: HOSTILE,
                            ingress: [
                                {
                                    protocol: "tcp",
                                    fromPort: 8080,
                                    toPort: 8080,
                                    cidrBlocks: [vpc.cidrBlock],
                                },
                            ],
                            egress: [open],
                        },
                        opts,
                    ),
            );
            [`${HOSTILE}-front`, LONG].forEach((name, index) => {
                new aws.ec2.Instance(
                    name,
                    {
                        ami: "ami-0a",
                        instanceType: "t4g.small",
                        subnetId: subnets[index]?.id ?? "",
                        vpcSecurityGroupIds: groups[index] === undefined ? [] : [groups[index].id],
                        userData: "</script><!--",
                        tags: { Name: HOSTILE, [HOSTILE.slice(0, 100)]: LONG },
                    },
                    opts,
                );
            });
        },
    });
    return document;
}
