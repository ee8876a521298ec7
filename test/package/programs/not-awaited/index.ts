// A program in a function that nobody waits for, which asks the file system and a process of its own in between.
import { execFile } from "child_process";
import { promises as fs } from "fs";
import { promisify } from "util";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

async function main(): Promise<void> {
    const zone = config.require("availabilityZone");
    const domain = config.require("domainName");
    const [, parent] = domain.split(/\.(.*)/s);
    if (parent === undefined) {
        throw new Error(`${domain} has no parent`);
    }
    const lines = (await fs.readFile("regions.txt", "utf8")).trim().split("\n");
    const { stdout } = await promisify(execFile)(process.execPath, ["--print", "6 * 7"]);
    for (const region of lines) {
        const provider = new aws.Provider(region, { region: region as aws.Region });
        new aws.sqs.Queue(region, { tags: { answer: stdout.trim(), zone, parent } }, { provider });
    }
    // A provider that names no region works where the stack does.
    new aws.ebs.Volume("scratch", { availabilityZone: zone, size: 8 }, { provider: new aws.Provider("own") });
}

void main();
