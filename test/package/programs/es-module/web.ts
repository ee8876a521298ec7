import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { next } from "./count.js";

export async function makeWeb(): Promise<Record<string, pulumi.Output<unknown>>> {
    const base = new pulumi.StackReference(`${pulumi.getOrganization()}/es-module/base`);
    const bucket = base.requireOutput("outputs").apply((outputs) => String(outputs.bucket));
    const object = new aws.s3.BucketObjectv2("hello", {
        bucket,
        key: "hello.txt",
        content: "hello",
        tags: { number: String(next()) },
    });
    return { key: object.key };
}
